"""What members show besides a password, in a real browser: an authenticator app, recovery codes, passkeys."""

import time
from collections.abc import Callable, Iterator

import pyotp
import pytest
import requests
from browser import Browser
from chromium import Chromium
from moot import Moot

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def moot(servers: Callable[..., Moot], database: Callable[[], str]) -> Moot:
    return servers("factors", database_url=database())


@pytest.fixture
def chromium() -> Iterator[Chromium]:
    browser = Chromium()
    yield browser
    browser.close()


def sign_in(chromium: Chromium, moot: Moot, name: str) -> None:
    chromium.open(f"{moot.base}/auth/sign_in")
    chromium.fill(login=name, password=PASSWORD)
    chromium.press("Sign in")


def is_in(chromium: Chromium, name: str) -> None:
    chromium.says(f"@{name}")
    chromium.says("Sign out")


def set_up_app(chromium: Chromium, moot: Moot) -> tuple[pyotp.TOTP, list[str]]:
    """Sets up an authenticator app: the app, and the recovery codes."""
    chromium.open(f"{moot.base}/settings/security/app")
    secret = chromium.all("code.secret")[0].text.replace(" ", "")
    link = chromium.all("a[href^='otpauth:']")[0].get_attribute("href")
    app = pyotp.parse_uri(link)
    assert isinstance(app, pyotp.TOTP)
    assert app.secret == secret
    assert chromium.driver.execute_script("return document.querySelector('img.qr').naturalWidth") >= 240
    chromium.fill(code=app.now())
    chromium.press("Set it up")
    chromium.says("Your recovery codes")
    codes = [code.text for code in chromium.all(".codes code")]
    assert len(set(codes)) == 10
    chromium.press("I have kept them")
    chromium.says("The authenticator app is set up.")
    return app, codes


def add_passkey(chromium: Chromium, moot: Moot, name: str) -> None:
    chromium.holds_a_device()
    chromium.open(f"{moot.base}/settings/security/passkeys/new")
    chromium.fill(name=name)
    chromium.press("Add a passkey")


def test_an_authenticator_app_and_recovery_codes(moot: Moot, chromium: Chromium) -> None:
    moot.member("alice", PASSWORD)
    sign_in(chromium, moot, "alice")
    is_in(chromium, "alice")
    app, codes = set_up_app(chromium, moot)
    chromium.sign_out()

    sign_in(chromium, moot, "alice")
    chromium.stands_at("/auth/second_factor$")
    chromium.fill(code="000000")
    chromium.press("Sign in")
    chromium.says("This is not a code that can be used now.")
    # The code of the next half minute: that of this one was used when the app was set up (S42).
    chromium.fill(code=app.at(int(time.time()) + 30))
    chromium.press("Sign in")
    is_in(chromium, "alice")
    chromium.sign_out()

    sign_in(chromium, moot, "alice")
    chromium.stands_at("/auth/second_factor$")
    chromium.fill(code=codes[0])
    chromium.press("Sign in")
    is_in(chromium, "alice")
    chromium.sign_out()

    sign_in(chromium, moot, "alice")
    chromium.stands_at("/auth/second_factor$")
    chromium.fill(code=codes[0])
    chromium.press("Sign in")
    chromium.says("This is not a code that can be used now.")
    assert chromium.complaints() == []


def test_a_passkey_as_second_factor_and_alone(moot: Moot, chromium: Chromium) -> None:
    moot.member("bob", PASSWORD)
    sign_in(chromium, moot, "bob")
    is_in(chromium, "bob")
    add_passkey(chromium, moot, "My phone")
    chromium.says("The passkey is added.")
    chromium.press("I have kept them")
    chromium.says("My phone")
    chromium.sign_out()

    sign_in(chromium, moot, "bob")
    chromium.stands_at("/auth/second_factor$")
    chromium.press("Use a passkey")
    is_in(chromium, "bob")
    chromium.sign_out()

    # Nothing is typed and nothing else is pressed: the page asks the device as soon as it is there.
    chromium.open(f"{moot.base}/auth/sign_in?redirect_to=%2Fsettings%2Fsecurity")
    chromium.press("Sign in with a passkey")
    chromium.stands_at("/settings/security$")
    chromium.says("last used")
    assert chromium.complaints() == []


def test_a_device_has_one_passkey_of_a_member(moot: Moot, chromium: Chromium) -> None:
    moot.member("carol", PASSWORD)
    sign_in(chromium, moot, "carol")
    is_in(chromium, "carol")
    add_passkey(chromium, moot, "My phone")
    chromium.says("Your recovery codes")

    chromium.open(f"{moot.base}/settings/security/passkeys/new")
    chromium.press("Add a passkey")

    chromium.says("This device has a passkey of yours already.")


def test_an_operator_helps_who_has_lost_everything(moot: Moot, chromium: Chromium) -> None:
    moot.member("dora", PASSWORD)
    sign_in(chromium, moot, "dora")
    is_in(chromium, "dora")
    set_up_app(chromium, moot)

    printed = moot.command("accounts", "second-factor", "reset", "dora")

    assert "second factor of dora is taken away" in printed
    chromium.open(f"{moot.base}/settings/security")
    chromium.stands_at("/auth/sign_in")
    sign_in(chromium, moot, "dora")
    is_in(chromium, "dora")


def test_everything_but_passkeys_works_without_script(moot: Moot) -> None:
    moot.member("emil", PASSWORD)
    browser = Browser()
    browser.sign_in(browser.open(f"{moot.base}/auth/sign_in"), "emil", PASSWORD)
    page = browser.open(f"{moot.base}/settings/security/app")
    secret = page.soup.select_one("code.secret").get_text().replace(" ", "")
    form, button = page.form_with_button("set it up")
    codes = browser.send(form, button, code=pyotp.TOTP(secret).now())
    assert "Your recovery codes" in codes.text()
    recovery = codes.soup.select_one(".codes code").get_text()

    another = Browser()
    page = another.sign_in(another.open(f"{moot.base}/auth/sign_in"), "emil", PASSWORD)
    form, button = page.form_with_button("sign in")
    page = another.send(form, button, code=recovery)

    assert "Sign out" in page.text()
    overview = browser.open(f"{moot.base}/settings/security")
    assert "9 are left." in overview.text()
    form, button = overview.form_with_button("sign out all others")
    assert "All other browsers are signed out." in browser.send(form, button).text()
    assert "Sign out" not in another.open(moot.base).text()


def test_the_addresses_that_mastodon_has_lead_here(moot: Moot) -> None:
    for path in ("/auth/edit", "/oauth/authorized_applications"):
        answer = requests.get(moot.base + path, allow_redirects=False, timeout=10)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/settings/security")
