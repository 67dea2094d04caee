"""Decisions taken together, in real browsers: from a member's report to an appeal that puts everything back."""

import json
import subprocess
from collections.abc import Callable, Iterator

import pytest
import requests
from moot import Moot
from officer import PASSWORD, Officer
from waiting import eventually

BOARD = ("berta", "boris")
MODERATORS = ("mona", "mark", "mira")


class World:
    """A server with a board and three moderators, and the browsers of whoever is at one."""

    def __init__(self, moot: Moot, database_url: str):
        self.moot = moot
        self.database_url = database_url
        self.members = {name: moot.member(name, PASSWORD) for name in (*BOARD, *MODERATORS, "alice", "tom")}
        moot.command("board", "bootstrap", *BOARD)
        for name in MODERATORS:
            account = self.members[name].me()["id"]
            self.decides("appoint_moderator", account_id=account)
        self.browsers: dict[str, Officer] = {}

    def decides(self, kind: str, **params: str) -> None:
        """A decision of the board, recorded by one and confirmed by the other."""
        recorded = self.moot.command(
            "board", "record", kind, "--params", json.dumps(params), "--text", "So decided.", "--as", BOARD[0], "--json"
        )
        found = json.loads(recorded)
        self.moot.command("board", "confirm", str(found["id"]), "--as", BOARD[1])

    def browser(self, name: str, *, with_app: bool = True) -> Officer:
        if name not in self.browsers:
            officer = Officer(self.moot, name)
            self.browsers[name] = officer.sets_up_an_app() if with_app else officer
        return self.browsers[name]

    def proofs_grow_old(self) -> None:
        """What members have shown lies eleven minutes back."""
        self.sql("UPDATE sessions SET stepped_up_at = stepped_up_at - interval '11 minutes'")

    def sql(self, command: str) -> None:
        subprocess.run(["psql", "-qX", self.database_url, "-c", command], check=True, capture_output=True)


@pytest.fixture(scope="module")
def world(servers: Callable[..., Moot], database: Callable[[], str]) -> Iterator[World]:
    url = database()
    world = World(servers("council", database_url=url), url)
    yield world
    for browser in world.browsers.values():
        browser.close()


