"""Signing in with the directory's passwords, page by page, in a real browser; and the same from the command line."""

import re
from collections.abc import Callable, Iterator

import pytest
import requests
from browser import Browser
from chromium import Chromium
from moot import Moot
from slapd import Slapd

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


@pytest.fixture(scope="module")
def directory() -> Iterator[Slapd]:
    with Slapd() as slapd:
        slapd.add_person("alice", "wonderland")
        slapd.add_group("board", ["alice"])
        yield slapd


@pytest.fixture(scope="module")
def moot(servers: Callable[..., Moot], database: Callable[[], str], directory: Slapd) -> Moot:
    settings = {
        **directory.settings(),
        "MOOT_LDAP_ROLE_MAP": "cn=Board, ou=groups,dc=club,dc=example=board",
        "SSO_ACCOUNT_SETTINGS": "https://id.club.example/password",
    }
    return servers("pages", database_url=database(), **settings)


@pytest.fixture
def chromium() -> Iterator[Chromium]:
    browser = Chromium()
    yield browser
    assert browser.complaints() == []
    browser.close()


def sign_in(chromium: Chromium, moot: Moot, name: str, password: str) -> None:
    chromium.open(f"{moot.base}/auth/sign_in")
    chromium.fill(login=name, password=password)
    chromium.press("Sign in")


def passes(moot: Moot, name: str, password: str) -> bool:
    """Whether somebody comes in through the page."""
    browser = Browser()
    form = browser.open(f"{moot.base}/auth/sign_in").form_with_password()
    answer = browser.http.post(
        form.action,
        data={**form.fields, "login": name, "password": password},
        headers={"Origin": moot.base},
        allow_redirects=False,
        timeout=20,
    )
    assert answer.status_code in (303, 403, 422), answer.text
    return answer.status_code == 303 and answer.headers["Location"] == "/"


def test_the_directorys_password_opens_an_account_that_nobody_made(moot: Moot, chromium: Chromium) -> None:
    chromium.open(f"{moot.base}/auth/sign_in")
    chromium.says("The one that you use at your organisation.")
    chromium.looks_right("sign-in")

    sign_in(chromium, moot, "alice", "looking-glass")
    chromium.says("There is no such name or mail address with this password.")
    chromium.looks_right("sign-in-wrong")
    sign_in(chromium, moot, "  @ALICE ", "wonderland")

    chromium.says("@alice")
    chromium.says("Sign out")
    line = next(line for line in moot.command("members", "list").splitlines() if line.startswith("alice"))
    assert "in good standing" in line
    assert "board" in line
    assert "ldap:" in line


def test_an_app_is_let_in_by_somebody_of_the_directory(moot: Moot, directory: Slapd) -> None:
    directory.add_person("mabel", "treacle")
    registered = requests.post(
        f"{moot.base}/api/v1/apps",
        data={"client_name": "Mabel's app", "redirect_uris": OUT_OF_BAND, "scopes": "read"},
        timeout=20,
    ).json()
    asked = {
        "client_id": registered["client_id"],
        "redirect_uri": OUT_OF_BAND,
        "response_type": "code",
        "scope": "read",
    }
    browser = Browser()
    url = requests.Request("GET", f"{moot.base}/oauth/authorize", params=asked).prepare().url
    assert url
    consent = browser.sign_in(browser.open(url), "mabel", "treacle")
    shown = browser.send(*consent.form_with_button("allow", "authorize", "authorise"))
    code = shown.url.split("code=")[1]
    token = requests.post(
        f"{moot.base}/oauth/token",
        data={**registered, "grant_type": "authorization_code", "code": code, "redirect_uri": OUT_OF_BAND},
        timeout=20,
    ).json()["access_token"]
    me = requests.get(
        f"{moot.base}/api/v1/accounts/verify_credentials", headers={"Authorization": f"Bearer {token}"}, timeout=20
    ).json()
    assert me["username"] == "mabel"


def test_an_account_that_was_here_before_is_linked_by_its_owner(
    moot: Moot, directory: Slapd, chromium: Chromium
) -> None:
    app = moot.member("dinah", password="the old password")
    directory.add_person("dinah", "kittens")

    sign_in(chromium, moot, "dinah", "kittens")
    chromium.says("Is @dinah yours?")
    chromium.stands_at("/auth/link$")
    chromium.looks_right("link")
    chromium.fill(password="not the old password")
    chromium.press("Link the account and sign in")
    chromium.says("This is not the old password of that account.")
    chromium.looks_right("link-wrong")
    chromium.fill(password="the old password")
    chromium.press("Link the account and sign in")
    chromium.says("Sign out")

    # One source of truth from now on (S48), and nothing that was open before stays open (S40).
    assert not passes(moot, "dinah", "the old password")
    assert passes(moot, "dinah", "kittens")
    answer = app.http.get(f"{moot.base}/api/v1/accounts/verify_credentials", timeout=20)
    assert answer.status_code == 401


