"""Mastodon.py, a library nobody here wrote, moderates: each call is one moderator's word, and two are a decision."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import requests
from client import Client
from mastodon import Mastodon, MastodonAPIError, MastodonNotFoundError
from moot import Moot

SCOPES = "read write admin:read admin:write"


class Office:
    """Somebody in office: the library for stock calls, and an app for Moot's own."""

    def __init__(self, server: Moot, name: str):
        server.member(name)
        self.server = server
        self.name = name

    def equip(self) -> None:
        token = self.server.command("tokens", "create", self.name, "--scopes", SCOPES).split()[-1]
        self.app = Client(self.server.base, token)
        self.api = Mastodon(access_token=token, api_base_url=self.server.base, version_check_mode="none")


class World:
    def __init__(self, server: Moot):
        self.server = server
        self.board = [Office(server, name) for name in ("berta", "boris", "bea")]
        self.moderators = [Office(server, name) for name in ("mona", "mark", "mira")]
        server.command("board", "bootstrap", *(officer.name for officer in self.board))
        for officer in self.board + self.moderators:
            officer.equip()
        for moderator in self.moderators:
            self.decide("appoint_moderator", account_id=moderator.app.me()["id"])
        self.mona, self.mark, self.mira = (officer.api for officer in self.moderators)

    def decide(self, kind: str, **params: str) -> None:
        """Recorded by one of the board and confirmed by another, through Moot's own API."""
        recorded = self.board[0].app.post(
            "/api/moot/v1/board/decisions", kind=kind, params=params, text=f"Resolved: {kind}"
        )
        path = f"/api/moot/v1/board/decisions/{recorded['id']}/confirm"
        confirmed = self.board[1].app.post(path, digest=recorded["digest"])
        assert confirmed["state"] == "confirmed"

    def both(self, call: Callable[[Mastodon], object]) -> tuple:
        """The same call by two moderators; what each was answered."""
        return call(self.mona), call(self.mark)


@pytest.fixture(scope="module")
def world(servers: Callable[..., Moot], database: Callable[[], str]) -> World:
    return World(servers("admin", database_url=database()))


def test_two_moderators_with_a_library_suspend_and_let_come_back(world: World) -> None:
    account = world.server.member("spammer").me()["id"]

    world.mona.admin_account_moderate(account, "suspend", text="Spam.")
    assert not world.mona.admin_account(account).suspended
    world.mark.admin_account_moderate(account, "suspend", text="Spam.")
    assert world.mona.admin_account(account).suspended

    first, second = world.both(lambda api: api.admin_account_unsuspend(account))
    assert first.suspended
    assert not second.suspended


@pytest.mark.parametrize(
    ("action", "field", "lift"),
    [
        ("sensitive", "sensitized", "admin_account_unsensitive"),
        ("disable", "disabled", "admin_account_enable"),
        ("silence", "silenced", "admin_account_unsilence"),
    ],
)
def test_each_measure_is_taken_and_lifted(world: World, action: str, field: str, lift: str) -> None:
    account = world.server.member(f"member_{action}").me()["id"]

    world.both(lambda api: api.admin_account_moderate(account, action))
    assert world.mira.admin_account(account)[field]
    world.both(lambda api: getattr(api, lift)(account))
    assert not world.mira.admin_account(account)[field]


def test_a_warning_reaches_the_member(world: World) -> None:
    member = world.server.member("rude")
    account = member.me()["id"]

    world.both(lambda api: api.admin_account_moderate(account, None, text="Be kind."))

    assert any(entry["type"] == "moderation_warning" for entry in member.notifications())


def test_lists_of_accounts_in_both_versions(world: World) -> None:
    world.server.member("findme")

    assert [found.username for found in world.mona.admin_accounts_v2(username="findme")] == ["findme"]
    assert "findme" in [found["username"] for found in world.mona.admin_accounts_v1(status="active")]
    staff = world.mona.admin_accounts_v2(permissions="staff")
    assert {found.username for found in staff} == {"mona", "mark", "mira"}
    assert {found.role.name for found in staff} == {"Moderator"}


def test_a_report_is_worked_on_alone_and_closed_together(world: World) -> None:
    reporter, target = world.server.member("reporter"), world.server.member("reported")
    reporter.post("/api/v1/reports", account_id=target.me()["id"], comment="spam", category="spam")
    (report,) = world.mona.admin_reports(target_account_id=target.me()["id"])

    assert world.mona.admin_report_assign(report.id).assigned_account.username == "mona"
    assert world.mona.admin_report_unassign(report.id).assigned_account is None
    first, second = world.both(lambda api: api.admin_report_resolve(report.id))
    assert not first.action_taken
    assert first.assigned_account.username == "mona"
    assert second.action_taken
    assert second.action_taken_by_account.username == "mona"
    assert report.id in [closed.id for closed in world.mira.admin_reports(resolved=True)]
    assert not world.mira.admin_report_reopen(report.id).action_taken
    assert world.mira.admin_report(report.id).comment == "spam"


