"""A mail relay that keeps what it is given: plain or with STARTTLS, with or without a password, and with bad days."""

import asyncio
import contextlib
import email
import email.policy
import ssl
import subprocess
import tempfile
import threading
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from moot import free_port
from waiting import eventually


def scratch_certificate(folder: Path) -> tuple[Path, Path, Path]:
    """The authority that SMTP_CA_FILE names, and a certificate of its for localhost with the key."""

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=30)

    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl(
        *("req", "-x509", *new_key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2"),
        *("-subj", "/CN=Scratch authority", "-addext", "keyUsage=critical,keyCertSign"),
    )
    openssl("req", *new_key, "-keyout", "relay.key", "-out", "relay.csr", "-subj", "/CN=relay")
    (folder / "extensions").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl(
        *("x509", "-req", "-in", "relay.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "2"),
        *("-extfile", "extensions", "-out", "relay.pem"),
    )
    return folder / "ca.pem", folder / "relay.pem", folder / "relay.key"


class SmtpSink:
    """A relay on a free port of the loopback interface.

    `answers` holds, by reader, what it says to the next message instead of taking it: "451 …" or "550 …", or "hang" to
    take it and then say nothing until the client has gone.
    """

    def __init__(self, *, starttls: bool = False, login: tuple[str, str] | None = None):
        self.folder = tempfile.TemporaryDirectory(prefix="moot-smtp-")
        # A server started by root becomes somebody else, who has to read the certificate.
        Path(self.folder.name).chmod(0o755)
        self.letters: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.answers: dict[str, str] = {}
        self.put_off: list[str] = []
        self._lock = threading.Lock()
        self.ca_file: Path | None = None
        context = None
        if starttls:
            self.ca_file, certificate, key = scratch_certificate(Path(self.folder.name))
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, key)

        def authenticate(server: Server, session: Session, envelope: Envelope, mechanism: str, data: object):
            right = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == login
            return AuthResult(success=right)

        self.controller = Controller(
            self,
            hostname="127.0.0.1",
            port=free_port(),
            tls_context=context,
            require_starttls=starttls,
            authenticator=authenticate if login else None,
            auth_required=login is not None,
            auth_require_tls=False,
        )
        self.controller.start()
        self.port = self.controller.port

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:  # noqa: N802
        with self._lock:
            reader = envelope.rcpt_tos[0]
            answer = self.answers.pop(reader, "")
            if answer:
                self.put_off.append(reader)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        if answer and answer != "hang":
            return answer
        with self._lock:
            self.letters.append(message)
            self.envelopes.append(envelope)
        if answer == "hang":
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(asyncio.Event().wait(), 120)
        return "250 OK"

    def letter_to(self, address: str, subject: str) -> EmailMessage:
        """Waits for the newest letter to an address whose subject begins so."""

        def found() -> EmailMessage | None:
            with self._lock:
                for letter in reversed(self.letters):
                    if letter["To"] == address and letter["Subject"].startswith(subject):
                        return letter
            return None

        return eventually(f"a letter to {address}: {subject}", found)

    def close(self) -> None:
        self.controller.stop()
        self.folder.cleanup()


def link_in(letter: EmailMessage) -> str:
    """The first link of the plain text."""
    text = letter.get_body(("plain",)).get_content()
    return next(word for word in text.split() if word.startswith("http"))
