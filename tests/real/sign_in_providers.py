"""The organisation's providers: an OpenID provider (oidc-provider) and a CAS server (django-cas-server)."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import requests
from moot import PROJECT, free_port
from waiting import eventually

HERE = Path(__file__).parent
SECRET = "a secret / with: signs+"


class Provider:
    """A program that listens on a port of the loopback interface."""

    def __init__(self, name: str, probe: str):
        self.name = name
        self.port = free_port()
        # Not localhost, where Moot is: browsers count them as two sites.
        self.base = f"http://127.0.0.1:{self.port}"
        self.probe = probe
        self.folder = Path(tempfile.mkdtemp(prefix=f"moot-real-{name}-"))
        self.log = self.folder / "log"
        self.process: subprocess.Popen | None = None

    def run(self, *command: str | Path) -> None:
        with self.log.open("a") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

        def ready() -> bool:
            assert self.process
            if self.process.poll() is not None:
                raise SystemExit(f"{self.name} ended with {self.process.returncode}:\n{self.tail()}")
            return requests.get(f"{self.base}{self.probe}", timeout=5).ok

        eventually(f"{self.name} is ready", ready, 60)

    def tail(self, lines: int = 60) -> str:
        """The end of its log, for a failure's report."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    def remove(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)


class OpenIdProvider(Provider):
    """Its people are alice and bob, their password is `secret`."""

    def __init__(self):
        super().__init__("oidc-provider", "/.well-known/openid-configuration")

    def start(self, **clients: str) -> None:
        """Starts it for these clients: by name, the address of a server."""
        subprocess.run([PROJECT / "scripts/node", "--install"], check=True)
        said = json.dumps({"port": self.port, "clients": clients})
        self.run(PROJECT / "scripts/node", HERE / "oidc_provider.mjs", said)

    def tells(self, who: str, **claims: object) -> None:
        """From now on it tells this of somebody."""
        requests.put(f"{self.base}/people/{who}", json=claims, timeout=10).raise_for_status()


class CasServer(Provider):
    """Its people are carol and dave, their password is `secret`."""

    def __init__(self):
        super().__init__("django-cas-server", "/cas/login")

    def start(self, serves: str) -> None:
        """Starts it for the server at this address."""
        self.run(sys.executable, HERE / "django_cas.py", self.folder, str(self.port), serves)
