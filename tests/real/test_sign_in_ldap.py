"""A server with the env file of a Mastodon that signs people in through LDAP, unchanged: its members come in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from browser import Browser
from moot import Moot, free_port
from slapd import BASE, BIND_DN, BIND_PASSWORD, Slapd
from test_toot import Toot, shown_code
from waiting import eventually

# As `rake mastodon:setup` and an administrator leave it. What names this machine's ports is written in below; the
# database and the server's own port come from the environment, as they do in containers.
MASTODON = """\
# This is a sample configuration file.
RAILS_ENV=production
NODE_ENV=production
SECRET_KEY_BASE=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
OTP_SECRET=fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210

# Redis
REDIS_HOST=localhost
REDIS_PORT=6379

# LDAP authentication
LDAP_ENABLED=true
LDAP_HOST=localhost
LDAP_PORT={port}
LDAP_METHOD={method}
LDAP_BASE={base}
LDAP_BIND_DN={bind_dn}
LDAP_PASSWORD="{bind_password}"
LDAP_UID=uid
LDAP_MAIL=mail
LDAP_SEARCH_FILTER=(|(%{{uid}}=%{{email}})(%{{mail}}=%{{email}}))
LDAP_UID_CONVERSION_ENABLED=true
LDAP_UID_CONVERSION_SEARCH=".,- "
LDAP_UID_CONVERSION_REPLACE=_
"""


@pytest.fixture(scope="module")
def directory() -> Iterator[Slapd]:
    with Slapd() as slapd:
        slapd.add_person("alice", "wonderland")
        slapd.add_person("white.rabbit", "watch", mail="rabbit@club.example")
        yield slapd


def env_file(directory: Slapd, method: str) -> dict[str, str]:
    """The environment of a server that reads such a file. The system knows the directory's authority."""
    port = directory.tls_port if method == "simple_tls" else directory.port
    path = directory.folder / f"{method}.env"
    path.write_text(MASTODON.format(port=port, method=method, base=BASE, bind_dn=BIND_DN, bind_password=BIND_PASSWORD))
    path.chmod(0o644)
    return {"MOOT_ENV_FILE": str(path), "SSL_CERT_FILE": str(directory.ca_file)}


@pytest.fixture(scope="module")
def moot(servers: Callable[..., Moot], database: Callable[[], str], directory: Slapd) -> Moot:
    return servers("ldap", database_url=database(), **env_file(directory, "start_tls"))


def try_password(moot: Moot, name: str, password: str) -> requests.Response:
    """What the sign-in page answers."""
    browser = Browser()
    form = browser.open(f"{moot.base}/auth/sign_in").form_with_password()
    fields = {**form.fields, "login": name, "password": password}
    return browser.http.post(form.action, data=fields, headers={"Origin": moot.base}, timeout=20)


def comes_in(moot: Moot, name: str, password: str) -> bool:
    return "Sign out" in try_password(moot, name, password).text


def authorise(url: str, name: str, password: str) -> str:
    browser = Browser()
    consent = browser.sign_in(browser.open(url), name, password)
    return shown_code(browser.send(*consent.form_with_button("authorise", "authorize", "allow")))


def test_a_member_signs_in_unchanged_and_with_an_app(moot: Moot, tmp_path: Path) -> None:
    toot = Toot(tmp_path)

    toot.sign_in(moot.base, lambda url: authorise(url, "alice@club.example", "wonderland"))

    account = toot.json("whoami")
    assert account["username"] == "alice"
    toot("post", "Down the rabbit hole")
    shown = moot.command("accounts", "show", "alice")
    assert "alice@club.example" in shown
    assert "in good standing" in moot.command("members", "list")


def test_a_name_that_no_handle_can_be_is_converted_as_mastodon_does(moot: Moot) -> None:
    assert comes_in(moot, "white.rabbit", "watch")
    assert "white_rabbit" in moot.command("members", "list")


# What a filter, a name of an entry or a C library would take for something else; none needs escaping in a page.
INJECTIONS = (
    *("*", "al*ce", "alice)(uid=*", "*)(objectClass=*", "alice))(|(uid=*", "\\2a", "\\61lice"),
    *("alice,ou=people", "alice+cn=Alice", "#04056c696365", "%{email}", "(uid=alice)"),
)


def test_a_wrong_password_and_an_unknown_name_get_one_answer_to_the_byte(moot: Moot) -> None:
    """What is asked of the directory, and how long it takes, is held by crates/signin/tests/it/ldap/timing.rs."""
    moot.member("local", password="a password of this server's own")
    browser = Browser()
    form = browser.open(f"{moot.base}/auth/sign_in").form_with_password()
    answers = set()
    for name in ("alice", "nobody", "local", "alice@club.example", *INJECTIONS):
        fields = {**form.fields, "login": name, "password": "looking-glass"}
        answer = browser.http.post(form.action, data=fields, headers={"Origin": moot.base}, timeout=20)
        assert answer.status_code == 422, f"{name}: {answer.text}"
        changing = ("date", "x-request-id")
        headers = sorted(pair for pair in answer.headers.items() if pair[0].lower() not in changing)
        shown = answer.text.replace(f'value="{name}"', "")
        answers.add((tuple(item for item in headers if item[0].lower() != "content-length"), shown))

    assert len(answers) == 1, answers
    assert "There is no such name or mail address with this password." in answers.pop()[1]


