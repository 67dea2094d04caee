"""A person before a browser that runs no script: cookies are kept, redirects followed, forms filled in and sent."""

from dataclasses import dataclass
from urllib.parse import urljoin

import requests
from bs4 import BeautifulSoup, Tag


@dataclass
class Form:
    """One form of a page, with what its fields hold now."""

    action: str
    method: str
    fields: dict[str, str]
    buttons: list[Tag]
    tag: Tag

    def field_of_type(self, *types: str) -> str | None:
        for field in self.tag.find_all("input"):
            if field.get("type", "text") in types and field.get("name"):
                return field["name"]
        return None


class Page:
    """What came back: its address after redirects, and its forms."""

    def __init__(self, response: requests.Response):
        assert response.ok, f"{response.url}: {response.status_code} {response.text[:800]}"
        self.url = response.url
        self.soup = BeautifulSoup(response.text, "html.parser")
        self.response = response

    def forms(self) -> list[Form]:
        return [self._form(tag) for tag in self.soup.find_all("form")]

    def _form(self, tag: Tag) -> Form:
        fields: dict[str, str] = {}
        for field in tag.find_all(["input", "textarea", "select"]):
            name, kind = field.get("name"), field.get("type", "text")
            if not name or kind in ("submit", "button", "image"):
                continue
            if kind in ("checkbox", "radio") and not field.has_attr("checked"):
                continue
            fields[name] = field.get("value", "") or field.get_text()
        buttons = [
            button
            for button in tag.find_all(["button", "input"])
            if button.get("type", "submit" if button.name == "button" else "text") == "submit"
        ]
        action = urljoin(self.url, tag.get("action") or self.url)
        return Form(action, tag.get("method", "get").upper(), fields, buttons, tag)

    def form_with_password(self) -> Form:
        for form in self.forms():
            if form.field_of_type("password"):
                return form
        raise AssertionError(f"no sign-in form at {self.url}: {self.soup.get_text(' ', strip=True)[:400]}")

    def form_with_button(self, *words: str) -> tuple[Form, Tag]:
        """The form one of whose buttons says one of these words."""
        for form in self.forms():
            for button in form.buttons:
                label = (button.get_text() or button.get("value", "")).lower()
                if any(word in label for word in words):
                    return form, button
        raise AssertionError(f"no button {words} at {self.url}: {self.soup.get_text(' ', strip=True)[:400]}")

    def text(self) -> str:
        return self.soup.get_text(" ", strip=True)


class Browser:
    """A session of one person."""

    def __init__(self):
        self.http = requests.Session()
        self.http.headers["Accept"] = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
        self.http.headers["User-Agent"] = "Mozilla/5.0 (a browser without script)"

    def open(self, url: str) -> Page:
        return Page(self.http.get(url, timeout=20))

    def send(self, form: Form, button: Tag | None = None, **filled: str) -> Page:
        fields = {**form.fields, **filled}
        if button is not None and button.get("name"):
            fields[button["name"]] = button.get("value", "")
        if form.method == "POST":
            headers = {"Origin": "/".join(form.action.split("/")[:3]), "Referer": form.action}
            return Page(self.http.post(form.action, data=fields, headers=headers, timeout=20))
        return Page(self.http.get(form.action, params=fields, timeout=20))

    def sign_in(self, page: Page, who: str, password: str) -> Page:
        """Fills in the sign-in form of a page."""
        form = page.form_with_password()
        name = form.field_of_type("email", "text")
        secret = form.field_of_type("password")
        assert name and secret
        return self.send(form, **{name: who, secret: password})
