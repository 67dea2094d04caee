"""Signing in at an OpenID Connect provider's page: oidc-provider."""

from collections.abc import Callable, Iterator

import pytest
import requests
from browser import Browser
from provider_world import (
    OPENID,
    OPENID_CALLBACK,
    World,
    but,
    everything,
    press,
    sign_in,
    sign_in_there,
    who,
)
from waiting import eventually


@pytest.fixture(scope="module")
def world(request: pytest.FixtureRequest, database: Callable[[], str]) -> Iterator[World]:
    yield from everything(request, database)


def test_somebody_comes_in_with_the_name_and_mail_that_the_provider_tells(world: World):
    browser, page = sign_in(world, "alice")

    assert page.ok, page.text
    assert who(browser, world.moot) == "alice"
    assert world.member("alice", "email") == "alice@club.example"
    assert world.member("alice", "display_name") == "Alice Adams"
    assert world.member("alice", "eligible_for") == "{candidate}"


def test_a_person_stays_the_same_whatever_they_are_called(world: World):
    sign_in(world, "bob")
    world.openid.tells("bob", preferred_username="robert")
    try:
        browser, _ = sign_in(world, "bob")
    finally:
        world.openid.tells("bob", preferred_username="bob")

    assert who(browser, world.moot) == "bob"
    assert world.member("robert", "id") == ""


# S47: the same mail address, and the same name, of another person at the provider attach them to nothing.
def test_somebody_with_anothers_mail_or_name_is_not_taken_for_them(world: World):
    sign_in(world, "alice")
    alice = {"email": "alice@club.example", "email_verified": True, "name": "Eve"}
    world.openid.tells("eve", sub="666", preferred_username="eve", **alice)
    world.openid.tells("mallory", sub="667", preferred_username="alice", **alice)

    by_mail, _ = sign_in(world, "eve")
    by_name, page = sign_in(world, "mallory")

    assert who(by_mail, world.moot) == "eve"
    assert world.member("eve", "coalesce(email, 'none')") == "none"
    assert who(by_name, world.moot) is None
    assert not page.ok or "/auth/link" in page.url
    assert world.member("alice", "display_name") == "Alice Adams"


def test_the_way_leads_on_to_the_page_one_came_for_and_to_no_other_site(world: World):
    for wish, led in [("/about", "/about"), ("//evil.example/", "/")]:
        browser = Browser()
        address = press(browser, world.moot, OPENID, redirect_to=wish)
        back = sign_in_there(browser, address, "alice", OPENID_CALLBACK)
        answer = browser.http.get(back, timeout=20, allow_redirects=False)

        assert answer.headers["Location"] == led


# S44: a form with our token begins it, and only the browser that began can end it.
def test_a_foreign_page_cannot_begin_a_sign_in(world: World):
    for headers in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = requests.post(
            f"{world.moot.base}/auth/auth/openid_connect", headers=headers, data={"redirect_to": "/"}, timeout=20
        )

        assert answer.status_code == 403
        assert "moot_provider" not in answer.cookies

    assert requests.get(f"{world.moot.base}/auth/auth/openid_connect", timeout=20).status_code in (404, 405)


def test_an_answer_opens_nothing_in_another_browser_and_still_opens_it_in_its_own(world: World):
    own, other, begun_too = Browser(), Browser(), Browser()
    back = sign_in_there(own, press(own, world.moot, OPENID), "alice", OPENID_CALLBACK)
    press(begun_too, world.moot, OPENID)

    for browser in (other, begun_too):
        answer = browser.http.get(back, timeout=20)

        assert answer.status_code == 403
        assert "not begun here" in answer.text
        assert who(browser, world.moot) is None
    own.http.get(back, timeout=20)
    assert who(own, world.moot) == "alice"


def test_an_answer_works_once_even_with_the_cookie_kept(world: World):
    browser = Browser()
    back = sign_in_there(browser, press(browser, world.moot, OPENID), "alice", OPENID_CALLBACK)
    thief = Browser()
    thief.http.cookies.set("moot_provider", browser.http.cookies["moot_provider"])
    browser.http.get(back, timeout=20)

    again = browser.http.get(back, timeout=20)
    stolen = thief.http.get(back, timeout=20)

    assert "moot_provider" not in browser.http.cookies
    assert (again.status_code, stolen.status_code) == (403, 403)
    assert "run out" in stolen.text
    assert who(thief, world.moot) is None


