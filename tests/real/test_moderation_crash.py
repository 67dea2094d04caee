"""kill -9 of `moot` while two moderators approve forty proposals: each was carried out wholly or not at all, and the
log, checked from outside and with the database, tells exactly what is so."""

from concurrent.futures import ThreadPoolExecutor

import requests
from client import Client
from council import Council

COUNT = 40
STRIKES = 3


def test_decisions_are_whole_or_not_at_all(servers):
    moot = servers("decisions")
    council = Council(moot)
    suspects = [moot.member(f"suspect{number}").me()["id"] for number in range(COUNT)]
    first, second = (moderator.app for moderator in council.moderators[:2])

    def suspend(app: Client, account: str) -> bool:
        try:
            answer = requests.post(
                f"{moot.base}/api/v1/admin/accounts/{account}/action",
                json={"type": "suspend", "text": "Spam."},
                headers={"Authorization": f"Bearer {app.token}"},
                timeout=20,
            )
        except requests.RequestException:
            return False
        return answer.status_code == 200

    unanswered = 0
    for account in suspects:
        assert suspend(first, account)
    parts = [suspects[number::STRIKES] for number in range(STRIKES)]
    for part in parts:
        with ThreadPoolExecutor(max_workers=4) as crowd:
            answers = [crowd.submit(suspend, second, account) for account in part]
            answers[len(part) // 3].result()
            moot.kill()
            unanswered += sum(not answer.result() for answer in answers)
        moot.start()
    for account in suspects:
        # Whoever had no answer asks again; where it was carried out, a proposal of its own is all that comes of it.
        suspend(second, account)

    assert unanswered > 0, "no strike met a request"
    for account in suspects:
        assert first.get(f"/api/v1/admin/accounts/{account}")["suspended"]
    executed = [
        entry
        for entry in council.log()
        if entry["type"] == "proposal.executed" and entry["public"].get("action") == "account.suspend"
    ]
    assert len(executed) == COUNT
    assert all(len(entry["public"]["approved_by"]) == 2 for entry in executed)
    moot.command("log", "verify", moot.base)
    moot.command("log", "verify", "--database")
