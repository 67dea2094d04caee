"""Waiting for events: every wait has a limit and says what it waited for."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

# What the issue allows an event between two servers to take; the usual delay is far below.
LIMIT_SECONDS = 30.0
PAUSE_SECONDS = 0.05


class NeverHappened(AssertionError):
    """What was waited for did not happen within the limit."""


def eventually(what: str, probe: Callable[[], T], seconds: float = LIMIT_SECONDS) -> T:
    """Asks `probe` until it answers with something true, and returns that.

    A probe may fail while it waits (a post that is not there yet is a 404): the last failure is told if none succeeds.
    """
    deadline = time.monotonic() + seconds
    last = "it never answered"
    while True:
        try:
            answer = probe()
            if answer:
                return answer
            last = f"last answer: {answer!r}"
        except Exception as failure:  # noqa: BLE001 -- told below
            last = f"last failure: {failure!r}"
        if time.monotonic() > deadline:
            raise NeverHappened(f"{what}: not within {seconds:.0f} s; {last}")
        time.sleep(PAUSE_SECONDS)
