"""Who only says that they are the proxy in front, or whom it has recognised (S54)."""

from collections.abc import Callable

import pytest
import requests
from browser import Browser
from host_ways import PATH, PROOF, PROXY, SECRET, USER, does_not_start, send, who
from moot import Moot


@pytest.fixture(scope="module")
def behind(servers: Callable[..., Moot], database: Callable[[], str]) -> Moot:
    return servers("spoofed", database_url=database(), **PROXY)


def test_what_the_proxy_sends_is_believed(behind: Moot) -> None:
    assert send(behind, [USER, PROOF]) == (303, True)


@pytest.mark.parametrize(
    "headers",
    [
        [PROOF],
        [PROOF, ("X-Remote-User", "")],
        [PROOF, USER, USER],
        [PROOF, USER, ("x-remote-user", "mallory")],
        [PROOF, USER, ("X_Remote_User", "mallory")],
        [PROOF, ("X_Remote_User", "alice")],
        [PROOF, ("X.Remote.User", "alice")],
        [PROOF, ("REMOTE_USER", "alice")],
        [PROOF, ("Remote-User", "alice")],
        [PROOF, ("X-Remote-User", "alice@EVIL.EXAMPLE")],
        [PROOF, ("X-Remote-User", "alice, mallory")],
        [USER],
        [USER, ("X-Moot-Proxy-Secret", "")],
        [USER, ("X-Moot-Proxy-Secret", "wrong-but-of-some-length")],
        [USER, PROOF, PROOF],
        [USER, ("X_Moot_Proxy_Secret", SECRET)],
    ],
    ids=lambda headers: " ".join(f"{name}={value}" for name, value in headers).replace(SECRET, "SECRET"),
)
def test_what_the_proxy_does_not_send_is_not_believed(behind: Moot, headers: list[tuple[str, str]]) -> None:
    assert send(behind, headers) == (403, False)


def test_nobody_else_is_believed_even_with_the_secret(behind: Moot) -> None:
    assert send(behind, [USER, PROOF], source="127.0.0.2") == (403, False)


def test_a_foreign_page_signs_nobody_in(behind: Moot) -> None:
    """S44: the browser shows the proxy its tickets unasked, whoever leads it there."""
    for status, began in (
        send(behind, [USER, PROOF], form_token="guessed"),
        send(behind, [USER, PROOF, ("Sec-Fetch-Site", "cross-site")]),
        send(behind, [USER, PROOF, ("Origin", "https://evil.example")]),
    ):
        assert status >= 400
        assert not began
    answer = requests.get(f"{behind.base}{PATH}", headers=dict([USER, PROOF]), allow_redirects=False, timeout=20)
    assert answer.headers["Location"] == "/auth/sign_in"
    assert not answer.cookies


def test_the_header_means_nothing_elsewhere(behind: Moot) -> None:
    for spelling in ("X-Remote-User", "X_Remote_User", "X.Remote.User", "Remote-User", "REMOTE_USER"):
        browser = Browser()
        browser.http.headers.update({spelling: "alice", "X-Moot-Proxy-Secret": SECRET})

        assert who(browser, behind.base) is None
        api = browser.http.get(f"{behind.base}/api/v1/accounts/verify_credentials", timeout=20)
        assert api.status_code == 401
        form = browser.open(f"{behind.base}/auth/sign_in").form_with_password()
        fields = {**form.fields, "login": "alice", "password": "x"}
        assert browser.http.post(form.action, data=fields, timeout=20).status_code == 422


def test_a_header_that_anybody_could_send_does_not_start(database: Callable[[], str]) -> None:
    for missing in ("MOOT_PROXY_AUTH_ADDRESSES", "MOOT_PROXY_AUTH_SECRET"):
        settings = {name: value for name, value in PROXY.items() if name != missing}

        assert missing in does_not_start("proxy-open", database_url=database(), **settings)
