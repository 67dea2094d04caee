"""kill -9 of `moot` and of its PostgreSQL amid 500 posts and 500 signed activities: what was answered is there, once.

A post is acknowledged with 200, an activity with 202. Who gets no answer asks again, as clients and servers do: the
app with the same Idempotency-Key, the peer with the same activity. So in the end every one of them is there, and none
is there twice, although some were stored by a server that died before it could say so. The server makes its own
cluster here, with the durability that it has in production.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from client import Client
from moot import Moot
from peer import Peer
from waiting import eventually

COUNT = 500
SENDERS = 4
PATIENCE_SECONDS = 120


class Senders:
    """Threads that send numbered things, each until it is acknowledged."""

    def __init__(self, send: Callable[[int], str | None]):
        self.acknowledged: list[str] = []
        self.unanswered = 0
        self._send = send
        self._changed = threading.Condition()
        self._pool = ThreadPoolExecutor(max_workers=SENDERS)
        for number in range(COUNT):
            self._pool.submit(self._send_until_acknowledged, number)
        self._pool.shutdown(wait=False)

    def _send_until_acknowledged(self, number: int) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                name = self._send(number)
            except requests.RequestException:
                name = None
            with self._changed:
                if name:
                    self.acknowledged.append(name)
                else:
                    self.unanswered += 1
                self._changed.notify_all()
            if name:
                return
            time.sleep(0.2)

    def wait_for(self, acknowledged: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.acknowledged) >= acknowledged, PATIENCE_SECONDS), (
                f"only {len(self.acknowledged)} of {acknowledged} were acknowledged; {self.unanswered} had no answer"
            )


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    playing = Peer()
    yield playing
    playing.close()


def posting(moot: Moot, token: str) -> Senders:
    def post(number: int) -> str | None:
        answer = requests.post(
            f"{moot.base}/api/v1/statuses",
            json={"status": f"post number {number}", "visibility": "public"},
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": f"post-{number}"},
            timeout=20,
        )
        return answer.json()["id"] if answer.status_code == 200 else None

    return Senders(post)


def delivering(moot: Moot, peer: Peer, mentioned: dict[str, str]) -> Senders:
    def deliver(number: int) -> str | None:
        create = peer.note(str(number), f"<p>activity number {number}</p>", mentioned)
        answer = peer.deliver(create, f"{moot.base}/inbox")
        return create["object"]["id"] if answer.status_code == 202 else None

    return Senders(deliver)


def test_what_was_acknowledged_is_there_exactly_once(servers, peer):
    moot = servers("crash")
    alice: Client = moot.member("alice")
    me = alice.me()
    posts = posting(moot, moot.token("alice"))
    activities = delivering(moot, peer, {moot.handle("alice"): me["uri"]})

    def strike_after(acknowledged: int, *kills: Callable[[], None]) -> None:
        posts.wait_for(acknowledged)
        activities.wait_for(acknowledged)
        for kill in kills:
            kill()

    strike_after(100, moot.kill)
    moot.start()
    strike_after(200, moot.kill_postgres)  # the server itself must start it again
    strike_after(300, moot.kill_postgres, moot.kill)
    moot.start()
    posts.wait_for(COUNT)
    activities.wait_for(COUNT)

    print(f"\nnot answered at first: {posts.unanswered} posts, {activities.unanswered} activities")
    assert posts.unanswered > 0, "no strike met a request"
    own = alice.pages(f"/api/v1/accounts/{me['id']}/statuses")
    assert Counter(status["id"] for status in own) == Counter(posts.acknowledged)
    assert len({status["content"] for status in own}) == COUNT

    def stored() -> Counter[str]:
        account = alice.find_account(f"@{peer.name}@{peer.domain}")
        return Counter(status["uri"] for status in alice.pages(f"/api/v1/accounts/{account['id']}/statuses"))

    def mentions() -> Counter[str]:
        told = alice.pages("/api/v1/notifications", **{"types[]": "mention"})
        return Counter(notification["status"]["uri"] for notification in told)

    eventually("every activity was worked off", lambda: len(stored()) == COUNT and len(mentions()) == COUNT, 180)
    assert stored() == Counter(activities.acknowledged)
    assert mentions() == Counter(activities.acknowledged)
