"""`toot`, a client that nobody here wrote, signs in over the real OAuth pages and does what members do."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest
from browser import Browser, Page
from client import Client
from moot import Moot

TOOT = Path(sys.executable).parent / "toot"
PASSWORD = "only for this test"


class Toot:
    """The program, with a configuration folder of its own."""

    def __init__(self, config: Path):
        self.environment = {**os.environ, "XDG_CONFIG_HOME": str(config), "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run(
            [TOOT, *arguments], env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, f"toot {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def json(self, *arguments: str):
        return json.loads(self(*arguments, "--json"))

    def sign_in(self, base: str, authorise: Callable[[str], str]) -> None:
        """Runs `toot login`: it prints an address, and is given the code that the page at that address shows."""
        program = subprocess.Popen(
            [TOOT, "login", "--instance", base],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lines: Queue[str | None] = Queue()

        def read() -> None:
            for line in program.stdout:
                lines.put(line)
            lines.put(None)

        Thread(target=read, daemon=True).start()
        seen = ""
        while not (found := re.search(r"https?://\S+/oauth/authorize\S+", seen)):
            line = lines.get(timeout=30)
            assert line is not None, f"toot ended without an address to open:\n{seen}"
            seen += line
        program.stdin.write("n\n" + authorise(found.group()) + "\n")
        program.stdin.close()
        while (line := lines.get(timeout=30)) is not None:
            seen += line
        assert program.wait(timeout=30) == 0, seen
        assert "Successfully logged in" in seen, seen


def shown_code(page: Page) -> str:
    """The code that the out-of-band page shows for copying."""
    field = page.soup.select_one("input[readonly], input.oauth-code, code, output, pre")
    assert field, f"no code at {page.url}: {page.text()[:400]}"
    return (field.get("value") or field.get_text()).strip()


def authorise_as(who: str) -> Callable[[str], str]:
    def authorise(url: str) -> str:
        browser = Browser()
        page = browser.sign_in(browser.open(url), who, PASSWORD)
        form, button = page.form_with_button("authorise", "authorize", "allow")
        return shown_code(browser.send(form, button))

    return authorise


@pytest.fixture(scope="module")
def moot(servers, database) -> Moot:
    return servers("toot", database_url=database())


@pytest.fixture(scope="module")
def bob(moot) -> Client:
    return moot.member("bob", PASSWORD)


@pytest.fixture(scope="module")
def toot(moot, tmp_path_factory) -> Toot:
    moot.member("alice", PASSWORD)
    program = Toot(tmp_path_factory.mktemp("toot"))
    program.sign_in(moot.base, authorise_as("alice@example.test"))
    return program


def test_signs_in_over_the_pages_and_knows_who_it_is(toot, moot):
    account = toot.json("whoami")

    assert account["username"] == "alice"
    assert account["url"] == f"{moot.base}/@alice"


def test_a_wrong_password_gives_no_code(moot, toot):
    app = Client(moot.base, "").post(
        "/api/v1/apps", client_name="t", redirect_uris="urn:ietf:wg:oauth:2.0:oob", scopes="read"
    )
    url = (
        f"{moot.base}/oauth/authorize?response_type=code&client_id={app['client_id']}"
        "&redirect_uri=urn:ietf:wg:oauth:2.0:oob&scope=read"
    )
    browser = Browser()
    form = browser.open(url).form_with_password()

    fields = {form.field_of_type("email", "text"): "alice@example.test", form.field_of_type("password"): "wrong"}
    answer = browser.http.post(form.action, data={**form.fields, **fields}, headers={"Origin": moot.base}, timeout=20)

    assert "code" not in answer.url.split("?", 1)[-1]
    assert 'type="password"' in answer.text


def test_posts_and_reads_it_in_every_timeline(toot):
    said = toot.json("post", "Hello from the terminal #moottest")

    for place in (["home"], ["public"], ["tag", "moottest"], ["account", "alice"]):
        shown = toot.json("timelines", *place, "--no-pager")
        assert said["id"] in [status["id"] for status in shown], place
    assert "Hello from the terminal" in toot("timelines", "home", "--no-pager")


@pytest.mark.parametrize("visibility", ["public", "unlisted", "private", "direct"])
def test_posts_with_each_visibility(toot, visibility):
    said = toot.json("post", f"{visibility} it is", "--visibility", visibility, "--language", "en")

    assert toot.json("status", said["id"])["visibility"] == visibility


def test_a_content_warning_is_kept(toot):
    said = toot.json("post", "the butler did it", "--spoiler-text", "ending", "--sensitive")

    assert (said["spoiler_text"], said["sensitive"]) == ("ending", True)


def test_replies_and_reads_the_thread(toot, bob):
    asked = bob.say("What is a moot?")
    answered = toot.json("post", "@bob An assembly", "--reply-to", asked["id"])

    thread = toot("thread", asked["id"])

    assert answered["in_reply_to_id"] == asked["id"]
    assert "What is a moot?" in thread
    assert "An assembly" in thread
    assert bob.notifications("mention")[0]["status"]["id"] == answered["id"]


@pytest.mark.parametrize(
    ("mark", "words", "heard"),
    [
        ("favourited", ("favourite", "unfavourite"), "favourite"),
        ("reblogged", ("reblog", "unreblog"), "reblog"),
        ("bookmarked", ("bookmark", "unbookmark"), None),
    ],
)
def test_marks_a_post_and_takes_it_back(toot, bob, mark, words, heard):
    command, undo = words
    post = bob.say(f"To be marked: {command}")

    toot(command, post["id"])

    assert toot.json("status", post["id"])[mark] is True
    if heard:
        assert bob.notifications(heard)[0]["status"]["id"] == post["id"]
    toot(undo, post["id"])
    assert toot.json("status", post["id"])[mark] is False


def test_follows_and_reads_home(toot, bob):
    toot("follow", "bob")
    said = bob.say("For those who follow", visibility="private")

    home = toot.json("timelines", "home", "--no-pager")

    assert said["id"] in [status["id"] for status in home]


def test_reads_its_notifications(toot, bob):
    mentioned = bob.say("@alice are you there?")

    notifications = toot.json("notifications")

    assert (notifications[0]["type"], notifications[0]["status"]["id"]) == ("mention", mentioned["id"])
    assert "are you there?" in toot("notifications")


def test_searches_for_people_and_tags(toot, bob):
    bob.say("Searchable #mootsearch")

    found = toot.json("search", "bob")

    assert "bob" in [account["acct"] for account in found["accounts"]]
    assert "mootsearch" in [tag["name"] for tag in toot.json("search", "#mootsearch")["hashtags"]]


def test_deletes_its_post(toot, bob):
    said = toot.json("post", "Soon gone")

    toot("delete", said["id"])

    answer = bob.http.get(f"{bob.base}/api/v1/statuses/{said['id']}", timeout=20)
    assert answer.status_code == 404
