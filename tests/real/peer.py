"""Another server, played in Python: one actor with a key, WebFinger, an inbox that remembers, signed deliveries."""

import base64
import hashlib
import json
import threading
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import requests
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

ACTIVITY_JSON = "application/activity+json"
CONTEXT = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"]
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


class Peer:
    """A server at `localhost:PORT` with one member."""

    def __init__(self, name: str = "peer"):
        self.name = name
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.inbox: list[dict] = []
        peer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                peer.answer_get(self)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                peer.inbox.append(json.loads(body))
                peer.respond(self, 202, b"", "text/plain")

            def log_message(self, *_: object) -> None:
                """Says nothing: a failing test prints the servers' logs."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.domain = f"localhost:{self.server.server_port}"
        self.base = f"http://{self.domain}"
        self.actor_id = f"{self.base}/users/{name}"
        self.key_id = f"{self.actor_id}#main-key"
        self.notes: dict[str, dict] = {}
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    # --- what it serves ----------------------------------------------------------------------------------------------

    def respond(self, handler: BaseHTTPRequestHandler, status: int, body: bytes, content_type: str) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", content_type)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def answer_get(self, handler: BaseHTTPRequestHandler) -> None:
        target = urlsplit(handler.path)
        url = f"{self.base}{target.path}"
        if target.path == "/.well-known/webfinger":
            asked = parse_qs(target.query).get("resource", [""])[0]
            document, kind = self.webfinger(), "application/jrd+json"
            if asked not in (document["subject"], self.actor_id):
                self.respond(handler, 404, b"{}", "application/json")
                return
        elif url == self.actor_id:
            document, kind = self.actor(), ACTIVITY_JSON
        elif url in self.notes:
            document, kind = self.notes[url], ACTIVITY_JSON
        elif url.removeprefix(f"{self.actor_id}/") in ("followers", "following", "outbox"):
            document = {"@context": CONTEXT, "id": url, "type": "OrderedCollection", "totalItems": 0}
            kind = ACTIVITY_JSON
        else:
            self.respond(handler, 404, b"{}", "application/json")
            return
        self.respond(handler, 200, json.dumps(document).encode(), kind)

    def webfinger(self) -> dict:
        return {
            "subject": f"acct:{self.name}@{self.domain}",
            "aliases": [self.actor_id],
            "links": [{"rel": "self", "type": ACTIVITY_JSON, "href": self.actor_id}],
        }

    def actor(self) -> dict:
        pem = self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return {
            "@context": CONTEXT,
            "id": self.actor_id,
            "type": "Person",
            "preferredUsername": self.name,
            "name": "A peer",
            "summary": "<p>Played in Python.</p>",
            "url": f"{self.base}/@{self.name}",
            "inbox": f"{self.actor_id}/inbox",
            "outbox": f"{self.actor_id}/outbox",
            "followers": f"{self.actor_id}/followers",
            "following": f"{self.actor_id}/following",
            "manuallyApprovesFollowers": False,
            "discoverable": True,
            "publicKey": {"id": self.key_id, "owner": self.actor_id, "publicKeyPem": pem.decode()},
        }

    # --- what it sends -----------------------------------------------------------------------------------------------

    def note(self, name: str, content: str, mentioned: dict[str, str] | None = None) -> dict:
        """A public Note, to the actors that `mentioned` maps from handle to id, with the Create around it."""
        mentioned = mentioned or {}
        note_id = f"{self.actor_id}/statuses/{name}"
        published = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        addressed = {"to": [PUBLIC], "cc": [f"{self.actor_id}/followers", *mentioned.values()]}
        note = {
            "@context": CONTEXT,
            "id": note_id,
            "type": "Note",
            "attributedTo": self.actor_id,
            "content": content,
            "published": published,
            "url": note_id,
            "tag": [{"type": "Mention", "name": handle, "href": actor} for handle, actor in mentioned.items()],
            **addressed,
        }
        self.notes[note_id] = note
        embedded = {key: value for key, value in note.items() if key != "@context"}
        return {
            "@context": CONTEXT,
            "id": f"{note_id}/activity",
            "type": "Create",
            "actor": self.actor_id,
            "published": published,
            "object": embedded,
            **addressed,
        }

    def sign(self, inbox: str, body: bytes) -> dict[str, str]:
        """The headers of a signed delivery, as Mastodon sends them (draft-cavage-http-signatures-12)."""
        target = urlsplit(inbox)
        headers = {
            "host": target.netloc,
            "date": format_datetime(datetime.now(UTC), usegmt=True),
            "content-type": ACTIVITY_JSON,
            "digest": "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode(),
        }
        covered = {"(request-target)": f"post {target.path}", **headers}
        text = "\n".join(f"{name}: {value}" for name, value in covered.items())
        signature = self.key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
        headers["signature"] = (
            f'keyId="{self.key_id}",algorithm="rsa-sha256",headers="{" ".join(covered)}",'
            f'signature="{base64.b64encode(signature).decode()}"'
        )
        return headers

    def deliver(self, activity: dict, inbox: str, session: requests.Session | None = None) -> requests.Response:
        body = json.dumps(activity).encode()
        return (session or requests).post(inbox, data=body, headers=self.sign(inbox, body), timeout=20)
