"""Measures how long a post takes from one server to a home timeline of another: p50 and p99 over a hundred posts.

Part of `scripts/bench`; the two servers have a database each on the server that DATABASE_URL names.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from moot import Moot
from waiting import eventually

POSTS = 100
TARGET_SECONDS = 2.0


def database(name: str) -> str:
    base = os.environ["DATABASE_URL"]
    subprocess.run(["psql", "-qX", base, "-c", f"CREATE DATABASE {name}"], check=True)
    return urlunsplit(urlsplit(base)._replace(path=f"/{name}"))


def measure(here: Moot, there: Moot) -> list[float]:
    alice, bob = here.member("alice"), there.member("bob")
    bob_here = alice.find_account(there.handle("bob"))
    alice.post(f"/api/v1/accounts/{bob_here['id']}/follow")
    eventually("the follow is accepted", lambda: alice.relationship(bob_here["id"])["following"])
    delays = []
    for number in range(POSTS):
        said = bob.say(f"Post number {number}")
        began = time.monotonic()
        eventually("the post arrives", lambda uri=said["uri"]: uri in [status["uri"] for status in alice.home()])
        delays.append(time.monotonic() - began)
    return sorted(delays)


def main(report: Path) -> None:
    servers = [Moot(name, database_url=database(f"delays_{name}")) for name in ("here", "there")]
    try:
        here, there = (server.start() for server in servers)
        delays = measure(here, there)
    finally:
        for server in servers:
            server.remove()
    p50, p99 = statistics.median(delays), delays[int(len(delays) * 0.99) - 1]
    report.write_text(json.dumps({"posts": POSTS, "p50_seconds": p50, "p99_seconds": p99}) + "\n")
    print(f"{POSTS} posts: p50 {p50:.3f} s, p99 {p99:.3f} s (target {TARGET_SECONDS} s)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
