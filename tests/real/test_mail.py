"""Letters through a real relay: what members get, and what becomes of a letter on the relay's bad days."""

from collections.abc import Callable, Iterator

import pytest
from browser import Browser
from moot import Moot
from smtp_sink import SmtpSink, link_in
from waiting import eventually

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def sink() -> Iterator[SmtpSink]:
    sink = SmtpSink()
    yield sink
    sink.close()


@pytest.fixture(scope="module")
def moot(servers: Callable[..., Moot], database: Callable[[], str], sink: SmtpSink) -> Moot:
    # The demo profile, since members of the test profile can sign in without confirming anything.
    return servers(
        "post",
        database_url=database(),
        MOOT_PROFILE="demo",
        SMTP_SERVER="127.0.0.1",
        SMTP_PORT=str(sink.port),
        SMTP_FROM_ADDRESS="The Club <post@club.example>",
        MOOT_SMTP_TIMEOUT="2",
    )


def sign_up(moot: Moot, name: str) -> Browser:
    browser = Browser()
    form = browser.open(f"{moot.base}/auth/sign_up").form_with_password()
    page = browser.send(form, username=name, email=f"{name}@home.example", password=PASSWORD, agreement="1")
    assert "confirmed" in page.text()
    return browser


def letter_about(moot: Moot, name: str) -> None:
    """Makes a member and lets the server write to them: their password was changed."""
    moot.command("accounts", "create", name, "--email", f"{name}@home.example", "--confirmed")
    moot.command("accounts", "password", name)


def confirm(moot: Moot, sink: SmtpSink, name: str) -> None:
    letter = sink.letter_to(f"{name}@home.example", "Please confirm your mail address")
    browser = Browser()
    page = browser.open(link_in(letter))
    form, button = page.form_with_button("mine")
    assert "is confirmed" in browser.send(form, button).text()


def sign_in(moot: Moot, browser: Browser, name: str, password: str = PASSWORD) -> str:
    page = browser.open(f"{moot.base}/auth/sign_in")
    form = page.form_with_password()
    name_field, secret_field = form.field_of_type("email", "text"), form.field_of_type("password")
    headers = {"Origin": moot.base}
    answer = browser.http.post(
        form.action, data={**form.fields, name_field: name, secret_field: password}, headers=headers, timeout=20
    )
    return answer.text


def test_a_newcomer_confirms_their_address_and_signs_in(moot: Moot, sink: SmtpSink) -> None:
    browser = sign_up(moot, "alice")

    assert "not been confirmed" in sign_in(moot, browser, "alice")
    letter = sink.letter_to("alice@home.example", "Please confirm your mail address")
    assert letter["From"] == "The Club <post@club.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_body(("html",)) is not None
    confirm(moot, sink, "alice")

    assert "@alice" in sign_in(moot, browser, "alice")


def test_opening_the_link_confirms_nothing_yet(moot: Moot, sink: SmtpSink) -> None:
    browser = sign_up(moot, "early")

    # A program that looks into mail opens every link in it.
    Browser().open(link_in(sink.letter_to("early@home.example", "Please confirm")))

    assert "not been confirmed" in sign_in(moot, browser, "early")


def test_a_forgotten_password_is_set_anew_by_letter(moot: Moot, sink: SmtpSink) -> None:
    sign_up(moot, "bob")
    confirm(moot, sink, "bob")
    browser = Browser()
    assert "Forgotten your password?" in browser.open(f"{moot.base}/auth/sign_in").text()
    form = browser.open(f"{moot.base}/auth/password/new").forms()[-1]
    said = browser.send(form, email="bob@home.example").text()

    page = browser.open(link_in(sink.letter_to("bob@home.example", "A new password")))
    page = browser.send(page.form_with_password(), password="a brand new password")

    assert "password is set" in page.text()
    sink.letter_to("bob@home.example", "Your password was changed")
    assert "@bob" in sign_in(moot, Browser(), "bob", "a brand new password")
    stranger = browser.send(browser.open(f"{moot.base}/auth/password/new").forms()[-1], email="nobody@home.example")
    assert stranger.text() == said


def test_a_letter_that_the_relay_cannot_take_now_comes_later(moot: Moot, sink: SmtpSink) -> None:
    sink.answers["carol@home.example"] = "451 4.3.0 Try again later"

    letter_about(moot, "carol")

    eventually("the relay has put the letter off", lambda: "carol@home.example" in sink.put_off)
    sink.letter_to("carol@home.example", "Your password was changed")


def test_a_letter_taken_by_a_relay_that_then_hangs_keeps_its_id(moot: Moot, sink: SmtpSink) -> None:
    """R23: the relay has the letter but never says so; whoever gets it twice sees one."""
    sink.answers["dave@home.example"] = "hang"

    letter_about(moot, "dave")

    def ids() -> list[str]:
        return [letter["Message-ID"] for letter in sink.letters if letter["To"] == "dave@home.example"]

    eventually("the letter is tried again", lambda: len(ids()) == 2, 90)
    assert len(set(ids())) == 1


def test_a_letter_refused_for_good_is_given_up_and_nothing_else_waits(moot: Moot, sink: SmtpSink) -> None:
    sink.answers["erin@home.example"] = "550 5.1.1 No such mailbox"

    letter_about(moot, "erin")
    letter_about(moot, "frank")

    sink.letter_to("frank@home.example", "Your password was changed")
    eventually("the refusal is in the log", lambda: "The relay refuses a letter" in moot.tail(400))
    assert "erin@home.example" not in moot.log.read_text(), "addresses are in no log"


@pytest.mark.parametrize(("starttls", "login"), [(True, None), (True, ("moot", "s3cret")), (False, ("moot", "s3cret"))])
def test_the_relay_is_spoken_to_as_configured(moot: Moot, starttls: bool, login: tuple[str, str] | None) -> None:
    sink = SmtpSink(starttls=starttls, login=login)
    try:
        settings = {
            "SMTP_SERVER": "localhost",
            "SMTP_PORT": str(sink.port),
            "SMTP_RETURN_PATH": "bounces@club.example",
            **({"SMTP_CA_FILE": str(sink.ca_file), "SMTP_ENABLE_STARTTLS": "always"} if starttls else {}),
            **({"SMTP_LOGIN": login[0], "SMTP_PASSWORD": login[1]} if login else {}),
        }
        said = moot.with_settings(**settings).command("mail", "test", "board@club.example")
        assert "has taken the letter" in said
        assert sink.envelopes[0].mail_from == "bounces@club.example"
        assert len(sink.letters) == 1
    finally:
        sink.close()


def test_a_relay_with_a_certificate_of_somebody_else_gets_no_mail(moot: Moot) -> None:
    sink = SmtpSink(starttls=True)
    try:
        settings = {"SMTP_SERVER": "localhost", "SMTP_PORT": str(sink.port), "SMTP_ENABLE_STARTTLS": "always"}
        failure = moot.with_settings(**settings).failing_command("mail", "test", "board@club.example")
        assert "certificate" in failure.lower()
        assert not sink.letters
    finally:
        sink.close()


def test_without_a_relay_the_letters_of_a_demo_stand_in_its_log(
    servers: Callable[..., Moot], database: Callable[[], str]
) -> None:
    demo = servers("no-relay", database_url=database(), MOOT_PROFILE="demo")

    letter_about(demo, "walrus")

    said = "A letter to walrus@home.example: Your password was changed"
    eventually("the letter stands in the log", lambda: said in demo.log.read_text())
