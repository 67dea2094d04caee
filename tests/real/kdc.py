"""A Kerberos realm of a test's own: database, KDC and keytab in a folder, on a free loopback port."""

import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

REALM = "CLUB.EXAMPLE"
SERVICE = "host/moot.club.example"
WEB = "HTTP/localhost"


def free_port() -> int:
    """A port of the loopback interface that is free for UDP and TCP alike."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            port = tcp.getsockname()[1]
            try:
                udp.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Kdc:
    """A KDC with the people it is told of; the keytab holds the keys of Moot and of a web server at `localhost`."""

    def __init__(self, **people: str):
        self.folder = Path(tempfile.mkdtemp(prefix="moot-kdc-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.config = self.folder / "krb5.conf"
        self.config.write_text(
            f"[libdefaults]\n default_realm = {REALM}\n dns_lookup_kdc = false\n dns_lookup_realm = false\n"
            " dns_canonicalize_hostname = false\n rdns = false\n"
            f"[realms]\n {REALM} = {{\n  kdc = 127.0.0.1:{self.port}\n }}\n"
            f"[domain_realm]\n localhost = {REALM}\n"
        )
        (self.folder / "kdc.conf").write_text(
            f"[kdcdefaults]\n kdc_listen = 127.0.0.1:{self.port}\n kdc_tcp_listen = 127.0.0.1:{self.port}\n"
            f"[realms]\n {REALM} = {{\n  database_name = {self.folder}/principal\n"
            f"  key_stash_file = {self.folder}/stash\n"
            f"  acl_file = {self.folder}/acl\n  default_principal_flags = +preauth\n }}\n"
            f"[logging]\n kdc = FILE:{self.folder}/kdc.log\n"
        )
        self.environment = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL": "C",
            "KRB5_CONFIG": str(self.config),
            "KRB5_KDC_PROFILE": str(self.folder / "kdc.conf"),
        }
        self.keytab = self.folder / "keytab"
        self._run("kdb5_util", "create", "-s", "-r", REALM, "-P", "master")
        for name, password in people.items():
            self.admin(f'addprinc -pw "{password}" {name}')
        for service in (SERVICE, WEB):
            self.admin(f"addprinc -randkey {service}")
            self.admin(f"ktadd -k {self.keytab} {service}")
        # The servers under test may have given up root for a user of their own.
        self.keytab.chmod(0o644)
        self.process = subprocess.Popen(
            ["krb5kdc", "-n"], env=self.environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        # It says so once it listens.
        assert self.process.stderr
        assert "starting" in self.process.stderr.readline()

    def admin(self, query: str) -> None:
        """A query of kadmin(1), which ends well whatever became of it."""
        done = self._run("kadmin.local", "-r", REALM, "-q", query)
        complaints = [line for line in done.stderr.splitlines() if "No policy" not in line]
        assert not complaints, f"{query}: {done.stderr}"

    def ticket(self, name: str, password: str) -> dict[str, str]:
        """Signs somebody in at their own machine; the environment of their programs."""
        cache = self.folder / f"cache-{name}"
        environment = {**self.environment, "KRB5CCNAME": f"FILE:{cache}"}
        subprocess.run(
            ["kinit", f"{name}@{REALM}"], env=environment, input=f"{password}\n", text=True, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        return environment

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(timeout=10)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def settings(self, **more: str) -> dict[str, str]:
        """What Moot is told of it."""
        return {
            "MOOT_KERBEROS_ENABLED": "true",
            "MOOT_KERBEROS_REALM": REALM,
            "MOOT_KERBEROS_KEYTAB": str(self.keytab),
            "MOOT_KERBEROS_SERVICE": SERVICE,
            "MOOT_KERBEROS_EMAIL_DOMAIN": "club.example",
            "MOOT_KERBEROS_CONFIG": str(self.config),
            **more,
        }

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
        )
