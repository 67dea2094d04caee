"""One `moot` process: started as an administrator would, in the test profile, with a data folder of its own."""

import contextlib
import copy
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

import requests
from client import Client
from waiting import eventually

PROJECT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("MOOT_BINARY", PROJECT / "target/debug/moot"))
SCOPES = "read write follow push"


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Moot:
    """A server whose handles and URLs are at `localhost:PORT`, with a database given or one of its own making."""

    def __init__(self, name: str, database_url: str | None = None, **settings: str):
        self.name = name
        self.port = free_port()
        self.domain = f"localhost:{self.port}"
        self.base = f"http://{self.domain}"
        # Not pytest's own folder: that is closed to the user that a server started by root becomes.
        self.folder = Path(tempfile.mkdtemp(prefix=f"moot-real-{name}-"))
        self.folder.chmod(0o755)
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.process: subprocess.Popen | None = None
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "MOOT_PROFILE": "test",
            "MOOT_DATA_DIR": str(self.data),
            "PORT": str(self.port),
            "ALLOWED_PRIVATE_ADDRESSES": "127.0.0.1/32,::1/128",
            **({"DATABASE_URL": database_url} if database_url else {}),
            **settings,
        }

    # --- its life ----------------------------------------------------------------------------------------------------

    def start(self) -> "Moot":
        """Starts the server and waits until it says that it is ready."""
        self.launch()
        return self.wait_ready()

    def launch(self) -> None:
        assert BINARY.exists(), f"{BINARY} is not built: cargo build -p moot-server"
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve"],
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_ready(self, seconds: float = 60) -> "Moot":
        def ready() -> bool:
            assert self.process
            if self.process.poll() is not None:
                raise SystemExit(f"{self.name} ended with {self.process.returncode}:\n{self.tail()}")
            return requests.get(f"{self.base}/readyz", timeout=5).ok

        eventually(f"{self.name} is ready", ready, seconds)
        return self

    def stop(self) -> None:
        """Asks it to stop, as a supervisor does, and waits until it has."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=40)

    def kill(self) -> None:
        """kill -9."""
        assert self.process
        self.process.kill()
        self.process.wait(timeout=10)

    def kill_postgres(self) -> None:
        """kill -9 of the cluster that the server made; its backends notice and end."""
        os.kill(self.postmaster(), signal.SIGKILL)

    def postmaster(self) -> int:
        (pid_file,) = self.data.glob("**/postmaster.pid")
        return int(pid_file.read_text().splitlines()[0])

    def remove(self) -> None:
        """Stops whatever is left of it and deletes its files."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.stop()
        if self.process and self.process.poll() is None:
            self.kill()
        with contextlib.suppress(ValueError, OSError, IndexError):
            os.kill(self.postmaster(), signal.SIGINT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def tail(self, lines: int = 60) -> str:
        """The end of its log, for a failure's report."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    # --- its commands ------------------------------------------------------------------------------------------------

    def with_settings(self, **settings: str) -> "Moot":
        """The same server as its commands see it with other settings; it is not started."""
        other = copy.copy(self)
        other.environment = {**self.environment, **settings}
        return other

    def command(self, *arguments: str, typed: str = "") -> str:
        """Runs `moot …` with the server's own settings and returns what it printed."""
        done = self._run(*arguments, typed=typed)
        assert done.returncode == 0, f"moot {' '.join(arguments)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def failing_command(self, *arguments: str, typed: str = "") -> str:
        """Runs a command that must fail, and returns all that it said."""
        done = self._run(*arguments, typed=typed)
        assert done.returncode != 0, f"moot {' '.join(arguments)} should have failed:\n{done.stdout}"
        return done.stdout + done.stderr

    def _run(self, *arguments: str, typed: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [BINARY, *arguments],
            env=self.environment,
            cwd=self.folder,
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def member(self, name: str, password: str = "correct horse battery") -> Client:
        """Makes a member and returns an app that is signed in as that member."""
        self.command(
            "accounts", "create", name, "--email", f"{name}@example.test", "--confirmed", "--password-stdin",
            typed=f"{password}\n",
        )  # fmt: skip
        return Client(self.base, self.token(name))

    def token(self, name: str) -> str:
        printed = self.command("tokens", "create", name, "--scopes", SCOPES)
        return printed.split()[-1]

    def handle(self, name: str) -> str:
        return f"@{name}@{self.domain}"
