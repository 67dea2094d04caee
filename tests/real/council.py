"""A board and its moderators on a server of the test profile, where tokens of the command line act in office."""

from client import Client
from moot import Moot

SCOPES = "read write admin:read admin:write"


class Office:
    """Somebody in office, with an app."""

    def __init__(self, server: Moot, name: str):
        server.member(name)
        self.server = server
        self.name = name
        self.app: Client

    def equip(self) -> None:
        self.token = self.server.command("tokens", "create", self.name, "--scopes", SCOPES).split()[-1]
        self.app = Client(self.server.base, self.token)


class Council:
    """Three on the board, three moderators."""

    def __init__(self, server: Moot):
        self.server = server
        self.board = [Office(server, name) for name in ("berta", "boris", "bea")]
        self.moderators = [Office(server, name) for name in ("mona", "mark", "mira")]
        server.command("board", "bootstrap", *(officer.name for officer in self.board))
        for officer in self.board + self.moderators:
            officer.equip()
        for moderator in self.moderators:
            self.decide("appoint_moderator", account_id=moderator.app.me()["id"])

    def decide(self, kind: str, **params: str) -> None:
        """Recorded by one of the board and confirmed by another, through Moot's own API."""
        recorded = self.board[0].app.post(
            "/api/moot/v1/board/decisions", kind=kind, params=params, text=f"Resolved: {kind}"
        )
        path = f"/api/moot/v1/board/decisions/{recorded['id']}/confirm"
        confirmed = self.board[1].app.post(path, digest=recorded["digest"])
        assert confirmed["state"] == "confirmed"

    def log(self) -> list[dict]:
        """Every entry of the public log, oldest first."""
        entries: list[dict] = []
        while True:
            after = entries[-1]["seq"] if entries else 0
            page = self.moderators[0].app.get("/api/moot/v1/log", after=after, limit=100)
            if not page:
                return entries
            entries += page