def test_an_answer_with_another_nonce_or_verifier_or_issuer_is_not_believed(world: World):
    def with_question(**changes: str) -> requests.Response:
        browser = Browser()
        address = but(press(browser, world.moot, OPENID), **changes)
        back = sign_in_there(browser, address, "alice", OPENID_CALLBACK)
        answer = browser.http.get(back, timeout=20)
        assert who(browser, world.moot) is None
        return answer

    def with_answer(**changes: str) -> requests.Response:
        browser = Browser()
        back = sign_in_there(browser, press(browser, world.moot, OPENID), "alice", OPENID_CALLBACK)
        answer = browser.http.get(but(back, **changes), timeout=20)
        assert who(browser, world.moot) is None
        return answer

    assert "cannot be believed" in with_question(nonce="another").text
    assert "run out" in with_question(code_challenge="E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM").text
    assert "cannot be believed" in with_answer(iss="https://evil.example").text
    assert "not begun here" in with_answer(state="another").text
    assert "run out" in with_answer(code="another").text


def test_a_cookie_that_was_changed_is_nothing(world: World):
    browser = Browser()
    back = sign_in_there(browser, press(browser, world.moot, OPENID), "alice", OPENID_CALLBACK)
    sealed = browser.http.cookies["moot_provider"]
    browser.http.cookies.clear()
    browser.http.cookies.set("moot_provider", sealed[:-2] + ("AA" if sealed[-2:] != "AA" else "BB"))

    answer = browser.http.get(back, timeout=20)

    assert answer.status_code == 403
    assert "not begun here" in answer.text


def test_somebody_who_turns_back_is_told(world: World):
    browser = Browser()
    page = browser.open(press(browser, world.moot, OPENID))
    form, _ = page.form_with_button("go back")

    answer = browser.http.post(form.action, data=form.fields, timeout=20)

    assert answer.status_code == 403
    assert "You are not signed in" in answer.text


def sign_out_there(browser: Browser, world: World) -> None:
    page = browser.open(f"{world.openid.base}/session/end")
    form = next(form for form in page.forms() if "xsrf" in form.fields)
    browser.http.post(form.action, data={**form.fields, "logout": "yes"}, timeout=20).raise_for_status()


# OpenID Connect Back-Channel Logout 1.0
def test_signing_out_at_the_provider_ends_the_session_that_it_began_and_no_other(world: World):
    browser, _ = sign_in(world, "alice")
    elsewhere, _ = sign_in(world, "alice")

    sign_out_there(browser, world)

    eventually("the session has ended", lambda: who(browser, world.moot) is None)
    assert who(elsewhere, world.moot) == "alice"


def test_a_session_that_passed_the_link_page_is_ended_by_the_provider_as_well(world: World):
    world.openid.tells("dinah", sub="668", preferred_username="dinah", email="dinah@club.example", name="Dinah")
    world.moot.member("dinah", "the old password")
    browser, page = sign_in(world, "dinah")
    assert page.url.endswith("/auth/link")
    link = browser.open(f"{world.moot.base}/auth/link").form_with_password()
    browser.send(link, password="the old password")
    assert who(browser, world.moot) == "dinah"
    elsewhere, _ = sign_in(world, "dinah")

    sign_out_there(elsewhere, world)
    eventually("the other session has ended", lambda: who(elsewhere, world.moot) is None)
    assert who(browser, world.moot) == "dinah"

    sign_out_there(browser, world)
    eventually("the session has ended", lambda: who(browser, world.moot) is None)


def test_nobody_but_the_provider_can_sign_somebody_out(world: World):
    browser, _ = sign_in(world, "alice")
    address = f"{world.moot.base}/auth/auth/openid_connect/backchannel_logout"

    for data in ({}, {"logout_token": "a.b.c"}, {"logout_token": "eyJhbGciOiJub25lIn0.eyJzdWIiOiIyNDQwMDMyMCJ9."}):
        answer = requests.post(address, data=data, timeout=20)

        assert answer.status_code == 400
        assert answer.headers["Cache-Control"] == "no-store"
    assert who(browser, world.moot) == "alice"


def test_signing_out_here_signs_out_there(world: World):
    browser, _ = sign_in(world, "alice")
    page = browser.open(f"{world.moot.base}/about")
    form = next(form for form in page.forms() if form.action.endswith("/auth/sign_out"))

    out = browser.send(form)
    there = browser.open(out.response.headers["Refresh"].removeprefix("0; url="))
    form = next(form for form in there.forms() if "xsrf" in form.fields)
    back = browser.http.post(form.action, data={**form.fields, "logout": "yes"}, timeout=20)

    assert who(browser, world.moot) is None
    assert back.url.startswith(f"{world.moot.base}/about")
    asked_again = browser.open(press(browser, world.moot, OPENID))
    assert asked_again.form_with_password()
