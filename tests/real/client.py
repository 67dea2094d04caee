"""A member's app: Mastodon's client API, with a token."""

from typing import Any

import requests


class Refused(AssertionError):
    """The server answered with an error."""

    def __init__(self, response: requests.Response):
        self.status = response.status_code
        super().__init__(f"{response.request.method} {response.url}: {response.status_code} {response.text[:500]}")


class Client:
    """Speaks to one server as one member; an error of the server is an exception here."""

    def __init__(self, base: str, token: str):
        self.base = base
        self.token = token
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, **kwargs: Any) -> Any:
        response = self.http.request(method, f"{self.base}{path}", timeout=20, **kwargs)
        if not response.ok:
            raise Refused(response)
        return response.json()

    def get(self, path: str, **params: Any) -> Any:
        return self.call("GET", path, params=params)

    def post(self, path: str, **form: Any) -> Any:
        return self.call("POST", path, json=form)

    def put(self, path: str, **form: Any) -> Any:
        return self.call("PUT", path, json=form)

    def delete(self, path: str) -> Any:
        return self.call("DELETE", path)

    def pages(self, path: str, **params: Any) -> list[Any]:
        """Every entity of a list, following its Link headers to the end."""
        response = self.http.get(f"{self.base}{path}", params={"limit": 40, **params}, timeout=20)
        entities: list[Any] = []
        while True:
            if not response.ok:
                raise Refused(response)
            page = response.json()
            entities += page
            following = response.links.get("next", {}).get("url")
            if not following or not page:
                return entities
            response = self.http.get(following, timeout=20)

    # --- what members do ---------------------------------------------------------------------------------------------

    def me(self) -> dict:
        return self.get("/api/v1/accounts/verify_credentials")

    def say(self, text: str, visibility: str = "public", **more: Any) -> dict:
        return self.post("/api/v1/statuses", status=text, visibility=visibility, **more)

    def status(self, status_id: str) -> dict:
        return self.get(f"/api/v1/statuses/{status_id}")

    def do(self, action: str, status_id: str) -> dict:
        return self.post(f"/api/v1/statuses/{status_id}/{action}")

    def home(self) -> list[dict]:
        return self.get("/api/v1/timelines/home", limit=40)

    def notifications(self, kind: str | None = None) -> list[dict]:
        return self.get("/api/v1/notifications", limit=40, **({"types[]": kind} if kind else {}))

    def find_account(self, handle: str) -> dict:
        found = self.get("/api/v2/search", q=handle, type="accounts", resolve="true")["accounts"]
        assert found, f"nobody found for {handle}"
        return found[0]

    def find_status(self, url: str) -> dict:
        found = self.get("/api/v2/search", q=url, type="statuses", resolve="true")["statuses"]
        assert found, f"no post found for {url}"
        return found[0]

    def relationship(self, account_id: str) -> dict:
        return self.get("/api/v1/accounts/relationships", **{"id[]": account_id})[0]
