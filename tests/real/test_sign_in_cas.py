"""Signing in at a CAS server's page: django-cas-server."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from browser import Browser
from provider_world import CAS, CAS_CALLBACK, World, but, everything, press, sign_in, sign_in_there, who


@pytest.fixture(scope="module")
def world(request: pytest.FixtureRequest, database: Callable[[], str]) -> Iterator[World]:
    yield from everything(request, database)


def test_somebody_comes_in_by_cas_with_their_attributes(world: World):
    browser, page = sign_in(world, "carol", CAS)
    by_parts, _ = sign_in(world, "dave", CAS)

    assert page.ok, page.text
    assert who(browser, world.moot) == "carol"
    assert world.member("carol", "email") == "carol@club.example"
    assert world.member("carol", "display_name") == "Carol Clark"
    assert who(by_parts, world.moot) == "dave"
    assert world.member("dave", "display_name") == "Dave Dunn"
    again, _ = sign_in(world, "carol", CAS)
    assert who(again, world.moot) == "carol"


def test_a_ticket_works_once_and_in_the_browser_that_began(world: World):
    browser, other, thief = Browser(), Browser(), Browser()
    back = sign_in_there(browser, press(browser, world.moot, CAS), "carol", CAS_CALLBACK)
    press(other, world.moot, CAS)
    thief.http.cookies.set("moot_provider", browser.http.cookies["moot_provider"])

    foreign = other.http.get(back, timeout=20)
    browser.http.get(back, timeout=20)
    again = browser.http.get(back, timeout=20)
    stolen = thief.http.get(back, timeout=20)

    assert who(browser, world.moot) == "carol"
    assert [answer.status_code for answer in (foreign, again, stolen)] == [403, 403, 403]
    assert "run out" in stolen.text
    assert who(thief, world.moot) is None


# S52: what stands in the ticket, in the address or in the Host header never becomes the service that is asked about.
def test_a_ticket_of_another_service_opens_nothing(world: World):
    browser = Browser()
    led = press(browser, world.moot, CAS)
    elsewhere = sign_in_there(browser, but(led, service=f"{world.moot.base}/elsewhere"), "carol", "/elsewhere")
    ticket = parse_qs(urlsplit(elsewhere).query)["ticket"][0]
    state = parse_qs(urlsplit(parse_qs(urlsplit(led).query)["service"][0]).query)["state"][0]

    answer = browser.http.get(
        f"{world.moot.base}{CAS_CALLBACK}",
        params={"state": state, "ticket": ticket, "url": f"{world.moot.base}/elsewhere"},
        timeout=20,
    )

    assert answer.status_code == 403
    assert who(browser, world.moot) is None


def test_a_ticket_cannot_name_a_service(world: World):
    for ticket in (f"a&service={world.moot.base}/evil", "ST-1&service=https://evil.example", "ST-1#x", "PT-1", ""):
        browser = Browser()
        led = press(browser, world.moot, CAS)
        state = parse_qs(urlsplit(parse_qs(urlsplit(led).query)["service"][0]).query)["state"][0]

        answer = browser.http.get(
            f"{world.moot.base}{CAS_CALLBACK}", params={"state": state, "ticket": ticket}, timeout=20
        )

        assert answer.status_code == 403, ticket
        assert "cannot be believed" in answer.text


def test_a_forged_host_changes_no_service(world: World):
    browser = Browser()
    form, _ = browser.open(f"{world.moot.base}/auth/sign_in").form_with_button(CAS.lower())

    def press_as(**headers: str) -> requests.Response:
        return browser.http.post(
            form.action,
            data=form.fields,
            headers={"Sec-Fetch-Site": "same-origin", "Connection": "close", **headers},
            timeout=20,
            allow_redirects=False,
        )

    for answer in (press_as(Host="evil.example"), press_as(**{"X-Forwarded-Host": "evil.example"})):
        assert answer.status_code in (400, 421)
        assert "Location" not in answer.headers
    service = parse_qs(urlsplit(press_as().headers["Location"]).query)["service"][0]
    assert service.startswith(f"{world.moot.base}{CAS_CALLBACK}?")
