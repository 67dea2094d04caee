"""What moderators are told: in Slack a thread for each case, edited when it is decided; programs, with signatures."""

import hashlib
import hmac
from collections.abc import Iterator

import pytest
import requests
from council import Council
from receiver import Receiver
from waiting import eventually

SECRET = "a secret of the two"


@pytest.fixture
def slack() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def program() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


def test_a_report_becomes_a_thread_that_is_edited_when_two_have_decided(servers, slack, program):
    moot = servers(
        "told",
        MOOT_MODERATION_SLACK_TOKEN="xoxb-token",
        MOOT_MODERATION_SLACK_CHANNEL="C0CLUB",
        MOOT_MODERATION_SLACK_API=slack.url("/api"),
        MOOT_MODERATION_WEBHOOK_URL=program.url("/hook"),
        MOOT_MODERATION_WEBHOOK_SECRET=SECRET,
    )
    council = Council(moot)
    first, second = (moderator.app for moderator in council.moderators[:2])
    reporter, suspect = moot.member("sesamreporter"), moot.member("sesamsuspect")
    suspect_id = suspect.me()["id"]
    reporter.post("/api/v1/reports", account_id=suspect_id, comment="sesamcomment", category="spam")

    said = eventually("the report is told", lambda: slack.about("A report has come in"))
    button = said.body["blocks"][-1]["elements"][0]
    assert button["url"].startswith(f"{moot.base}/console/cases/")
    head = str(slack.said.index(said) + 1)

    def suspends(app) -> None:
        answer = requests.post(
            f"{moot.base}/api/v1/admin/accounts/{suspect_id}/action",
            json={"type": "suspend", "text": "sesamnotice", "report_id": report},
            headers={"Authorization": f"Bearer {app.token}"},
            timeout=20,
        )
        assert answer.status_code == 200, answer.text

    report = first.get("/api/v1/admin/reports")[0]["id"]
    suspends(first)
    opened = eventually("the proposal is told", lambda: slack.about("A proposal waits for one more approval"))
    assert opened.body["thread_ts"] == head
    suspends(second)
    edited = eventually("it is edited", lambda: slack.about("A proposal was carried and is done"))
    assert edited.path == "/api/chat.update"
    assert edited.body["ts"] == str(slack.said.index(opened) + 1)
    closed = eventually("the first message too", lambda: slack.about("A case is closed"))
    assert (closed.path, closed.body["ts"]) == ("/api/chat.update", head)

    told = eventually("the program is told", lambda: program.about('"proposal.decided"'))
    signature = hmac.new(SECRET.encode(), told.raw, hashlib.sha256).hexdigest()
    assert told.headers["x-hub-signature"] == f"sha256={signature}"
    eventually("of the report too", lambda: program.about('"report.updated"'))
    for one in slack.said + program.said:
        assert b"sesam" not in one.raw
        assert suspect_id.encode() not in one.raw


def test_the_operator_can_try_the_channels(servers, program):
    moot = servers("tried", MOOT_MODERATION_WEBHOOK_URL=program.url("/hook"), MOOT_MODERATION_WEBHOOK_SECRET=SECRET)

    assert "webhook: told" in moot.command("channels", "test")
    program.status = 403
    assert "webhook:" in moot.failing_command("channels", "test")