def test_an_account_of_another_name_is_linked_by_the_operator(moot: Moot, directory: Slapd) -> None:
    moot.member("hatter_old", password="the old password")
    directory.add_person("hatter", "ten shillings")
    uuid = directory.entry_uuid("hatter")

    said = moot.failing_command("members", "link", "hatter_old", "00000000-0000-0000-0000-000000000000")
    assert "does not have" in said
    assert "hatter_old is now hatter of ldap" in moot.command("members", "link", "hatter_old", uuid)
    assert passes(moot, "hatter", "ten shillings")
    assert not passes(moot, "hatter_old", "the old password")
    assert "linked already" in moot.failing_command("members", "link", "alice", uuid)
    assert not any(line.startswith("hatter ") for line in moot.command("members", "list").splitlines())


def test_whoever_has_another_id_since_the_directory_was_filled_anew_is_linked_again(
    moot: Moot, directory: Slapd
) -> None:
    directory.add_person("walrus", "oysters")
    assert passes(moot, "walrus", "oysters")
    directory.delete("walrus")
    directory.add_person("walrus", "oysters")
    anew = directory.entry_uuid("walrus")

    assert not passes(moot, "walrus", "oysters")
    assert "linked already" in moot.failing_command("members", "link", "walrus", anew)
    moot.command("members", "link", "walrus", anew, "--replace")
    assert passes(moot, "walrus", "oysters")


def test_what_changes_in_the_directory_counts_at_once(moot: Moot, directory: Slapd) -> None:
    directory.add_person("duchess", "pepper")
    assert passes(moot, "duchess", "pepper")

    directory.set_password("duchess", "more pepper")
    assert not passes(moot, "duchess", "pepper")
    assert passes(moot, "duchess", "more pepper")
    directory.disable("duchess")
    assert not passes(moot, "duchess", "more pepper")


def test_a_user_name_that_is_given_to_somebody_else_comes_without_the_account(
    moot: Moot, directory: Slapd, chromium: Chromium
) -> None:
    directory.add_person("knave", "tarts")
    assert passes(moot, "knave", "tarts")
    directory.delete("knave")
    directory.add_person("knave", "no tarts")

    sign_in(chromium, moot, "knave", "no tarts")

    chromium.says("The name knave is somebody else's here")
    chromium.looks_right("refused")


def test_a_directory_that_is_away_is_told_apart_from_a_wrong_password(
    moot: Moot, directory: Slapd, chromium: Chromium
) -> None:
    moot.member("operator", password="the way back in")
    directory.stop()
    try:
        sign_in(chromium, moot, "alice", "wonderland")
        chromium.says("Your password could not be checked")
        chromium.looks_right("unavailable")
        # Whoever has a password of this server's own is not kept out.
        assert passes(moot, "operator", "the way back in")
        said = moot.failing_command("auth", "test", "alice", "--password-stdin", typed="wonderland\n")
        assert "could not be asked" in said
    finally:
        directory.start()
    assert passes(moot, "alice", "wonderland")


def test_the_command_line_says_where_it_stopped_and_changes_nothing(moot: Moot, directory: Slapd) -> None:
    directory.add_person("gryphon", "lobster")
    moot.member("mock", password="real turtle soup")
    directory.add_person("mock", "quadrille")
    before = moot.command("members", "list")

    said = moot.command("auth", "test", " GRYPHON", "--password-stdin", typed="lobster\n")
    assert "an account @gryphon@" in said
    assert "board" in moot.command("auth", "test", "alice", "--password-stdin", typed="wonderland\n")
    for name, password, expected in [
        ("gryphon", "oyster-password", "nobody here has that name"),
        ("nobody", "oyster-password", "nobody here has that name"),
        ("mock", "quadrille", f"moot members link mock {directory.entry_uuid('mock')}"),
        ("mock", "oyster-password", "not the password that @mock has here"),
        ("*)(uid=*", "oyster-password", "nobody here has that name"),
        ("alice", "", "linked to the organisation"),
    ]:
        refused = moot.failing_command("auth", "test", name, "--password-stdin", typed=f"{password}\n")
        assert expected in refused, refused
        assert not password or password not in refused
        said += refused
    for secret in ("lobster", "wonderland", "the searcher's own"):
        assert secret not in said
    assert "real turtle soup" not in moot.command(
        "auth", "test", "mock", "--password-stdin", typed="real turtle soup\n"
    )
    assert re.sub(r"\s", "", moot.command("members", "list")) == re.sub(r"\s", "", before)


@pytest.mark.parametrize(
    ("settings", "advice"),
    [
        ({"MOOT_LOCAL_PASSWORDS": "false"}, "no other way to sign in is configured"),
        ({"OMNIAUTH_ONLY": "true"}, "no provider is left"),
        ({"SAML_ENABLED": "true"}, "OpenID Connect bridge"),
    ],
)
def test_settings_that_would_let_nobody_in_do_not_start(settings: dict[str, str], advice: str) -> None:
    server = Moot("closed", **settings)
    try:
        assert advice in server.failing_command("members", "list")
    finally:
        server.remove()
