//! Accounts, as everybody and as their owners see them.

use std::borrow::Cow;

use mastodon::{
    AccountBody, AccountMoment, CredentialAccount, Date, FeatureApproval, Field, Id, Midnight,
    Role, Source, Timestamp,
};
use model::{Account, ProfileField, member::Member};
use service::moderation::Officer;

use super::{Renderer, emojis, visibility};

/// Mastodon's id of the role that everybody has.
const EVERYBODY: Id = Id(-99);
/// The role of those who hold a seat.
pub(crate) const MODERATOR: Id = Id(1);
/// The role of those who sit on the board.
pub(crate) const BOARD: Id = Id(2);

impl Renderer {
    /// An account.
    pub(crate) fn account<'a>(&'a self, account: &'a Account) -> mastodon::Account<'a> {
        mastodon::Account {
            body: self.account_body(account),
            moment: AccountMoment {
                followers_count: account.followers_count,
                following_count: account.following_count,
                statuses_count: account.statuses_count,
                last_status_at: account.last_status_on.map(Date),
            },
        }
    }

    /// What an account says of itself. One that is suspended is shown without that.
    pub(crate) fn account_body<'a>(&'a self, account: &'a Account) -> AccountBody<'a> {
        let is_shown = !account.is_suspended();
        let text = |text: &'a str| Cow::Borrowed(if is_shown { text } else { "" });
        let avatar = shown_url(
            is_shown,
            account.avatar_url.as_deref(),
            &self.missing_avatar,
        );
        let header = shown_url(
            is_shown,
            account.header_url.as_deref(),
            &self.missing_header,
        );
        AccountBody {
            id: Id(account.id.get()),
            username: account.username.as_str().into(),
            acct: acct(account),
            display_name: text(&account.display_name),
            locked: is_shown && account.locked,
            bot: is_shown && account.is_bot(),
            discoverable: if is_shown {
                account.discoverable
            } else {
                Some(false)
            },
            indexable: is_shown && account.indexable,
            group: account.actor_type == model::ActorType::Group,
            created_at: Midnight(account.created_at),
            note: text(account.note.as_str()),
            url: account.url.as_str().into(),
            uri: account.uri.as_str().into(),
            avatar: avatar.into(),
            avatar_static: avatar.into(),
            avatar_description: text(&account.avatar_description),
            header: header.into(),
            header_static: header.into(),
            header_description: text(&account.header_description),
            hide_collections: Some(account.hides_collections),
            show_media: true,
            show_media_replies: true,
            show_featured: true,
            moved: None,
            emojis: if is_shown {
                emojis(&account.emojis)
            } else {
                Vec::new()
            },
            suspended: account.is_suspended(),
            limited: account.silenced_at.is_some(),
            noindex: account.is_local().then_some(false),
            memorial: account.memorial,
            feature_approval: FeatureApproval::DENIED,
            roles: account.is_local().then(Vec::new),
            fields: if is_shown {
                account.fields.iter().map(field).collect()
            } else {
                Vec::new()
            },
        }
    }

    /// A member's own account, with what they typed and chose.
    pub(crate) fn credential_account<'a>(
        &'a self,
        member: &'a Member,
        follow_requests_count: usize,
        officer: Option<&Officer>,
    ) -> CredentialAccount<'a> {
        let account = &member.account;
        CredentialAccount {
            account: self.account(account),
            source: Source {
                privacy: visibility(member.defaults.visibility),
                sensitive: member.defaults.sensitive,
                language: super::optional(member.defaults.language.as_ref()),
                note: account.note_source.as_str().into(),
                fields: account.fields.iter().map(typed_field).collect(),
                follow_requests_count: i64::try_from(follow_requests_count).unwrap_or(i64::MAX),
                hide_collections: Some(account.hides_collections),
                discoverable: account.discoverable,
                indexable: account.indexable,
                attribution_domains: Vec::new(),
                quote_policy: "nobody",
            },
            role: role_of(
                officer.is_some_and(|officer| officer.seat.is_some()),
                officer.is_some_and(|officer| officer.on_board),
            ),
        }
    }
}

/// `name` for members, `name@host` for everybody else.
fn acct(account: &Account) -> Cow<'_, str> {
    match &account.domain {
        None => account.username.as_str().into(),
        Some(_) => account.handle().to_string().into(),
    }
}

fn shown_url<'a>(is_shown: bool, chosen: Option<&'a str>, otherwise: &'a str) -> &'a str {
    chosen.filter(|_| is_shown).unwrap_or(otherwise)
}

fn field(field: &ProfileField) -> Field<'_> {
    Field {
        name: field.name.as_str().into(),
        value: field.value.as_str().into(),
        verified_at: field.verified_at.map(Timestamp),
    }
}

fn typed_field(field: &ProfileField) -> Field<'_> {
    Field {
        name: field.name.as_str().into(),
        value: field.source.as_str().into(),
        verified_at: field.verified_at.map(Timestamp),
    }
}

/// What a member may do, as Mastodon's apps read it. Its bits show the right buttons; what the buttons do is propose.
///
/// Source: <https://docs.joinmastodon.org/entities/Role/>.
pub(crate) fn role_of(is_moderator: bool, is_on_board: bool) -> Role<'static> {
    const VIEW_AUDIT_LOG: u64 = 1 << 2;
    const VIEW_DASHBOARD: u64 = 1 << 3;
    const MANAGE_REPORTS: u64 = 1 << 4;
    const MANAGE_FEDERATION: u64 = 1 << 5;
    const MANAGE_BLOCKS: u64 = 1 << 7;
    const MANAGE_TAXONOMIES: u64 = 1 << 8;
    const MANAGE_APPEALS: u64 = 1 << 9;
    const MANAGE_USERS: u64 = 1 << 10;
    const LOOK: u64 = VIEW_AUDIT_LOG | VIEW_DASHBOARD;
    const DECIDE: u64 = LOOK
        | MANAGE_REPORTS
        | MANAGE_FEDERATION
        | MANAGE_BLOCKS
        | MANAGE_TAXONOMIES
        | MANAGE_APPEALS
        | MANAGE_USERS;
    let (id, name, permissions) = match (is_moderator, is_on_board) {
        (true, _) => (MODERATOR, "Moderator", DECIDE),
        (false, true) => (BOARD, "Board", LOOK),
        (false, false) => (EVERYBODY, "", 0),
    };
    Role {
        id,
        name: name.into(),
        permissions,
        color: "".into(),
        highlighted: false,
        collection_limit: 0,
    }
}
