"""`moot log`: anybody checks a server's log from outside; what its owner changes is found; no older copy is served."""

import subprocess

import pytest
import requests
from council import Council
from moot import BINARY
from waiting import eventually


@pytest.fixture(scope="module")
def governed(servers, database):
    """A server with its own database that we own too, a council, and some decisions."""
    url = database()
    moot = servers("log", database_url=url)
    council = Council(moot)
    target = moot.member("terence").me()["id"]
    for moderator in council.moderators[:2]:
        moderator.app.post(f"/api/v1/admin/accounts/{target}/action", type="silence", text="Please stop")
        moderator.app.post("/api/v1/admin/domain_blocks", domain="peer.example", severity="suspend")
    return moot, url


def as_owner(url: str, *statements: str) -> str:
    """Runs SQL past every trigger."""
    script = ["SET session_replication_role = replica", *statements]
    arguments = [part for statement in script for part in ("-c", statement)]
    done = subprocess.run(["psql", "-qXAt", url, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_an_outsider_checks_everything_with_the_address_alone(governed, tmp_path):
    moot, _ = governed
    kept = tmp_path / "checkpoint"
    export = tmp_path / "log.jsonl.gz"
    export.write_bytes(requests.get(f"{moot.base}/api/moot/v1/log/export.jsonl.gz", timeout=10).content)

    said = moot.command("log", "verify", moot.base, "--keep", str(kept))
    from_file = moot.command("log", "verify", str(export), "--checkpoint", str(kept))
    inside = moot.command("log", "verify", "--database")

    assert "The log is whole." in said
    assert "Seats, board, settings and documents of the server are what the log says." in said
    assert "So are the servers it blocks." in said
    assert f"{moot.domain}/moderation" in kept.read_text()
    assert "The log is whole." in from_file
    assert "replaying them gives exactly what is in force" in inside


def test_what_cannot_be_reached_is_not_called_wrong(governed, tmp_path):
    moot, _ = governed
    nothing = subprocess.run(
        ["/bin/sh", "-c", f"{moot_binary()} log verify {tmp_path}/nothing"], check=False, capture_output=True, text=True
    )

    assert nothing.returncode == 69
    assert "not checked" in nothing.stderr


def test_a_key_that_is_not_the_logs_is_not_believed(governed):
    moot, _ = governed
    other = f"{moot.domain}/moderation+5a5b4a1f+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    said = moot.failing_command("log", "verify", moot.base, "--key", other)

    assert "SOMETHING IS WRONG" in said or "is no key" in said


def test_what_the_owner_of_the_database_changes_is_found(governed, tmp_path):
    moot, url = governed
    copy = tmp_path / "copy.jsonl"
    copy.write_text(moot.command("log", "export", "-"))
    kept = tmp_path / "checkpoint"
    kept.write_text(moot.command("log", "checkpoint"))
    seq = as_owner(url, "SELECT max(seq) FROM log_entries WHERE public ? 'approved_by'")
    before = as_owner(url, f"SELECT public FROM log_entries WHERE seq = {seq}")

    changed = "jsonb_set(public, '{approved_by,0,name}', '\"Eve\"')"
    as_owner(url, f"UPDATE log_entries SET public = {changed} WHERE seq = {seq}")
    said = moot.failing_command("log", "verify", moot.base, "--checkpoint", str(kept))
    told = moot.failing_command("log", "verify", moot.base, "--copy", str(copy))
    inside = moot.failing_command("log", "verify", "--database")
    as_owner(url, f"UPDATE log_entries SET public = $json${before}$json$ WHERE seq = {seq}")

    assert "SOMETHING IS WRONG" in said and f"entry {seq} is not as it was sealed" in said
    assert "SOMETHING IS WRONG" in inside or "not checked" in inside
    assert told
    assert "The log is whole." in moot.command("log", "verify", moot.base, "--copy", str(copy))


def test_a_seat_that_is_given_past_the_log_is_found(governed):
    moot, url = governed
    handle = as_owner(url, "SELECT handle FROM persons WHERE handle LIKE 'mona%'")
    as_owner(url, "UPDATE persons SET handle = 'eve' WHERE handle LIKE 'mona%'")

    said = moot.failing_command("log", "verify", moot.base)
    as_owner(url, f"UPDATE persons SET handle = '{handle}' WHERE handle = 'eve'")

    assert "the log is whole, but the server is not as it says" in said
    assert "seat 1: the log says @mona" in said


def test_a_new_key_is_believed_by_whoever_knows_the_old_one(governed):
    moot, _ = governed
    old = moot.command("log", "verify", moot.base).split("--key the next time:")[1].split()[0]

    moot.command("log", "rotate-key")

    assert "signed by a key that you know" in moot.command("log", "verify", moot.base, "--key", old)


def test_an_older_copy_of_the_database_is_not_served(governed):
    moot, url = governed
    kept = moot.data / "log-checkpoint"

    def newest_is_kept() -> bool:
        newest = as_owner(url, "SELECT max(size) FROM log_checkpoints")
        return kept.exists() and f"\n{newest}\n" in kept.read_text()

    eventually("the newest checkpoint is kept", newest_is_kept, 90)
    moot.stop()
    newest = int(as_owner(url, "SELECT max(size) FROM log_checkpoints"))
    as_owner(
        url,
        "DELETE FROM log_checkpoints_told",
        "DELETE FROM log_checkpoints",
        f"DELETE FROM log_private WHERE seq >= {newest}",
        f"DELETE FROM log_entries WHERE seq >= {newest}",
        f"UPDATE log_head SET seq = {newest - 1}",
    )

    moot.launch()
    assert moot.process.wait(timeout=40) != 0

    assert "restored from an older copy" in moot.tail()
    assert str(kept) in moot.tail()


def moot_binary() -> str:
    """Where the command is."""
    return str(BINARY)