def test_what_is_typed_is_never_read_as_a_filter(moot: Moot) -> None:
    """S45: also with somebody's right password nobody comes in under a name that is a pattern."""
    for name in INJECTIONS:
        assert not comes_in(moot, name, "wonderland"), name
    for password in ("*", "wonderland)(uid=*", "wonderlan*", "\\77onderland"):
        assert not comes_in(moot, "alice", password), password


@pytest.mark.parametrize("field", ["login", "password"])
def test_a_megabyte_as_a_name_or_password_is_refused_in_words_and_asked_nowhere(
    moot: Moot, directory: Slapd, field: str
) -> None:
    before = directory.log.read_text().count(" SRCH ")
    browser = Browser()
    form = browser.open(f"{moot.base}/auth/sign_in").form_with_password()
    right = {"login": "alice", "password": "wonderland"}

    for length, status in ((1_000_000, 413), (50_000, 422), (1_025, 422)):
        fields = {**form.fields, **right, field: "x" * length}
        answer = browser.http.post(form.action, data=fields, headers={"Origin": moot.base}, timeout=20)
        assert answer.status_code == status, answer.text[:2000]
        assert "<h1" in answer.text
        assert ("That was too much" in answer.text) == (status == 413)
    for text in ("\0", "alice\0", "\0wonderland"):
        fields = {**form.fields, **right, field: text}
        answer = browser.http.post(form.action, data=fields, headers={"Origin": moot.base}, timeout=20)
        assert answer.status_code == 400
        assert "<h1" in answer.text

    assert directory.log.read_text().count(" SRCH ") == before
    assert comes_in(moot, "alice", "wonderland")


def test_a_local_account_of_the_same_name_is_not_taken_over(moot: Moot, directory: Slapd) -> None:
    moot.member("dinah", password="the old password")
    directory.add_person("dinah", "kittens")

    answer = try_password(moot, "dinah", "kittens")

    assert answer.url == f"{moot.base}/auth/link"
    assert "Is @dinah yours?" in answer.text


def test_a_directory_that_is_away_or_hangs_is_said_and_local_accounts_come_in(moot: Moot, directory: Slapd) -> None:
    moot.member("operator", password="the way back in")
    for leave, come_back in ((directory.stop, directory.start), (directory.hang, directory.resume)):
        leave()
        try:
            answer = try_password(moot, "alice", "wonderland")
            assert answer.status_code == 503
            assert "Nothing is wrong with what you typed" in answer.text
            assert "Retry-After" in answer.headers
            assert comes_in(moot, "operator", "the way back in")
        finally:
            come_back()
        assert comes_in(moot, "alice", "wonderland")


@pytest.mark.parametrize(
    ("certificate", "expected"), [("expired", "has expired"), ("wrong-host", "the certificate is not for localhost")]
)
def test_a_certificate_that_is_not_right_is_said_to_the_administrator(
    moot: Moot, directory: Slapd, certificate: str, expected: str
) -> None:
    directory.show_certificate(certificate)
    try:
        assert try_password(moot, "alice", "wonderland").status_code == 503
        said = moot.failing_command("auth", "test", "alice", "--password-stdin", typed="wonderland\n")
        assert expected in said
        assert "wonderland" not in said
    finally:
        directory.show_certificate("good")
    assert comes_in(moot, "alice", "wonderland")
    eventually("the log says why", lambda: expected in moot.log.read_text())
    assert "wonderland" not in moot.log.read_text()


def test_mastodons_other_method_and_several_servers_work_too(
    servers: Callable[..., Moot], database: Callable[[], str], directory: Slapd
) -> None:
    whole = servers("ldaps", database_url=database(), **env_file(directory, "simple_tls"))
    assert comes_in(whole, "alice", "wonderland")

    urls = f"ldap://localhost:{free_port()},{directory.url},{directory.tls_url}"
    several = servers("urls", database_url=database(), **env_file(directory, "start_tls"), MOOT_LDAP_URLS=urls)
    assert comes_in(several, "alice", "wonderland")
    assert comes_in(several, "white.rabbit", "watch")


def test_plain_text_to_another_machine_does_not_start(directory: Slapd) -> None:
    server = Moot("plain", **{**env_file(directory, "plain"), "LDAP_HOST": "ldap.club.example"})
    try:
        said = server.failing_command("members", "list")
        assert "LDAP_METHOD" in said
        assert "MOOT_LDAP_ALLOW_PLAINTEXT" in said
    finally:
        server.remove()
