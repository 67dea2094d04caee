"""Providers beside each other: while they are away, with one click, and in a real browser."""

from collections.abc import Callable, Iterator

import pytest
from browser import Browser
from chromium import Chromium
from provider_world import CAS, OPENID, OPENID_CALLBACK, World, servers_alone, sign_in_there, who


@pytest.fixture(scope="module")
def away(request: pytest.FixtureRequest, database: Callable[[], str]) -> Iterator[World]:
    """While the providers have not been started."""
    yield from servers_alone(request, database)


@pytest.fixture(scope="module")
def world(away: World) -> World:
    """With everything running."""
    away.start_providers()
    return away


def test_a_server_starts_without_its_provider_and_says_that_it_is_away(away: World):
    browser = Browser()
    form, _ = browser.open(f"{away.moot.base}/auth/sign_in").form_with_button(OPENID.lower())

    answer = browser.http.post(form.action, data=form.fields, headers={"Origin": away.moot.base}, timeout=20)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "the club does not answer" in answer.text


# --- one click -------------------------------------------------------------------------------------------------------


def test_with_one_provider_and_nothing_else_signing_in_leads_straight_there(world: World):
    browser = Browser()
    page = f"{world.single.base}/auth/sign_in?redirect_to=/rules"

    led = browser.http.get(page, timeout=20, allow_redirects=False)
    back = sign_in_there(browser, led.headers["Location"], "alice", OPENID_CALLBACK)
    answer = browser.http.get(back, timeout=20)

    assert led.headers["Location"].startswith(f"{world.openid.base}/auth?")
    assert answer.url == f"{world.single.base}/rules"
    assert who(browser, world.single) == "alice"


# S44: neither a form nor a link of another site begins it.
def test_another_site_leads_to_the_button_only(world: World):
    browser = Browser()
    browser.http.headers["Sec-Fetch-Site"] = "cross-site"

    page = browser.open(f"{world.single.base}/auth/sign_in")

    assert page.form_with_button("openid connect")
    assert not any(form.field_of_type("password") for form in page.forms())
    token = {"form_token": page.form_with_button("openid connect")[0].fields["form_token"]}
    browser.http.headers["Sec-Fetch-Site"] = "same-origin"
    refused = browser.http.post(
        f"{world.single.base}/auth/sign_in", data={**token, "login": "alice", "password": "x"}, timeout=20
    )
    assert refused.status_code == 404


# --- in a real browser -----------------------------------------------------------------------------------------------


@pytest.fixture
def chromium() -> Iterator[Chromium]:
    browser = Chromium()
    yield browser
    browser.close()


def test_a_browser_goes_there_and_back_and_signs_out_at_both(world: World, chromium: Chromium):
    chromium.open(f"{world.moot.base}/auth/sign_in?redirect_to=/rules")
    chromium.press(OPENID)
    chromium.stands_at(f"^{world.openid.base}/interaction/")
    chromium.fill(login="alice", password="secret")
    chromium.press("Sign in")
    chromium.stands_at(f"^{world.moot.base}/rules$")
    chromium.says("@alice")

    chromium.sign_out()
    chromium.stands_at(f"^{world.openid.base}/session/end")
    chromium.all("button[name=logout]")[0].click()
    chromium.stands_at(f"^{world.moot.base}/about")

    chromium.says("Sign in")
    assert chromium.complaints() == []


def test_a_browser_comes_back_from_cas(world: World, chromium: Chromium):
    chromium.open(f"{world.moot.base}/auth/sign_in")
    chromium.press(CAS)
    chromium.stands_at(f"^{world.cas.base}/cas/login")
    chromium.fill(username="carol", password="secret")
    chromium.all("#login_form button[type=submit]")[0].click()

    chromium.stands_at(f"^{world.moot.base}/$")
    chromium.says("@carol")


def test_one_click_is_no_click_in_a_browser(world: World, chromium: Chromium):
    chromium.open(f"{world.single.base}/auth/sign_in")
    chromium.stands_at(f"^{world.openid.base}/interaction/")
    chromium.fill(login="bob", password="secret")
    chromium.press("Sign in")

    chromium.stands_at(f"^{world.single.base}/$")
    chromium.says("@bob")
