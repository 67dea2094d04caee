"""Signing in by the host's own means: PAM, a Kerberos realm, and nginx or Apache in front."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests
from apache import Apache
from browser import Browser
from host_ways import (
    PASSWORD,
    PROOF,
    PROXY,
    SECRET,
    USER,
    comes_in,
    does_not_start,
    send,
    try_password,
    way_button,
    who,
)
from kdc import Kdc
from moot import Moot
from nginx import Nginx
from pam import Pam
from slapd import Slapd
from waiting import eventually


@pytest.fixture(scope="module")
def pam() -> Iterator[Pam]:
    services = Pam(barred="gone", alice=PASSWORD, gone=PASSWORD)
    yield services
    services.remove()


@pytest.fixture(scope="module")
def kdc() -> Iterator[Kdc]:
    realm = Kdc(alice=PASSWORD, bob=PASSWORD, carol=PASSWORD)
    yield realm
    realm.remove()


# --- PAM ----------------------------------------


@pytest.fixture(scope="module")
def with_pam(servers: Callable[..., Moot], database: Callable[[], str], pam: Pam) -> Moot:
    return servers("pam", database_url=database(), **pam.settings())


def test_a_pam_user_signs_in_and_is_the_same_member_next_time(with_pam: Moot) -> None:
    assert comes_in(with_pam.base, "alice")
    browser, answer = try_password(with_pam.base, "ALICE@club.example", PASSWORD)
    assert answer.ok, answer.text
    assert who(browser, with_pam.base) == "alice"


def test_wrong_unknown_and_barred_pam_users_stay_outside(with_pam: Moot) -> None:
    _, wrong = try_password(with_pam.base, "alice", "wrong")
    _, unknown = try_password(with_pam.base, "mallory", PASSWORD)
    browser, barred = try_password(with_pam.base, "gone", PASSWORD)

    assert wrong.status_code == unknown.status_code == 422
    assert barred.status_code in (403, 422), barred.text
    assert who(browser, with_pam.base) is None


def test_an_administrator_is_told_where_pam_stopped(with_pam: Moot) -> None:
    printed = with_pam.command("auth", "test", "alice", "--password-stdin", typed=f"{PASSWORD}\n")

    assert "service club knows them as alice" in printed
    assert PASSWORD not in printed + with_pam.log.read_text()


def test_a_pam_service_without_a_file_does_not_start(database: Callable[[], str], pam: Pam) -> None:
    settings = pam.settings(PAM_DEFAULT_SERVICE="nowhere")

    assert "PAM service nowhere" in does_not_start("pam-missing", database_url=database(), **settings)


# --- Kerberos ----------------------------------------


@pytest.fixture(scope="module")
def with_kerberos(servers: Callable[..., Moot], database: Callable[[], str], kdc: Kdc) -> Moot:
    return servers("kerberos", database_url=database(), **kdc.settings())


def test_a_principal_signs_in_and_a_changed_password_counts_at_once(with_kerberos: Moot, kdc: Kdc) -> None:
    assert comes_in(with_kerberos.base, "bob")

    kdc.admin("change_password -pw another bob")

    assert try_password(with_kerberos.base, "bob", PASSWORD)[1].status_code == 422
    assert comes_in(with_kerberos.base, "bob", "another")


def test_known_and_unknown_principals_take_the_same_time(with_kerberos: Moot) -> None:
    def seconds(name: str) -> float:
        began = time.monotonic()
        assert try_password(with_kerberos.base, name, "wrong")[1].status_code == 422
        return time.monotonic() - began

    assert seconds("nobody") >= 0.7
    assert seconds("alice") >= 0.7


def test_kerberos_without_a_keytab_does_not_start(database: Callable[[], str], kdc: Kdc) -> None:
    """S51: without a key of our own a false KDC says yes to any password."""
    for keytab, told in (("", "MOOT_KERBEROS_KEYTAB"), ("/nowhere/keytab", "cannot be read")):
        settings = kdc.settings(MOOT_KERBEROS_KEYTAB=keytab)

        assert told in does_not_start("no-keytab", database_url=database(), **settings)


def test_a_false_kdc_lets_nobody_in(servers: Callable[..., Moot], database: Callable[[], str], kdc: Kdc) -> None:
    """S51: a KDC with a database of its own, in which alice has another password."""
    false = Kdc(alice="evil")
    try:
        server = servers("false-kdc", database_url=database(), **kdc.settings(MOOT_KERBEROS_CONFIG=str(false.config)))

        browser, answer = try_password(server.base, "alice", "evil")

        assert answer.status_code == 503
        assert who(browser, server.base) is None
        assert "not the organisation's KDC" in server.log.read_text()
    finally:
        false.remove()


def test_a_kdc_that_is_down_is_told_as_that(servers: Callable[..., Moot], database: Callable[[], str]) -> None:
    realm = Kdc(alice=PASSWORD)
    try:
        server = servers("kdc-down", database_url=database(), **realm.settings())
        realm.stop()

        _, answer = try_password(server.base, "alice", PASSWORD)

        assert answer.status_code == 503
        assert "could not be checked" in answer.text
        assert answer.headers["Retry-After"]
    finally:
        realm.remove()


# --- a directory beside ----------------------------------------


def test_whom_kerberos_or_a_proxy_knows_by_name_is_the_directorys_person(
    servers: Callable[..., Moot], database: Callable[[], str], kdc: Kdc
) -> None:
    with Slapd() as directory:
        directory.add_person("alice", "another one")
        # Who writes somebody else's name into an address of theirs is not taken for them.
        directory.add_person("mallory", "evil", mail="carol")
        settings = {**directory.settings(), **kdc.settings(), **PROXY}
        server = servers("beside", database_url=database(), **settings)

        assert comes_in(server.base, "alice")
        assert comes_in(server.base, "alice", "another one")
        assert send(server, [USER, PROOF]) == (303, True)
        printed = server.command("auth", "test", "alice", "--password-stdin", typed=f"{PASSWORD}\n")
        assert directory.entry_uuid("alice") in printed
        assert "is linked to them" in printed

        browser, answer = try_password(server.base, "carol", PASSWORD)
        assert answer.status_code == 403, answer.text
        assert who(browser, server.base) is None
        assert send(server, [("X-Remote-User", "carol"), PROOF]) == (403, False)

        directory.stop()
        assert send(server, [USER, PROOF]) == (503, False)


# --- a proxy in front ----------------------------------------


@pytest.fixture(scope="module")
def behind(servers: Callable[..., Moot], database: Callable[[], str]) -> Moot:
    return servers("behind", database_url=database(), **PROXY)


@pytest.fixture(scope="module")
def nginx(behind: Moot, pam: Pam) -> Iterator[Nginx]:
    proxy = Nginx(f"127.0.0.1:{behind.port}", pam, X_Remote_User="$remote_user", X_Moot_Proxy_Secret=SECRET)
    yield proxy
    proxy.remove()


def test_nginx_signs_in_whom_pam_knows(nginx: Nginx) -> None:
    browser = Browser()
    form = way_button(browser, nginx.base)

    unasked = browser.http.post(form.action, data=form.fields, timeout=20)
    wrong = browser.http.post(form.action, data=form.fields, auth=("alice", "wrong"), timeout=20)
    assert unasked.status_code == wrong.status_code == 401
    assert who(browser, nginx.base) is None

    # What the browser says itself is replaced by what nginx found.
    spoofed = {"X-Remote-User": "root", "X-Moot-Proxy-Secret": "guessed"}
    answer = browser.http.post(form.action, data=form.fields, headers=spoofed, auth=("alice", PASSWORD), timeout=20)
    assert answer.ok, answer.text
    assert who(browser, nginx.base) == "alice"


def test_apache_signs_in_whom_kerberos_knows(
    servers: Callable[..., Moot], database: Callable[[], str], kdc: Kdc
) -> None:
    """Single sign-on; and who comes by ticket is the member who came by password."""
    settings = {**PROXY, **kdc.settings(), "MOOT_PROXY_AUTH_REALM": "CLUB.EXAMPLE"}
    server = servers("apache", database_url=database(), **settings)
    assert comes_in(server.base, "alice")
    proxy = Apache(server.port, kdc, SECRET)
    try:
        browser = Browser()
        form = way_button(browser, proxy.base)
        assert browser.http.post(form.action, data=form.fields, timeout=20).status_code == 401

        jar = proxy.folder / "cookies"
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.http.cookies)
        done = subprocess.run(
            ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", "--negotiate", "-u", ":", "-b",
             cookies, "-c", jar, "-d", urlencode(form.fields), form.action],
            env=kdc.ticket("alice", PASSWORD), capture_output=True, text=True, check=True, timeout=30,
        )  # fmt: skip

        assert done.stdout.startswith("303"), done.stdout + (proxy.folder / "log").read_text()
        for line in jar.read_text().splitlines():
            if "moot_" in line:
                browser.http.cookies.set(*line.split("\t")[-2:])
        assert who(browser, proxy.base) == "alice"
    finally:
        proxy.remove()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of the user that the server under test runs as."""
    folder = Path(tempfile.mkdtemp(prefix="moot-socket-"))
    if os.geteuid() == 0:
        # A server started by root goes on as one of these.
        names = {user.pw_name: user for user in pwd.getpwall()}
        user = names.get("moot") or names["postgres"]
        os.chown(folder, user.pw_uid, user.pw_gid)
    yield folder
    shutil.rmtree(folder)


def test_a_unix_socket_needs_no_secret_but_a_closed_folder(database: Callable[[], str], pam: Pam, folder: Path) -> None:
    settings = {"MOOT_PROXY_AUTH_HEADER": "X-Remote-User", "SOCKET": f"{folder}/moot.sock"}
    folder.chmod(0o755)
    assert "chmod o-x" in does_not_start("socket-open", database_url=database(), **settings)

    folder.chmod(0o700)
    name = PROXY["MOOT_PROXY_AUTH_DISPLAY_NAME"]
    server = Moot("socket", database_url=database(), MOOT_PROXY_AUTH_DISPLAY_NAME=name, **settings)
    proxy = Nginx(f"unix:{folder}/moot.sock", pam, X_Remote_User="$remote_user")
    base = proxy.base
    try:
        server.launch()
        eventually("the server is ready", lambda: requests.get(f"{base}/readyz", timeout=5).ok, 60)
        browser = Browser()
        form = way_button(browser, base)

        answer = browser.http.post(form.action, data=form.fields, auth=("alice", PASSWORD), timeout=20)

        assert answer.ok, answer.text + server.tail()
        assert who(browser, base) == "alice"
    finally:
        proxy.remove()
        server.remove()
