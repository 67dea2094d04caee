"""A real directory: slapd with a folder, ports and a certificate authority of its own, as any user.

    with Slapd() as directory:                          # or .start() … .remove()
        alice = directory.add_person("alice", "wonderland")
        directory.add_group("moderators", ["alice"])
        server = servers("club", **directory.settings())    # LDAP_* as a Mastodon administrator writes them
        …
        directory.set_password("alice", "looking-glass")    # the old one is refused at once
        directory.disable("alice"); directory.enable("alice")
        directory.delete("alice")                       # and add_person again is another person: a new entryUUID
        directory.stop(); directory.start()             # away and back, same ports and data
        directory.hang(); directory.resume()            # accepts connections and answers nothing
        directory.show_certificate("expired")           # or "wrong-host", "good"

People are `uid=NAME,ou=people,dc=club,dc=example`, groups `cn=NAME,ou=groups,…` (groupOfNames; people carry memberOf).
The searcher is `cn=moot,ou=services,…`, the administrator `cn=admin,…`. Anonymous and unauthenticated binds succeed, as
in the most careless directory, and `ou=people` holds a referral that leads nowhere.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from waiting import eventually

SLAPD = "/usr/sbin/slapd"
BASE = "dc=club,dc=example"
PEOPLE = f"ou=people,{BASE}"
GROUPS = f"ou=groups,{BASE}"
BIND_DN = f"cn=moot,ou=services,{BASE}"
BIND_PASSWORD = "the searcher's own"
ADMIN_DN = f"cn=admin,{BASE}"
ADMIN_PASSWORD = "the administrator's own"
_MODULES = ("/usr/lib/ldap", "/usr/lib/openldap", "/usr/lib64/openldap")
_SCHEMAS = ("/etc/ldap/schema", "/etc/openldap/schema")


class Slapd:
    """One directory. Making it starts nothing; `start()` does."""

    def __init__(self, start_tls: bool = True, failures_until_locked: int = 0):
        """Without `start_tls` it knows no TLS; after `failures_until_locked` wrong passwords an entry is locked."""
        self.folder = Path(tempfile.mkdtemp(prefix="moot-slapd-"))
        # A server under test reads the authority's certificate, perhaps as another user.
        self.folder.chmod(0o755)
        self.knows_tls = start_tls
        self.failures_until_locked = failures_until_locked
        self.port = _free_port()
        self.tls_port = _free_port()
        self.url = f"ldap://localhost:{self.port}"
        self.tls_url = f"ldaps://localhost:{self.tls_port}"
        self.ca_file = self.folder / "ca.pem"
        self.log = self.folder / "log"
        self.process: subprocess.Popen | None = None
        if self.knows_tls:
            self._make_certificates()
        self._write_configuration()
        self._load(self._first_entries())

    # --- its life ----------------------------------------------------------------------------------------------------

    def start(self) -> "Slapd":
        """Starts the directory and waits until it answers."""
        listeners = [f"ldap://127.0.0.1:{self.port}"]
        if self.knows_tls:
            listeners.append(f"ldaps://127.0.0.1:{self.tls_port}")
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [SLAPD, "-d", "stats", "-f", self.folder / "slapd.conf", "-h", " ".join(listeners)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        eventually("slapd answers", self._answers, 20)
        return self

    def stop(self) -> None:
        """Ends the directory; its data and ports are kept for another `start()`."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(timeout=10)
        self.process = None

    def hang(self) -> None:
        """The kernel still accepts connections; nobody answers them."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGCONT)

    def remove(self) -> None:
        """Ends it and deletes its files."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Slapd":
        return self.start()

    def __exit__(self, kind: type | None, failure: BaseException | None, trace: TracebackType | None) -> None:
        self.remove()

    def show_certificate(self, which: str) -> None:
        """Restarts with the certificate that is `good`, `expired` or for a `wrong-host`."""
        was_running = self.process is not None
        self.stop()
        self._write_configuration(which)
        if was_running:
            self.start()

    def settings(self, **more: str) -> dict[str, str]:
        """The settings of a server that signs people in here, under Mastodon's names and one of Moot's."""
        tls = {"LDAP_METHOD": "start_tls", "MOOT_LDAP_CA_FILE": str(self.ca_file)}
        return {
            "LDAP_ENABLED": "true",
            "LDAP_HOST": "localhost",
            "LDAP_PORT": str(self.port),
            "LDAP_BASE": BASE,
            "LDAP_BIND_DN": BIND_DN,
            "LDAP_PASSWORD": BIND_PASSWORD,
            "LDAP_UID": "uid",
            **(tls if self.knows_tls else {"LDAP_METHOD": "plain"}),
            **more,
        }

    # --- its people --------------------------------------------------------------------------------------------------

    def add_person(self, uid: str, password: str, mail: str | None = "", **attributes: str) -> str:
        """Adds a person, by default with the address `UID@club.example` (None for none), and returns the entry's DN."""
        given = {"cn": uid.capitalize(), "sn": uid.capitalize(), "userPassword": password, **attributes}
        if mail is not None:
            given["mail"] = mail or f"{uid}@club.example"
        dn = person(uid)
        self.add(dn, ["inetOrgPerson"], {"uid": uid, **given})
        return dn

    def set_password(self, uid: str, password: str) -> None:
        self.replace(person(uid), "userPassword", password)

    def set_mail(self, uid: str, mail: str) -> None:
        self.replace(person(uid), "mail", mail)

    def disable(self, uid: str) -> None:
        """Locks an entry as an administrator does (password policy): binds fail, and the entry says why."""
        self.replace(person(uid), "pwdAccountLockedTime", "000001010000Z")

    def enable(self, uid: str) -> None:
        self._modify(f"dn: {person(uid)}\nchangetype: modify\ndelete: pwdAccountLockedTime\n")

    def rename(self, uid: str, new: str) -> None:
        """Gives a person another name; the entryUUID stays."""
        self._modify(f"dn: {person(uid)}\nchangetype: modrdn\nnewrdn: uid={new}\ndeleteoldrdn: 1\n")

    def entry_uuid(self, uid: str) -> str:
        return self.read(person(uid), "entryUUID")[0]

    def add_group(self, name: str, uids: Iterable[str]) -> str:
        """Adds a group and returns its DN. A group has at least one member, who need not exist."""
        members = [person(uid) for uid in uids] or [ADMIN_DN]
        self.add(group(name), ["groupOfNames"], {"cn": name, "member": members})
        return group(name)

    def join(self, name: str, uid: str) -> None:
        self._modify(f"dn: {group(name)}\nchangetype: modify\nadd: member\nmember: {person(uid)}\n")

    def leave(self, name: str, uid: str) -> None:
        self._modify(f"dn: {group(name)}\nchangetype: modify\ndelete: member\nmember: {person(uid)}\n")

    # --- any entry ---------------------------------------------------------------------------------------------------

    def add(self, dn: str, classes: Sequence[str], attributes: dict[str, str | list[str]]) -> None:
        self._modify(_entry(dn, classes, attributes, changetype=True))

    def replace(self, dn: str, attribute: str, *values: str) -> None:
        lines = "".join(f"{attribute}: {value}\n" for value in values)
        self._modify(f"dn: {dn}\nchangetype: modify\nreplace: {attribute}\n{lines}")

    def delete(self, name: str) -> None:
        """Deletes a person by name, or any entry by DN."""
        self._run("ldapdelete", name if "=" in name else person(name))

    def read(self, dn: str, attribute: str) -> list[str]:
        printed = self._run(
            "ldapsearch", "-LLL", "-o", "ldif-wrap=no", "-s", "base", "-b", dn, "(objectClass=*)", attribute
        )
        mark = f"{attribute}: "
        return [line.removeprefix(mark) for line in printed.splitlines() if line.startswith(mark)]

    # --- parts -------------------------------------------------------------------------------------------------------

    def _answers(self) -> bool:
        assert self.process
        if self.process.poll() is not None:
            raise SystemExit(f"slapd ended: {self.process.returncode}\n{self.log.read_text(errors='replace')[-3000:]}")
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("ldapwhoami")
            return True
        return False

    def _run(self, tool: str, *arguments: str, typed: str | None = None) -> str:
        url = f"ldap://127.0.0.1:{self.port}"
        command = [tool, "-x", "-H", url, "-D", ADMIN_DN, "-w", ADMIN_PASSWORD, *arguments]
        done = subprocess.run(
            command,
            env={**os.environ, "LDAPNOINIT": "1"},
            input=typed,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        if done.returncode != 0:
            raise subprocess.CalledProcessError(done.returncode, tool, done.stdout, f"{done.stderr}\n{typed or ''}")
        return done.stdout

    def _modify(self, ldif: str) -> None:
        # Relaxed rules let an administrator write what the policy's overlay keeps.
        self._run("ldapmodify", "-e", "relax", typed=ldif)

    def _load(self, ldif: str) -> None:
        subprocess.run(
            ["/usr/sbin/slapadd", "-f", self.folder / "slapd.conf"],
            input=ldif,
            text=True,
            check=True,
            capture_output=True,
        )

    def _first_entries(self) -> str:
        policy = {
            "cn": "default",
            "pwdAttribute": "userPassword",
            "pwdLockout": "TRUE",
            "pwdMaxFailure": str(self.failures_until_locked),
        }
        return "\n".join(
            [
                _entry(BASE, ["dcObject", "organization"], {"dc": "club", "o": "Club"}),
                *(
                    _entry(f"ou={name},{BASE}", ["organizationalUnit"], {"ou": name})
                    for name in ("people", "groups", "services", "policies")
                ),
                _entry(f"cn=default,ou=policies,{BASE}", ["device", "pwdPolicy"], policy),
                _entry(
                    BIND_DN,
                    ["organizationalRole", "simpleSecurityObject"],
                    {"cn": "moot", "userPassword": BIND_PASSWORD},
                ),
                _entry(
                    f"ou=elsewhere,{PEOPLE}",
                    ["referral", "extensibleObject"],
                    {"ou": "elsewhere", "ref": "ldap://127.0.0.1:1/ou=elsewhere,dc=club,dc=example"},
                ),
            ]
        )

    def _write_configuration(self, certificate: str = "good") -> None:
        modules = next(folder for folder in _MODULES if Path(folder, "memberof.so").exists())
        schemas = next(folder for folder in _SCHEMAS if Path(folder).exists())
        (self.folder / "db").mkdir(exist_ok=True)
        lines = [f"include {schemas}/{name}.schema" for name in ("core", "cosine", "nis", "inetorgperson")]
        lines += [
            f"modulepath {modules}",
            *(f"moduleload {name}" for name in ("back_mdb", "memberof", "ppolicy")),
            f"pidfile {self.folder}/slapd.pid",
            f"argsfile {self.folder}/slapd.args",
            "allow bind_anon_cred bind_anon_dn",
        ]
        if self.knows_tls:
            lines += [
                f"TLSCACertificateFile {self.ca_file}",
                f"TLSCertificateFile {self.folder}/{certificate}.pem",
                f"TLSCertificateKeyFile {self.folder}/{certificate}.key",
                "TLSVerifyClient never",
            ]
        lines += [
            "database mdb",
            f'suffix "{BASE}"',
            f'rootdn "{ADMIN_DN}"',
            f'rootpw "{ADMIN_PASSWORD}"',
            f"directory {self.folder}/db",
            "maxsize 67108864",
            "dbnosync",
            "index objectClass,uid,mail,entryUUID eq",
            "overlay memberof",
            "overlay ppolicy",
            f'ppolicy_default "cn=default,ou=policies,{BASE}"',
            "access to attrs=userPassword by self write by anonymous auth by * none",
            "access to * by * read",
        ]
        (self.folder / "slapd.conf").write_text("\n".join(lines) + "\n")

    def _make_certificates(self) -> None:
        def openssl(*arguments: str) -> None:
            subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True, timeout=30)

        new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        openssl(
            *("req", "-x509", *new_key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "30"),
            *("-subj", "/CN=Scratch authority", "-addext", "keyUsage=critical,keyCertSign"),
        )
        for name, hosts, days in (
            ("good", "DNS:localhost,IP:127.0.0.1", "30"),
            ("expired", "DNS:localhost,IP:127.0.0.1", "-1"),
            ("wrong-host", "DNS:ldap.elsewhere.example", "30"),
        ):
            openssl("req", *new_key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
            (self.folder / "extensions").write_text(f"subjectAltName={hosts}\n")
            openssl(
                *("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", days),
                *("-extfile", "extensions", "-out", f"{name}.pem"),
            )


def person(uid: str) -> str:
    """The DN of a person."""
    return f"uid={uid},{PEOPLE}"


def group(name: str) -> str:
    """The DN of a group."""
    return f"cn={name},{GROUPS}"


def _entry(dn: str, classes: Sequence[str], attributes: dict[str, str | list[str]], changetype: bool = False) -> str:
    lines = [f"dn: {dn}"]
    if changetype:
        lines.append("changetype: add")
    lines += [f"objectClass: {name}" for name in classes]
    for attribute, values in attributes.items():
        lines += [f"{attribute}: {value}" for value in ([values] if isinstance(values, str) else values)]
    return "\n".join(lines) + "\n"


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
