"""A service on the loopback interface that takes what the server tells it, and answers as Slack's methods do."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Said:
    """One request; names of headers in small letters."""

    def __init__(self, path: str, headers: dict[str, str], raw: bytes):
        self.path = path
        self.headers = headers
        self.raw = raw
        self.body: dict[str, Any] = json.loads(raw)


class Receiver:
    """Keeps every request; `status` is what it answers with."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.status = 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.said.append(Said(self.path, headers, raw))
                answer = json.dumps({"ok": True, "channel": "C0CLUB", "ts": str(len(receiver.said))}).encode()
                self.send_response(receiver.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def about(self, words: str) -> Said | None:
        """The newest that says this."""
        return next((said for said in reversed(self.said) if words in said.raw.decode()), None)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
