"""What the real-input tests share: servers that are cleaned up, and whose logs are printed when a test fails."""

import itertools
import os
import subprocess
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

import pytest
from moot import PROJECT, Moot

SCRATCH = PROJECT / "scripts/scratch-postgres"
_numbers = itertools.count(1)


def _psql(url: str, command: str) -> None:
    subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", url, "-c", command], check=True, capture_output=True)


@pytest.fixture(scope="module")
def database() -> Iterator[Callable[[], str]]:
    """Makes databases on the server that DATABASE_URL names, else on a scratch one, and drops them at the end."""
    base = os.environ.get("DATABASE_URL") or subprocess.check_output([SCRATCH, "start"], text=True).strip()
    made: list[str] = []

    def make() -> str:
        name = f"moot_real_{os.getpid()}_{next(_numbers)}"
        _psql(base, f"CREATE DATABASE {name}")
        made.append(name)
        return urlunsplit(urlsplit(base)._replace(path=f"/{name}"))

    yield make
    for name in made:
        _psql(base, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def servers(request: pytest.FixtureRequest) -> Iterator[Callable[..., Moot]]:
    """Starts servers that are stopped and removed when the module's tests are done."""
    started: list[Moot] = []
    request.module.servers_of_module = started

    def start(name: str, **settings: str) -> Moot:
        server = Moot(name, **settings)
        started.append(server)
        return server.start()

    yield start
    for server in started:
        server.remove()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()
    if report.failed:
        for server in getattr(item.module, "servers_of_module", []):
            report.sections.append((f"log of {server.name} ({server.base})", server.tail()))
