"""Leaving the organisation: a real directory forgets somebody, and what they held here ends."""

import subprocess
from collections.abc import Callable, Iterator

import pytest
import requests
from browser import Browser
from chromium import Chromium
from client import Client, Refused
from moot import BINARY, Moot
from slapd import Slapd
from waiting import eventually

PASSWORD = "wonderland"
STAYING = ("bob", "carol", "dave", "erin")


@pytest.fixture(scope="module")
def directory() -> Iterator[Slapd]:
    with Slapd() as directory:
        yield directory


@pytest.fixture(scope="module")
def url(database: Callable[[], str]) -> str:
    return database()


@pytest.fixture(scope="module")
def moot(servers: Callable[..., Moot], url: str, directory: Slapd) -> Moot:
    # The tests say when everybody is looked up.
    return servers("club", DATABASE_URL=url, MOOT_LDAP_SYNC="0", **directory.settings())


def psql(url: str, command: str) -> str:
    done = subprocess.run(
        ["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", url, "-c", command], capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def join(moot: Moot, directory: Slapd, name: str) -> Browser:
    """Adds a person to the directory and signs them in for the first time, which makes them a member."""
    directory.add_person(name, PASSWORD)
    browser = Browser()
    page = browser.sign_in(browser.open(f"{moot.base}/auth/sign_in"), name, PASSWORD)
    assert f"@{name}" in page.text()
    return browser


def let_time_pass(url: str) -> None:
    """As if the last run were a quarter of an hour ago: the server's own clock cannot be moved."""
    psql(url, "UPDATE identities SET missing_since = missing_since - interval '15 minutes'")


def sync(moot: Moot, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [BINARY, "members", "sync", *arguments],
        env=moot.environment,
        cwd=moot.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def is_refused(app: Client) -> bool:
    try:
        app.me()
    except Refused as refused:
        return refused.status in (401, 403)
    return False


def test_who_leaves_the_directory_takes_their_data_along_and_goes(moot: Moot, url: str, directory: Slapd) -> None:
    for name in STAYING:
        join(moot, directory, name)
    browser = join(moot, directory, "alice")
    alice = Client(moot.base, moot.token("alice"))
    bob = Client(moot.base, moot.token("bob"))
    post = alice.say("A word before I go")
    alice.post(f"/api/v1/accounts/{bob.me()['id']}/follow")
    assert not is_refused(alice)

    directory.delete("alice")
    code, printed = sync(moot)
    assert code == 0 and "@alice: is missing" in printed, printed
    assert not is_refused(alice)
    let_time_pass(url)
    code, printed = sync(moot, "--dry-run")
    assert code == 0 and "@alice: has left" in printed, printed
    assert not is_refused(alice)
    code, printed = sync(moot)
    assert code == 0 and "@alice: has left" in printed, printed

    # S40, S48: within a second, in the server that runs beside the command.
    eventually("the token is refused", lambda: is_refused(alice), 1)
    assert "Sign in" in browser.open(f"{moot.base}/").text()
    assert bob.status(post["id"])["content"]

    link = moot.command("members", "exit-link", "alice").strip()
    leaver = Browser()
    form, button = leaver.open(link).form_with_button("open")
    page = leaver.send(form, button)
    assert "You have left, @alice" in page.text()
    for again in (requests.get(link, timeout=20), requests.get(link, timeout=20)):
        assert again.status_code == 410

    export = f"{moot.base}/auth/leaving/export"
    follows = leaver.http.get(f"{export}/follows.csv", timeout=20)
    assert follows.text.splitlines()[1].startswith(f"bob@{moot.domain},true")
    outbox = leaver.http.get(f"{export}/outbox.json", timeout=20).json()
    assert "A word before I go" in outbox["orderedItems"][0]["object"]["content"]
    actor = leaver.http.get(f"{export}/actor.json", timeout=20).json()
    assert actor["preferredUsername"] == "alice"
    assert requests.get(f"{export}/actor.json", timeout=20, allow_redirects=False).status_code == 303

    form, button = page.form_with_button("delete")
    done = leaver.send(form, button, handle="alice")
    assert "Your account is deleted" in done.text()
    assert requests.get(f"{moot.base}/@alice", timeout=20).status_code == 404
    document = requests.get(actor["id"], headers={"Accept": "application/activity+json"}, timeout=20)
    assert document.status_code == 410

    def is_gone() -> bool:
        try:
            bob.status(post["id"])
        except Refused as refused:
            return refused.status == 404
        return False

    eventually("the post is gone", is_gone)
    assert psql(url, "SELECT count(*) FROM reserved_usernames WHERE username = 'alice'") == "1"


def test_a_directory_that_loses_too_many_lets_nobody_go(moot: Moot, url: str, directory: Slapd) -> None:
    for name in STAYING:
        directory.delete(name)
    join(moot, directory, "frank")
    code, printed = sync(moot)
    assert code == 1 and "4 of 5 members" in printed, printed
    let_time_pass(url)
    code, printed = sync(moot, "--status")
    assert code == 1, printed
    number = printed.split("--accept ")[1].split()[0]
    code, printed = sync(moot, "--accept", str(int(number) + 1))
    assert code == 1, printed
    assert psql(url, "SELECT count(*) FROM members WHERE left_at IS NOT NULL") == "0"

    code, printed = sync(moot, "--accept", number)

    assert code == 0, printed
    assert psql(url, "SELECT count(*) FROM members WHERE left_at IS NOT NULL") == "4"
    code, printed = sync(moot, "--status")
    assert code == 0, printed


def test_a_directory_that_is_away_touches_nobody(moot: Moot, url: str, directory: Slapd) -> None:
    before = psql(url, "SELECT account_id, left_at FROM members ORDER BY 1")
    directory.stop()
    try:
        code, printed = sync(moot)
    finally:
        directory.start()
    assert code == 1 and "directory" in printed, printed
    assert psql(url, "SELECT account_id, left_at FROM members ORDER BY 1") == before


@pytest.fixture
def chromium() -> Iterator[Chromium]:
    browser = Chromium()
    yield browser
    assert browser.complaints() == []
    browser.close()


def test_a_passkey_opens_the_page_of_who_has_left_and_it_fits_a_phone(
    moot: Moot, url: str, directory: Slapd, chromium: Chromium
) -> None:
    for name in ("gryphon", "grace"):
        directory.add_person(name, PASSWORD)
    join_as = f"{moot.base}/auth/sign_in"
    chromium.open(join_as)
    chromium.fill(login="grace", password=PASSWORD)
    chromium.press("Sign in")
    chromium.says("Sign out")
    chromium.holds_a_device()
    chromium.open(f"{moot.base}/settings/security/passkeys/new")
    chromium.fill(name="My phone")
    chromium.press("Add a passkey")
    chromium.says("The passkey is added.")
    # A member of the organisation comes in by its password and not by a passkey alone.
    chromium.press("I have kept them")
    chromium.sign_out()
    chromium.open(join_as)
    chromium.press("Sign in with a passkey")
    chromium.says("Your organisation says who you are")

    directory.delete("grace")
    sync(moot)
    let_time_pass(url)
    code, printed = sync(moot)
    assert code == 0 and "@grace: has left" in printed, printed
    chromium.open(join_as)
    chromium.fill(login="grace", password=PASSWORD)
    chromium.press("Sign in")
    chromium.says("There is no such name or mail address with this password.")
    chromium.press("Take your data with you")
    chromium.says("For who has left")
    chromium.looks_right("leaving-outside")
    chromium.press("Use a passkey")

    chromium.stands_at("/auth/leaving$")
    chromium.says("You have left, @grace")
    chromium.looks_right("leaving")
    chromium.open(f"{moot.base}/settings/security")
    chromium.stands_at("/auth/sign_in")
    chromium.open(f"{moot.base}/auth/leaving")
    chromium.fill(handle="somebody else")
    chromium.press("Delete it for good")
    chromium.says("nothing was deleted")
    chromium.looks_right("leaving-wrong-name")
    chromium.press("Close this page here")
    eventually("the page is closed", lambda: "Close this page here" not in chromium.text())
    chromium.open(f"{moot.base}/auth/leaving")
    chromium.says("For who has left")
