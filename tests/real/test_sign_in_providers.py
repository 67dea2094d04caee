"""Signing in at a provider's page: OpenID Connect with oidc-provider, CAS with django-cas-server."""

import datetime
import json
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

import pytest
import requests
from browser import Browser
from chromium import Chromium
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from moot import Moot
from sign_in_providers import SECRET, CasServer, OpenIdProvider
from waiting import eventually

OPENID = "Sign in with the club"
CAS = "Sign in with the faculty"
OPENID_CALLBACK = "/auth/auth/openid_connect/callback"
CAS_CALLBACK = "/auth/auth/cas/callback"


class World:
    """A server with both providers, one that knows the OpenID provider only, and their databases."""

    def __init__(self, database: Callable[[], str]):
        self.openid = OpenIdProvider()
        self.cas = CasServer()
        self.database_url = database()
        self.moot = Moot("moot", database_url=self.database_url)
        self.moot.environment.update(
            OIDC_ENABLED="true",
            OIDC_DISPLAY_NAME="the club",
            OIDC_ISSUER=self.openid.base,
            OIDC_DISCOVERY="true",
            OIDC_SCOPE="openid,profile,email,groups",
            OIDC_CLIENT_ID="moot",
            OIDC_CLIENT_SECRET=SECRET,
            OIDC_REDIRECT_URI=f"{self.moot.base}{OPENID_CALLBACK}",
            OIDC_IDP_LOGOUT_REDIRECT_URI=f"{self.moot.base}/about",
            MOOT_OIDC_ROLE_MAP="Moderation=candidate",
            CAS_ENABLED="true",
            CAS_DISPLAY_NAME="the faculty",
            CAS_URL=f"{self.cas.base}/cas",
            CAS_SECURITY_ASSUME_EMAIL_IS_VERIFIED="true",
        )
        self.single = Moot("single", database_url=database())
        self.single.environment.update(
            OMNIAUTH_ONLY="true",
            ONE_CLICK_SSO_LOGIN="true",
            OIDC_ENABLED="true",
            OIDC_ISSUER=self.openid.base,
            OIDC_HTTP_SCHEME="http",
            OIDC_HOST="127.0.0.1",
            OIDC_PORT=str(self.openid.port),
            OIDC_AUTH_ENDPOINT="/auth",
            OIDC_TOKEN_ENDPOINT="/token",
            OIDC_USER_INFO_ENDPOINT="/me",
            OIDC_JWKS_URI="/jwks",
            OIDC_CLIENT_AUTH_METHOD="post",
            OIDC_CLIENT_ID="single",
            OIDC_CLIENT_SECRET=SECRET,
        )

    def start(self) -> None:
        self.moot.start()
        self.single.start()

    def start_providers(self) -> None:
        self.openid.start(moot=self.moot.base, single=self.single.base)
        self.cas.start(self.moot.base)

    def remove(self) -> None:
        for part in (self.moot, self.single, self.openid, self.cas):
            part.remove()

    def ask(self, sql: str) -> str:
        """What the database says."""
        done = subprocess.run(
            ["psql", "-qXAt", self.database_url, "-c", sql], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def member(self, name: str, column: str) -> str:
        return self.ask(
            f"SELECT {column} FROM members JOIN accounts ON accounts.id = members.account_id "
            f"WHERE username = '{name}' AND domain IS NULL"
        )


@pytest.fixture(scope="module")
def away(request: pytest.FixtureRequest, database: Callable[[], str]) -> Iterator[World]:
    """While the providers have not been started."""
    world = World(database)
    request.module.servers_of_module = [world.moot, world.single]
    try:
        world.start()
        yield world
    finally:
        world.remove()


@pytest.fixture(scope="module")
def world(away: World) -> World:
    """With everything running."""
    away.start_providers()
    return away


# --- what a person does ----------------------------------------------------------------------------------------------


def who(browser: Browser, moot: Moot) -> str | None:
    """Whose session this browser has, as the front page's sign-out button tells."""
    page = browser.open(f"{moot.base}/about")
    form = next((form for form in page.forms() if form.action.endswith("/auth/sign_out")), None)
    if form is None:
        return None
    return page.soup.find("a", href=lambda href: bool(href) and href.startswith("/@"))["href"].removeprefix("/@")


def press(browser: Browser, moot: Moot, label: str, **more: str) -> str:
    """Presses a button of the sign-in page; where it leads."""
    page = browser.open(f"{moot.base}/auth/sign_in?{urlencode(more)}")
    form, _ = page.form_with_button(label.lower())
    answer = browser.http.post(
        form.action, data=form.fields, headers={"Origin": moot.base}, timeout=20, allow_redirects=False
    )
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def walk(browser: Browser, answer: requests.Response, stop: str) -> str:
    """Follows redirects until one leads to this path, and does not take that one."""
    for _ in range(10):
        assert answer.is_redirect, f"{answer.url}: {answer.status_code} {answer.text[:400]}"
        address = urljoin(answer.url, answer.headers["Location"])
        if urlsplit(address).path == stop:
            return address
        answer = browser.http.get(address, timeout=20, allow_redirects=False)
    raise AssertionError("redirects without end")


def sign_in_there(browser: Browser, address: str, name: str, callback: str) -> str:
    """Signs in at the provider's page; the address by which the browser would come back."""
    form = browser.open(address).form_with_password()
    fields = {form.field_of_type("text"): name, form.field_of_type("password"): "secret"}
    headers = {"Origin": "/".join(form.action.split("/")[:3]), "Referer": form.action}
    answer = browser.http.post(
        form.action, data={**form.fields, **fields}, headers=headers, timeout=20, allow_redirects=False
    )
    return walk(browser, answer, callback)


def sign_in(world: World, name: str, label: str = OPENID) -> tuple[Browser, requests.Response]:
    """The whole way; the last answer may be any."""
    browser = Browser()
    callback = CAS_CALLBACK if label == CAS else OPENID_CALLBACK
    back = sign_in_there(browser, press(browser, world.moot, label), name, callback)
    return browser, browser.http.get(back, timeout=20)


def but(address: str, **changes: str) -> str:
    """An address with other values in its query."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return urlunsplit(parts._replace(query=urlencode({**query, **changes})))


# --- while the provider is away --------------------------------------------------------------------------------------


def test_a_server_starts_without_its_provider_and_says_that_it_is_away(away: World):
    browser = Browser()
    form, _ = browser.open(f"{away.moot.base}/auth/sign_in").form_with_button(OPENID.lower())

    answer = browser.http.post(form.action, data=form.fields, headers={"Origin": away.moot.base}, timeout=20)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "the club does not answer" in answer.text


# --- over TLS --------------------------------------------------------------------------------------------------------


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


# --- OpenID Connect --------------------------------------------------------------------------------------------------


def test_somebody_comes_in_with_the_name_and_mail_that_the_provider_tells(world: World):
    browser, page = sign_in(world, "alice")

    assert page.ok, page.text
    assert who(browser, world.moot) == "alice"
    assert world.member("alice", "email") == "alice@club.example"
    assert world.member("alice", "display_name") == "Alice Adams"
    assert world.member("alice", "eligible_for") == "{candidate}"


def test_a_person_stays_the_same_whatever_they_are_called(world: World):
    sign_in(world, "bob")
    world.openid.tells("bob", preferred_username="robert")
    try:
        browser, _ = sign_in(world, "bob")
    finally:
        world.openid.tells("bob", preferred_username="bob")

    assert who(browser, world.moot) == "bob"
    assert world.member("robert", "id") == ""


# S47: the same mail address, and the same name, of another person at the provider attach them to nothing.
def test_somebody_with_anothers_mail_or_name_is_not_taken_for_them(world: World):
    sign_in(world, "alice")
    alice = {"email": "alice@club.example", "email_verified": True, "name": "Eve"}
    world.openid.tells("eve", sub="666", preferred_username="eve", **alice)
    world.openid.tells("mallory", sub="667", preferred_username="alice", **alice)

    by_mail, _ = sign_in(world, "eve")
    by_name, page = sign_in(world, "mallory")

    assert who(by_mail, world.moot) == "eve"
    assert world.member("eve", "coalesce(email, 'none')") == "none"
    assert who(by_name, world.moot) is None
    assert not page.ok or "/auth/link" in page.url
    assert world.member("alice", "display_name") == "Alice Adams"


def test_the_way_leads_on_to_the_page_one_came_for_and_to_no_other_site(world: World):
    for wish, led in [("/about", "/about"), ("//evil.example/", "/")]:
        browser = Browser()
        address = press(browser, world.moot, OPENID, redirect_to=wish)
        back = sign_in_there(browser, address, "alice", OPENID_CALLBACK)
        answer = browser.http.get(back, timeout=20, allow_redirects=False)

        assert answer.headers["Location"] == led


# S44: a form with our token begins it, and only the browser that began can end it.
def test_a_foreign_page_cannot_begin_a_sign_in(world: World):
    for headers in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = requests.post(
            f"{world.moot.base}/auth/auth/openid_connect", headers=headers, data={"redirect_to": "/"}, timeout=20
        )

        assert answer.status_code == 403
        assert "moot_provider" not in answer.cookies

    assert requests.get(f"{world.moot.base}/auth/auth/openid_connect", timeout=20).status_code in (404, 405)


def test_an_answer_opens_nothing_in_another_browser_and_still_opens_it_in_its_own(world: World):
    own, other, begun_too = Browser(), Browser(), Browser()
    back = sign_in_there(own, press(own, world.moot, OPENID), "alice", OPENID_CALLBACK)
    press(begun_too, world.moot, OPENID)

    for browser in (other, begun_too):
        answer = browser.http.get(back, timeout=20)

        assert answer.status_code == 403
        assert "not begun here" in answer.text
        assert who(browser, world.moot) is None
    own.http.get(back, timeout=20)
    assert who(own, world.moot) == "alice"


def test_an_answer_works_once_even_with_the_cookie_kept(world: World):
    browser = Browser()
    back = sign_in_there(browser, press(browser, world.moot, OPENID), "alice", OPENID_CALLBACK)
    thief = Browser()
    thief.http.cookies.set("moot_provider", browser.http.cookies["moot_provider"])
    browser.http.get(back, timeout=20)

    again = browser.http.get(back, timeout=20)
    stolen = thief.http.get(back, timeout=20)

    assert "moot_provider" not in browser.http.cookies
    assert (again.status_code, stolen.status_code) == (403, 403)
    assert "run out" in stolen.text
    assert who(thief, world.moot) is None


def test_an_answer_with_another_nonce_or_verifier_or_issuer_is_not_believed(world: World):
    def with_question(**changes: str) -> requests.Response:
        browser = Browser()
        address = but(press(browser, world.moot, OPENID), **changes)
        back = sign_in_there(browser, address, "alice", OPENID_CALLBACK)
        answer = browser.http.get(back, timeout=20)
        assert who(browser, world.moot) is None
        return answer

    def with_answer(**changes: str) -> requests.Response:
        browser = Browser()
        back = sign_in_there(browser, press(browser, world.moot, OPENID), "alice", OPENID_CALLBACK)
        answer = browser.http.get(but(back, **changes), timeout=20)
        assert who(browser, world.moot) is None
        return answer

    assert "cannot be believed" in with_question(nonce="another").text
    assert "run out" in with_question(code_challenge="E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM").text
    assert "cannot be believed" in with_answer(iss="https://evil.example").text
    assert "not begun here" in with_answer(state="another").text
    assert "run out" in with_answer(code="another").text


def test_a_cookie_that_was_changed_is_nothing(world: World):
    browser = Browser()
    back = sign_in_there(browser, press(browser, world.moot, OPENID), "alice", OPENID_CALLBACK)
    sealed = browser.http.cookies["moot_provider"]
    browser.http.cookies.clear()
    browser.http.cookies.set("moot_provider", sealed[:-2] + ("AA" if sealed[-2:] != "AA" else "BB"))

    answer = browser.http.get(back, timeout=20)

    assert answer.status_code == 403
    assert "not begun here" in answer.text


def test_somebody_who_turns_back_is_told(world: World):
    browser = Browser()
    page = browser.open(press(browser, world.moot, OPENID))
    form, _ = page.form_with_button("go back")

    answer = browser.http.post(form.action, data=form.fields, timeout=20)

    assert answer.status_code == 403
    assert "You are not signed in" in answer.text


def sign_out_there(browser: Browser, world: World) -> None:
    page = browser.open(f"{world.openid.base}/session/end")
    form = next(form for form in page.forms() if "xsrf" in form.fields)
    browser.http.post(form.action, data={**form.fields, "logout": "yes"}, timeout=20).raise_for_status()


# OpenID Connect Back-Channel Logout 1.0
def test_signing_out_at_the_provider_ends_the_session_that_it_began_and_no_other(world: World):
    browser, _ = sign_in(world, "alice")
    elsewhere, _ = sign_in(world, "alice")

    sign_out_there(browser, world)

    eventually("the session has ended", lambda: who(browser, world.moot) is None)
    assert who(elsewhere, world.moot) == "alice"


def test_a_session_that_passed_the_link_page_is_ended_by_the_provider_as_well(world: World):
    world.openid.tells("dinah", sub="668", preferred_username="dinah", email="dinah@club.example", name="Dinah")
    world.moot.member("dinah", "the old password")
    browser, page = sign_in(world, "dinah")
    assert page.url.endswith("/auth/link")
    link = browser.open(f"{world.moot.base}/auth/link").form_with_password()
    browser.send(link, password="the old password")
    assert who(browser, world.moot) == "dinah"
    elsewhere, _ = sign_in(world, "dinah")

    sign_out_there(elsewhere, world)
    eventually("the other session has ended", lambda: who(elsewhere, world.moot) is None)
    assert who(browser, world.moot) == "dinah"

    sign_out_there(browser, world)
    eventually("the session has ended", lambda: who(browser, world.moot) is None)


def test_nobody_but_the_provider_can_sign_somebody_out(world: World):
    browser, _ = sign_in(world, "alice")
    address = f"{world.moot.base}/auth/auth/openid_connect/backchannel_logout"

    for data in ({}, {"logout_token": "a.b.c"}, {"logout_token": "eyJhbGciOiJub25lIn0.eyJzdWIiOiIyNDQwMDMyMCJ9."}):
        answer = requests.post(address, data=data, timeout=20)

        assert answer.status_code == 400
        assert answer.headers["Cache-Control"] == "no-store"
    assert who(browser, world.moot) == "alice"


def test_signing_out_here_signs_out_there(world: World):
    browser, _ = sign_in(world, "alice")
    page = browser.open(f"{world.moot.base}/about")
    form = next(form for form in page.forms() if form.action.endswith("/auth/sign_out"))

    out = browser.send(form)
    there = browser.open(out.response.headers["Refresh"].removeprefix("0; url="))
    form = next(form for form in there.forms() if "xsrf" in form.fields)
    back = browser.http.post(form.action, data={**form.fields, "logout": "yes"}, timeout=20)

    assert who(browser, world.moot) is None
    assert back.url.startswith(f"{world.moot.base}/about")
    asked_again = browser.open(press(browser, world.moot, OPENID))
    assert asked_again.form_with_password()


# --- one click -------------------------------------------------------------------------------------------------------


def test_with_one_provider_and_nothing_else_signing_in_leads_straight_there(world: World):
    browser = Browser()
    page = f"{world.single.base}/auth/sign_in?redirect_to=/rules"

    led = browser.http.get(page, timeout=20, allow_redirects=False)
    back = sign_in_there(browser, led.headers["Location"], "alice", OPENID_CALLBACK)
    answer = browser.http.get(back, timeout=20)

    assert led.headers["Location"].startswith(f"{world.openid.base}/auth?")
    assert answer.url == f"{world.single.base}/rules"
    assert who(browser, world.single) == "alice"


# S44: neither a form nor a link of another site begins it.
def test_another_site_leads_to_the_button_only(world: World):
    browser = Browser()
    browser.http.headers["Sec-Fetch-Site"] = "cross-site"

    page = browser.open(f"{world.single.base}/auth/sign_in")

    assert page.form_with_button("openid connect")
    assert not any(form.field_of_type("password") for form in page.forms())
    token = {"form_token": page.form_with_button("openid connect")[0].fields["form_token"]}
    browser.http.headers["Sec-Fetch-Site"] = "same-origin"
    refused = browser.http.post(
        f"{world.single.base}/auth/sign_in", data={**token, "login": "alice", "password": "x"}, timeout=20
    )
    assert refused.status_code == 404


# --- CAS -------------------------------------------------------------------------------------------------------------


def test_somebody_comes_in_by_cas_with_their_attributes(world: World):
    browser, page = sign_in(world, "carol", CAS)
    by_parts, _ = sign_in(world, "dave", CAS)

    assert page.ok, page.text
    assert who(browser, world.moot) == "carol"
    assert world.member("carol", "email") == "carol@club.example"
    assert world.member("carol", "display_name") == "Carol Clark"
    assert who(by_parts, world.moot) == "dave"
    assert world.member("dave", "display_name") == "Dave Dunn"
    again, _ = sign_in(world, "carol", CAS)
    assert who(again, world.moot) == "carol"


def test_a_ticket_works_once_and_in_the_browser_that_began(world: World):
    browser, other, thief = Browser(), Browser(), Browser()
    back = sign_in_there(browser, press(browser, world.moot, CAS), "carol", CAS_CALLBACK)
    press(other, world.moot, CAS)
    thief.http.cookies.set("moot_provider", browser.http.cookies["moot_provider"])

    foreign = other.http.get(back, timeout=20)
    browser.http.get(back, timeout=20)
    again = browser.http.get(back, timeout=20)
    stolen = thief.http.get(back, timeout=20)

    assert who(browser, world.moot) == "carol"
    assert [answer.status_code for answer in (foreign, again, stolen)] == [403, 403, 403]
    assert "run out" in stolen.text
    assert who(thief, world.moot) is None


# S52: what stands in the ticket, in the address or in the Host header never becomes the service that is asked about.
def test_a_ticket_of_another_service_opens_nothing(world: World):
    browser = Browser()
    led = press(browser, world.moot, CAS)
    elsewhere = sign_in_there(browser, but(led, service=f"{world.moot.base}/elsewhere"), "carol", "/elsewhere")
    ticket = parse_qs(urlsplit(elsewhere).query)["ticket"][0]
    state = parse_qs(urlsplit(parse_qs(urlsplit(led).query)["service"][0]).query)["state"][0]

    answer = browser.http.get(
        f"{world.moot.base}{CAS_CALLBACK}",
        params={"state": state, "ticket": ticket, "url": f"{world.moot.base}/elsewhere"},
        timeout=20,
    )

    assert answer.status_code == 403
    assert who(browser, world.moot) is None


def test_a_ticket_cannot_name_a_service(world: World):
    for ticket in (f"a&service={world.moot.base}/evil", "ST-1&service=https://evil.example", "ST-1#x", "PT-1", ""):
        browser = Browser()
        led = press(browser, world.moot, CAS)
        state = parse_qs(urlsplit(parse_qs(urlsplit(led).query)["service"][0]).query)["state"][0]

        answer = browser.http.get(
            f"{world.moot.base}{CAS_CALLBACK}", params={"state": state, "ticket": ticket}, timeout=20
        )

        assert answer.status_code == 403, ticket
        assert "cannot be believed" in answer.text


def test_a_forged_host_changes_no_service(world: World):
    browser = Browser()
    form, _ = browser.open(f"{world.moot.base}/auth/sign_in").form_with_button(CAS.lower())

    def press_as(**headers: str) -> requests.Response:
        return browser.http.post(
            form.action,
            data=form.fields,
            headers={"Sec-Fetch-Site": "same-origin", "Connection": "close", **headers},
            timeout=20,
            allow_redirects=False,
        )

    for answer in (press_as(Host="evil.example"), press_as(**{"X-Forwarded-Host": "evil.example"})):
        assert answer.status_code in (400, 421)
        assert "Location" not in answer.headers
    service = parse_qs(urlsplit(press_as().headers["Location"]).query)["service"][0]
    assert service.startswith(f"{world.moot.base}{CAS_CALLBACK}?")


# --- in a real browser ------------------------------------------------------------------------------------------------


@pytest.fixture
def chromium() -> Iterator[Chromium]:
    browser = Chromium()
    yield browser
    browser.close()


def test_a_browser_goes_there_and_back_and_signs_out_at_both(world: World, chromium: Chromium):
    chromium.open(f"{world.moot.base}/auth/sign_in?redirect_to=/rules")
    chromium.press(OPENID)
    chromium.stands_at(f"^{world.openid.base}/interaction/")
    chromium.fill(login="alice", password="secret")
    chromium.press("Sign in")
    chromium.stands_at(f"^{world.moot.base}/rules$")
    chromium.says("@alice")

    chromium.sign_out()
    chromium.stands_at(f"^{world.openid.base}/session/end")
    chromium.all("button[name=logout]")[0].click()
    chromium.stands_at(f"^{world.moot.base}/about")

    chromium.says("Sign in")
    assert chromium.complaints() == []


def test_a_browser_comes_back_from_cas(world: World, chromium: Chromium):
    chromium.open(f"{world.moot.base}/auth/sign_in")
    chromium.press(CAS)
    chromium.stands_at(f"^{world.cas.base}/cas/login")
    chromium.fill(username="carol", password="secret")
    chromium.all("#login_form button[type=submit]")[0].click()

    chromium.stands_at(f"^{world.moot.base}/$")
    chromium.says("@carol")


def test_one_click_is_no_click_in_a_browser(world: World, chromium: Chromium):
    chromium.open(f"{world.single.base}/auth/sign_in")
    chromium.stands_at(f"^{world.openid.base}/interaction/")
    chromium.fill(login="bob", password="secret")
    chromium.press("Sign in")

    chromium.stands_at(f"^{world.single.base}/$")
    chromium.says("@bob")
