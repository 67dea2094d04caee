"""A server with both kinds of providers, and what a person does there."""

import subprocess
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

import pytest
import requests
from browser import Browser
from moot import Moot
from sign_in_providers import SECRET, CasServer, OpenIdProvider

OPENID = "Sign in with the club"
CAS = "Sign in with the faculty"
OPENID_CALLBACK = "/auth/auth/openid_connect/callback"
CAS_CALLBACK = "/auth/auth/cas/callback"


class World:
    """A server with both providers, one that knows the OpenID provider only, and their databases."""

    def __init__(self, database: Callable[[], str]):
        self.openid = OpenIdProvider()
        self.cas = CasServer()
        self.database_url = database()
        self.moot = Moot("moot", database_url=self.database_url)
        self.moot.environment.update(
            OIDC_ENABLED="true",
            OIDC_DISPLAY_NAME="the club",
            OIDC_ISSUER=self.openid.base,
            OIDC_DISCOVERY="true",
            OIDC_SCOPE="openid,profile,email,groups",
            OIDC_CLIENT_ID="moot",
            OIDC_CLIENT_SECRET=SECRET,
            OIDC_REDIRECT_URI=f"{self.moot.base}{OPENID_CALLBACK}",
            OIDC_IDP_LOGOUT_REDIRECT_URI=f"{self.moot.base}/about",
            MOOT_OIDC_ROLE_MAP="Moderation=candidate",
            CAS_ENABLED="true",
            CAS_DISPLAY_NAME="the faculty",
            CAS_URL=f"{self.cas.base}/cas",
            CAS_SECURITY_ASSUME_EMAIL_IS_VERIFIED="true",
        )
        self.single = Moot("single", database_url=database())
        self.single.environment.update(
            OMNIAUTH_ONLY="true",
            ONE_CLICK_SSO_LOGIN="true",
            OIDC_ENABLED="true",
            OIDC_ISSUER=self.openid.base,
            OIDC_HTTP_SCHEME="http",
            OIDC_HOST="127.0.0.1",
            OIDC_PORT=str(self.openid.port),
            OIDC_AUTH_ENDPOINT="/auth",
            OIDC_TOKEN_ENDPOINT="/token",
            OIDC_USER_INFO_ENDPOINT="/me",
            OIDC_JWKS_URI="/jwks",
            OIDC_CLIENT_AUTH_METHOD="post",
            OIDC_CLIENT_ID="single",
            OIDC_CLIENT_SECRET=SECRET,
        )

    def start(self) -> None:
        self.moot.start()
        self.single.start()

    def start_providers(self) -> None:
        self.openid.start(moot=self.moot.base, single=self.single.base)
        self.cas.start(self.moot.base)

    def remove(self) -> None:
        for part in (self.moot, self.single, self.openid, self.cas):
            part.remove()

    def ask(self, sql: str) -> str:
        """What the database says."""
        done = subprocess.run(
            ["psql", "-qXAt", self.database_url, "-c", sql], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def member(self, name: str, column: str) -> str:
        return self.ask(
            f"SELECT {column} FROM members JOIN accounts ON accounts.id = members.account_id "
            f"WHERE username = '{name}' AND domain IS NULL"
        )


def servers_alone(request: pytest.FixtureRequest, database: Callable[[], str]) -> Iterator[World]:
    """For a fixture of a module: the servers run, and the providers have not been started."""
    world = World(database)
    request.module.servers_of_module = [world.moot, world.single]
    try:
        world.start()
        yield world
    finally:
        world.remove()


def everything(request: pytest.FixtureRequest, database: Callable[[], str]) -> Iterator[World]:
    """For a fixture of a module: all of it runs."""
    for world in servers_alone(request, database):
        world.start_providers()
        yield world


def who(browser: Browser, moot: Moot) -> str | None:
    """Whose session this browser has, as the front page's sign-out button tells."""
    page = browser.open(f"{moot.base}/about")
    form = next((form for form in page.forms() if form.action.endswith("/auth/sign_out")), None)
    if form is None:
        return None
    return page.soup.find("a", href=lambda href: bool(href) and href.startswith("/@"))["href"].removeprefix("/@")


def press(browser: Browser, moot: Moot, label: str, **more: str) -> str:
    """Presses a button of the sign-in page; where it leads."""
    page = browser.open(f"{moot.base}/auth/sign_in?{urlencode(more)}")
    form, _ = page.form_with_button(label.lower())
    answer = browser.http.post(
        form.action, data=form.fields, headers={"Origin": moot.base}, timeout=20, allow_redirects=False
    )
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def walk(browser: Browser, answer: requests.Response, stop: str) -> str:
    """Follows redirects until one leads to this path, and does not take that one."""
    for _ in range(10):
        assert answer.is_redirect, f"{answer.url}: {answer.status_code} {answer.text[:400]}"
        address = urljoin(answer.url, answer.headers["Location"])
        if urlsplit(address).path == stop:
            return address
        answer = browser.http.get(address, timeout=20, allow_redirects=False)
    raise AssertionError("redirects without end")


def sign_in_there(browser: Browser, address: str, name: str, callback: str) -> str:
    """Signs in at the provider's page; the address by which the browser would come back."""
    form = browser.open(address).form_with_password()
    fields = {form.field_of_type("text"): name, form.field_of_type("password"): "secret"}
    headers = {"Origin": "/".join(form.action.split("/")[:3]), "Referer": form.action}
    answer = browser.http.post(
        form.action, data={**form.fields, **fields}, headers=headers, timeout=20, allow_redirects=False
    )
    return walk(browser, answer, callback)


def sign_in(world: World, name: str, label: str = OPENID) -> tuple[Browser, requests.Response]:
    """The whole way; the last answer may be any."""
    browser = Browser()
    callback = CAS_CALLBACK if label == CAS else OPENID_CALLBACK
    back = sign_in_there(browser, press(browser, world.moot, label), name, callback)
    return browser, browser.http.get(back, timeout=20)


def but(address: str, **changes: str) -> str:
    """An address with other values in its query."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return urlunsplit(parts._replace(query=urlencode({**query, **changes})))