def test_a_measure_that_cites_a_report_closes_it(world: World) -> None:
    reporter, target = world.server.member("witness"), world.server.member("culprit")
    account = target.me()["id"]
    reporter.post("/api/v1/reports", account_id=account, comment="look")
    (report,) = world.mona.admin_reports(target_account_id=account)

    world.both(lambda api: api.admin_account_moderate(account, "silence", report_id=report.id))

    assert world.mira.admin_report(report.id).action_taken


def test_servers_are_blocked_changed_and_unblocked(world: World) -> None:
    def block(api: Mastodon):
        return api.admin_create_domain_block("evil.example", severity="silence", reject_media=True)

    first, second = world.both(block)
    assert first.id == second.id
    assert [rule.domain for rule in world.mira.admin_domain_blocks()] == ["evil.example"]
    before, after = world.both(lambda api: api.admin_update_domain_block(second.id, severity="suspend"))
    assert (before.severity, after.severity) == ("silence", "suspend")
    assert after.reject_media
    world.both(lambda api: api.admin_delete_domain_block(second.id))
    with pytest.raises(MastodonNotFoundError):
        world.mira.admin_domain_blocks(second.id)


def test_mail_providers_addresses_and_networks_are_blocked_and_unblocked(world: World) -> None:
    _, provider = world.both(lambda api: api.admin_create_email_domain_block("throwaway.example"))
    assert world.mira.admin_email_domain_block(provider.id).domain == "throwaway.example"
    assert provider.id in [rule.id for rule in world.mira.admin_email_domain_blocks()]

    _, address = world.both(lambda api: api.admin_create_canonical_email_block(email="E.ve+x@mail.example"))
    (same,) = world.mira.admin_test_canonical_email_block("eve@mail.example")
    assert same.id == address.id
    assert world.mira.admin_canonical_email_block(address.id).canonical_email_hash == same.canonical_email_hash

    _, network = world.both(lambda api: api.admin_create_ip_block("203.0.113.0/24", "no_access", "bots"))
    _, changed = world.both(lambda api: api.admin_update_ip_block(network.id, severity="sign_up_block"))
    assert changed.severity == "sign_up_block"
    assert world.mira.admin_ip_block(network.id).ip == "203.0.113.0/24"

    _, allowed = world.both(lambda api: api.admin_create_domain_allow("good.example"))
    assert [rule.domain for rule in world.mira.admin_domain_allows()] == ["good.example"]

    world.both(lambda api: api.admin_delete_email_domain_block(provider.id))
    world.both(lambda api: api.admin_delete_canonical_email_block(address.id))
    world.both(lambda api: api.admin_delete_ip_block(network.id))
    world.both(lambda api: api.admin_delete_domain_allow(allowed.id))
    assert not world.mira.admin_canonical_email_blocks()
    assert not world.mira.admin_ip_blocks()


def test_figures_are_read(world: World) -> None:
    now = datetime.now(UTC)
    week = now - timedelta(days=7)

    new, opened = world.mona.admin_measures(week, now, new_users=True, opened_reports=True)
    assert int(new.total) >= len(world.board + world.moderators)
    assert int(opened.total) >= 0
    assert len(new.data) == len(opened.data)
    (sources,) = world.mona.admin_dimensions(week, now, sources=True)
    assert sources.data
    assert world.mona.admin_retention(week, now)
    assert list(world.mona.admin_trending_tags()) == []
    assert list(world.mona.admin_trending_links()) == []
    assert list(world.mona.admin_trending_statuses()) == []
    with pytest.raises(MastodonAPIError, match="no trends yet"):
        world.mona.admin_approve_trending_tag(1)


def test_whoever_has_no_office_is_refused(world: World) -> None:
    world.server.member("nobody")
    token = world.server.command("tokens", "create", "nobody", "--scopes", SCOPES).split()[-1]
    nobody = Mastodon(access_token=token, api_base_url=world.server.base, version_check_mode="none")

    for call in (nobody.admin_accounts_v2, nobody.admin_reports, nobody.admin_domain_blocks):
        with pytest.raises(MastodonAPIError, match="403"):
            call()


def test_the_command_prints_the_description_that_is_served(world: World) -> None:
    printed = world.server.command("openapi")
    served = requests.get(f"{world.server.base}/api/moot/v1/openapi.json", timeout=10)

    assert served.json()["openapi"] == "3.1.0"
    assert '"/api/v1/admin/accounts/{id}/action"' in printed
    assert served.headers["Cache-Control"].startswith("public")