def test_from_a_report_to_an_appeal_that_puts_everything_back(world: World) -> None:  # noqa: PLR0915 (one story)
    moot, tom, alice = world.moot, world.members["tom"], world.members["alice"]
    post = tom.say("buy this now, dear friends")
    shown = requests.get(f"{moot.base}/@tom/{post['id']}", timeout=20)
    assert "buy this now" in shown.text
    report = {"account_id": tom.me()["id"], "status_ids": [post["id"]], "comment": "He writes this everywhere"}
    alice.post("/api/v1/reports", **report, category="spam")
    # A moderator who reports as a member is recused by that.
    world.members["mira"].post("/api/v1/reports", **report, category="spam")

    # --- one moderator opens it -------------------------------------------------------------------------------------
    mona = world.browser("mona")
    mona.open("/console")
    mona.says("@tom@")
    mona.says("2 reports by 2 members")
    mona.picture("console-queue")
    mona.press(f"@tom@{moot.domain}")
    mona.says("He writes this everywhere")
    assert "buy this now" not in mona.text()
    mona.press("Take it")
    mona.says("You are at work on it.")
    mona.press("Show the post")
    mona.says("buy this now, dear friends")
    mona.says("You have looked at 1 reported post today")
    mona.picture("console-case")
    case = mona.driver.current_url.split("?")[0]
    mona.press("Propose a measure")
    mona.picture("console-kinds")
    mona.press("Freeze …")
    mona.write(category="spam", reason_public="Wrote to bob@club.example again", notice="No more advertising.")
    mona.choose("rule-1")
    mona.press("Open the proposal")
    mona.says("Look at the public reason once more.")
    mona.picture("console-propose")
    mona.write(reason_public="Advertising in replies, after a warning.")
    world.proofs_grow_old()
    mona.press("Open the proposal")
    mona.picture("console-step-up")
    mona.proves_it()
    mona.says("The proposal is open.")
    mona.says("1 of 2 approvals")
    proposal = mona.driver.current_url.split("?")[0]

    # --- refused to the recused one ---------------------------------------------------------------------------------
    mira = world.browser("mira")
    mira.open(proposal)
    mira.says("You stand aside from this one.")
    assert not mira.all("form[action$='/vote']")

    # --- approved by the second, with a fresh proof ------------------------------------------------------------------
    mark = world.browser("mark")
    mark.open("/console")
    mark.says("For you to answer")
    mark.picture("console-queue-waiting")
    mark.open(proposal)
    mark.says("Advertising in replies, after a warning.")
    mark.picture("console-review")
    world.proofs_grow_old()
    mark.choose("approve")
    mark.write(comment="I have seen it, too.")
    mark.press("Send your answer")
    mark.proves_it()
    mark.says("Your approval is counted.")
    mark.says("2 of 2 approvals")
    mark.says("I have seen it, too.")
    mark.picture("console-review-done")

    # --- the member sees it, and the public  ---
    member = world.browser("tom", with_app=False)
    member.open("/settings/decisions")
    member.says("No more advertising.")
    member.picture("member-decisions")
    mona.open(proposal)
    (entry,) = [link.get_attribute("href") for link in mona.all("main a[href*='/moderation/']")]
    public = requests.get(entry, timeout=20)
    assert public.ok
    assert "Advertising in replies, after a warning." in public.text
    for secret in ("tom", "alice", "buy this now", "He writes this everywhere"):
        assert secret not in public.text, secret
    mona.open(entry)
    mona.picture("public-entry")
    mona.open("/moderation")
    mona.picture("public-log")

    # --- appealed and overturned --------------------------------------------------------------------------------------
    member.unfold("Appeal this decision")
    member.write(text="My account was stolen. I have it back.")
    member.press("Appeal")
    member.says("My account was stolen.")
    # Both who could still decide had approved it, and the third stands aside: the board has the word at once.
    mona.open("/console/appeals")
    mona.says("appealed by @tom@")
    found = mona.driver.find_element("css selector", ".entry h3 a")
    appeal = found.get_attribute("href").rsplit("/", 1)[-1]
    found.click()
    mona.says("My account was stolen. I have it back.")
    mona.picture("console-appeal")
    world.decides("decide_appeal", appeal_id=appeal, outcome="overturned")

    # --- everything is as it was  ---
    assert "buy this now" in requests.get(f"{moot.base}/@tom/{post['id']}", timeout=20).text
    mona.open(case)
    mona.says("something was done")
    verified = moot.command("log", "verify", moot.base)
    assert verified
    for officer in (mona, mark, mira, member):
        assert officer.complaints() == []


def test_what_else_the_consoles_show(world: World) -> None:
    mona = world.browser("mona")
    for path, name in (
        ("/console/emergency?kind=account.limit", "console-emergency"),
        ("/console/proposals", "console-proposals"),
        ("/console/audit", "console-audit"),
        ("/console/channels", "console-channels"),
        ("/console/seat", "console-seat"),
    ):
        mona.open(path)
        mona.picture(name)
    berta = world.browser("berta")
    for path, name in (
        ("/board", "board-overview"),
        ("/board/seats", "board-seats"),
        ("/board/decisions", "board-decisions"),
        ("/board/decisions/new?kind=appoint_moderator", "board-record"),
        ("/board/documents", "board-documents"),
        ("/board/documents/guidelines/edit", "board-edit-document"),
        ("/board/settings", "board-settings"),
    ):
        berta.open(path)
        berta.picture(name)
    assert mona.complaints() == []
    assert berta.complaints() == []


def test_the_board_decides_in_its_browsers(world: World) -> None:
    berta, boris = world.browser("berta"), world.browser("boris")
    berta.open("/board/documents/rules/edit")
    berta.write(document="- Be kind.\n- No advertising.\n")
    berta.press("Look at it first")
    berta.says("As it will look")
    berta.picture("board-preview")
    berta.write(words="These are our rules.")
    world.proofs_grow_old()
    berta.press("Record its adoption")
    berta.proves_it()
    berta.says("The decision is recorded.")
    decision = berta.driver.current_url.split("?")[0]

    boris.open("/board")
    boris.says("waits for you")
    boris.open(decision)
    boris.picture("board-decision")
    boris.press("Confirm it")
    asked, counted = "Is it still you?", "Your confirmation is counted."
    eventually("the confirmation leads on", lambda: asked in boris.text() or counted in boris.text())
    if asked in boris.text():
        boris.proves_it()
    boris.says(counted)

    assert "No advertising." in requests.get(f"{world.moot.base}/rules", timeout=20).text
    assert berta.complaints() == []
    assert boris.complaints() == []
