"""What a person and a proxy do before a server that signs people in by its host's own means."""

import http.client
from urllib.parse import urlencode, urlsplit

import requests
from browser import Browser, Form
from moot import Moot

PASSWORD = "right horse battery"
SECRET = "only-the-proxy-and-moot-know-this"
PROXY = {
    "MOOT_PROXY_AUTH_HEADER": "X-Remote-User",
    "MOOT_PROXY_AUTH_ADDRESSES": "127.0.0.1",
    "MOOT_PROXY_AUTH_SECRET": SECRET,
    "MOOT_PROXY_AUTH_EMAIL_DOMAIN": "club.example",
    "MOOT_PROXY_AUTH_DISPLAY_NAME": "your club account",
}
PATH = "/auth/sign_in/proxy"
USER = ("X-Remote-User", "alice")
PROOF = ("X-Moot-Proxy-Secret", SECRET)


def who(browser: Browser, base: str) -> str | None:
    """Whose session this browser has, as the sign-in page tells."""
    text = browser.open(f"{base}/auth/sign_in").text()
    return text.split("You are signed in as @")[1].split(".")[0] if "signed in as @" in text else None


def try_password(base: str, name: str, password: str) -> tuple[Browser, requests.Response]:
    """Fills in the sign-in form; the answer may be any."""
    browser = Browser()
    form = browser.open(f"{base}/auth/sign_in").form_with_password()
    fields = {**form.fields, "login": name, "password": password}
    headers = {"Origin": base}
    return browser, browser.http.post(form.action, data=fields, headers=headers, timeout=20)


def way_button(browser: Browser, base: str) -> Form:
    form, _ = browser.open(f"{base}/auth/sign_in").form_with_button("your club account")
    return form


def comes_in(base: str, name: str, password: str = PASSWORD) -> bool:
    browser, answer = try_password(base, name, password)
    return answer.ok and who(browser, base) == name


def does_not_start(name: str, **settings: str) -> str:
    """What a server says that refuses to start."""
    server = Moot(name, **settings)
    try:
        server.launch()
        assert server.process
        assert server.process.wait(timeout=60) != 0, server.tail()
        return server.tail()
    finally:
        server.remove()


def send(server: Moot, headers: list[tuple[str, str]], source: str = "127.0.0.1", **fields: str) -> tuple[int, bool]:
    """Presses the button with exactly these headers, from this address; the status, and whether a session began."""
    browser = Browser()
    form = way_button(browser, server.base)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20, source_address=(source, 0))
    connection.putrequest("POST", urlsplit(form.action).path)
    body = urlencode({**form.fields, **fields}).encode()
    for name, value in [
        ("Cookie", "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.http.cookies)),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Length", str(len(body))),
        *headers,
    ]:
        connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    cookies = answer.headers.get_all("Set-Cookie") or []
    connection.close()
    return answer.status, any(cookie.startswith("moot_session=") for cookie in cookies)
