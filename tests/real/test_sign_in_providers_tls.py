"""Providers over TLS: whose certificates are believed."""

import datetime
import json
import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from browser import Browser
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from moot import Moot
from provider_world import but, press
from sign_in_providers import SECRET


class Authority:
    """A certificate authority of the organisation's own, and a server over TLS that it vouches for."""

    def __init__(self, folder: Path):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = datetime.datetime.now(datetime.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .sign(key, hashes.SHA256())
        )
        self.file = folder / "authority.pem"
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        self.file.chmod(0o644)
        secret = folder / "key.pem"
        secret.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, secret)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_port


class Pages(BaseHTTPRequestHandler):
    """Discovery of an OpenID provider, and a CAS server that knows everybody."""

    def do_GET(self) -> None:
        base = f"https://{self.headers['Host']}"
        if self.path.startswith("/.well-known/"):
            body = json.dumps({
                "issuer": base,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "jwks_uri": f"{base}/keys",
            })  # fmt: skip
        else:
            body = (
                "<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'><cas:authenticationSuccess>"
                "<cas:user>erin</cas:user></cas:authenticationSuccess></cas:serviceResponse>"
            )
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


def test_a_certificate_is_believed_by_the_authority_that_the_operator_names(
    request: pytest.FixtureRequest, database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
):
    def start(name: str, folder: Path, host: str, **settings: str) -> Moot:
        moot = Moot(name, database_url=database())
        request.addfinalizer(moot.remove)
        moot.folder.joinpath("authority.pem").write_bytes((folder / "authority.pem").read_bytes())
        file = str(moot.folder / "authority.pem")
        moot.environment.update(
            OIDC_ENABLED="true",
            OIDC_ISSUER=f"https://{host}:{authority.port}",
            OIDC_DISCOVERY="true",
            OIDC_CLIENT_ID="moot",
            OIDC_CLIENT_SECRET=SECRET,
            CAS_ENABLED="true",
            CAS_URL=f"https://{host}:{authority.port}",
            **{setting: value.replace("FILE", file) for setting, value in settings.items()},
        )
        return moot.start()

    def begin_by_openid(moot: Moot) -> int:
        browser = Browser()
        form, _ = browser.open(f"{moot.base}/auth/sign_in").form_with_button("openid connect")
        answer = browser.http.post(
            form.action, data=form.fields, headers={"Origin": moot.base}, timeout=20, allow_redirects=False
        )
        return answer.status_code

    def come_by_cas(moot: Moot) -> int:
        browser = Browser()
        led = press(browser, moot, "with cas")
        back = but(parse_qs(urlsplit(led).query)["service"][0], ticket="ST-1")
        return browser.http.get(back, timeout=20, allow_redirects=False).status_code

    folder = tmp_path_factory.mktemp("authority")
    authority = Authority(folder)
    trusting = start("trusting", folder, "localhost", MOOT_OIDC_CA_FILE="FILE", CAS_CA_PATH="FILE")
    distrusting = start("distrusting", folder, "localhost")
    elsewhere = start("elsewhere", folder, "127.0.0.1", MOOT_OIDC_CA_FILE="FILE", CAS_DISABLE_SSL_VERIFICATION="true")

    assert (begin_by_openid(trusting), come_by_cas(trusting)) == (303, 303)
    assert (begin_by_openid(distrusting), come_by_cas(distrusting)) == (503, 503)
    assert "certificate" in distrusting.tail()
    # The certificate is for another host; and whoever asks for no check at all is warned.
    assert (begin_by_openid(elsewhere), come_by_cas(elsewhere)) == (503, 303)
    assert "CAS_DISABLE_SSL_VERIFICATION" in elsewhere.tail(200)
