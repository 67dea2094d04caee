//! Accounts as others see them, and as their owner does.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{CustomEmoji, Date, EmptyList, Id, Midnight, Timestamp};

/// An account as anybody sees it. <https://docs.joinmastodon.org/entities/Account/>
///
/// In parts, so that each can be printed once for as long as it stays the same.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Account<'a> {
    /// What the account says of itself.
    #[serde(flatten)]
    pub body: AccountBody<'a>,
    /// What changes with everything it does.
    #[serde(flatten)]
    pub moment: AccountMoment,
}

/// What changes of an account with everything it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AccountMoment {
    /// How many follow it.
    pub followers_count: i64,
    /// How many it follows.
    pub following_count: i64,
    /// How many posts it has.
    pub statuses_count: i64,
    /// The day of its newest post.
    pub last_status_at: Option<Date>,
}

/// What an account says of itself, and what is decided about it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AccountBody<'a> {
    /// The account's id on this server.
    pub id: Id,
    /// The name without a host.
    pub username: Cow<'a, str>,
    /// The name, with `@host` when the account is of another server.
    pub acct: Cow<'a, str>,
    /// What the account calls itself; may be empty.
    pub display_name: Cow<'a, str>,
    /// Whether follows need the owner's approval.
    pub locked: bool,
    /// Whether a program posts here.
    pub bot: bool,
    /// Whether the owner wants to be found; `None` when they never said.
    pub discoverable: Option<bool>,
    /// Whether the owner's public posts may be searched by anybody.
    pub indexable: bool,
    /// Whether this is a group actor.
    pub group: bool,
    /// When it was made, or first seen.
    pub created_at: Midnight,
    /// The biography, as safe HTML.
    pub note: Cow<'a, str>,
    /// The profile's page.
    pub url: Cow<'a, str>,
    /// The `ActivityPub` id.
    pub uri: Cow<'a, str>,
    /// The picture.
    pub avatar: Cow<'a, str>,
    /// The picture without animation.
    pub avatar_static: Cow<'a, str>,
    /// The picture in words.
    pub avatar_description: Cow<'a, str>,
    /// The banner.
    pub header: Cow<'a, str>,
    /// The banner without animation.
    pub header_static: Cow<'a, str>,
    /// The banner in words.
    pub header_description: Cow<'a, str>,
    /// Whether the owner hides whom they follow and who follows them.
    pub hide_collections: Option<bool>,
    /// Whether the profile has a tab for media.
    pub show_media: bool,
    /// Whether that tab shows replies.
    pub show_media_replies: bool,
    /// Whether the profile has a tab for featured things.
    pub show_featured: bool,
    /// Where the account went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Box<Account<'a>>>,
    /// The custom emojis in name, biography and fields.
    pub emojis: Vec<CustomEmoji<'a>>,
    /// Present when the account is not available.
    #[serde(skip_serializing_if = "is_false")]
    pub suspended: bool,
    /// Present when the moderators limited it.
    #[serde(skip_serializing_if = "is_false")]
    pub limited: bool,
    /// Whether search engines are asked to stay away; told of local accounts only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noindex: Option<bool>,
    /// Present when its owner has died.
    #[serde(skip_serializing_if = "is_false")]
    pub memorial: bool,
    /// Who may put the account into a collection.
    pub feature_approval: FeatureApproval,
    /// Public roles; told of local accounts only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<AccountRole<'a>>>,
    /// The table on the profile.
    pub fields: Vec<Field<'a>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// Who may feature an account in a collection. Nobody, as long as there are no collections.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct FeatureApproval {
    /// Who may without asking.
    pub automatic: EmptyList,
    /// Who may after asking.
    pub manual: EmptyList,
    /// What holds for the viewer.
    pub current_user: &'static str,
}

impl FeatureApproval {
    /// Nobody may feature the account.
    pub const DENIED: Self = Self {
        automatic: EmptyList,
        manual: EmptyList,
        current_user: "denied",
    };
}

/// A role shown on a profile.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AccountRole<'a> {
    /// The role's id.
    pub id: Id,
    /// The role's name.
    pub name: Cow<'a, str>,
    /// A colour such as `#6364ff`, or nothing.
    pub color: Cow<'a, str>,
}

/// One line of the table on a profile. <https://docs.joinmastodon.org/entities/Account/#Field>
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Field<'a> {
    /// The left column.
    pub name: Cow<'a, str>,
    /// The right column: safe HTML, or plain text inside [`Source`].
    pub value: Cow<'a, str>,
    /// When the link in it was seen to point back.
    pub verified_at: Option<Timestamp>,
}

/// An account as its owner sees it.
/// <https://docs.joinmastodon.org/entities/Account/#CredentialAccount>
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CredentialAccount<'a> {
    /// What everybody sees.
    #[serde(flatten)]
    pub account: Account<'a>,
    /// What the owner typed and chose.
    pub source: Source<'a>,
    /// What the owner may do here.
    pub role: Role<'a>,
}

/// The owner's own words and choices, for editing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Source<'a> {
    /// Default visibility of new posts.
    pub privacy: &'a str,
    /// Whether new posts' media are hidden by default.
    pub sensitive: bool,
    /// Default language of new posts.
    pub language: Option<Cow<'a, str>>,
    /// The biography as typed.
    pub note: Cow<'a, str>,
    /// The table as typed.
    pub fields: Vec<Field<'a>>,
    /// How many ask to follow; counted up to 40.
    pub follow_requests_count: i64,
    /// Whether followers and following are hidden.
    pub hide_collections: Option<bool>,
    /// Whether the owner wants to be found.
    pub discoverable: Option<bool>,
    /// Whether public posts may be searched.
    pub indexable: bool,
    /// Sites that may name the owner as author.
    pub attribution_domains: Vec<Cow<'a, str>>,
    /// Who may quote new posts.
    pub quote_policy: &'a str,
}

/// What a member may do. <https://docs.joinmastodon.org/entities/Role/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Role<'a> {
    /// The role's id.
    pub id: Id,
    /// The role's name.
    pub name: Cow<'a, str>,
    /// A bit mask, printed as a string.
    #[serde(serialize_with = "as_string")]
    pub permissions: u64,
    /// A colour, or nothing.
    pub color: Cow<'a, str>,
    /// Whether the role is shown on profiles.
    pub highlighted: bool,
    /// How many collections the member may have.
    pub collection_limit: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn as_string<S: serde::Serializer>(mask: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(mask)
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::{json, to_value};
    use time::macros::{date, datetime};

    use super::*;

    pub(crate) fn carol() -> Account<'static> {
        Account {
            body: AccountBody {
                id: Id(1),
                username: "carol".into(),
                acct: "carol@peer.example".into(),
                display_name: "Carol".into(),
                locked: true,
                bot: false,
                discoverable: None,
                indexable: false,
                group: false,
                created_at: Midnight(datetime!(2026-01-02 03:04:05 UTC)),
                note: "<p>Hello</p>".into(),
                url: "https://peer.example/@carol".into(),
                uri: "https://peer.example/users/carol".into(),
                avatar: "https://club.example/a.png".into(),
                avatar_static: "https://club.example/a.png".into(),
                avatar_description: "".into(),
                header: "https://club.example/h.png".into(),
                header_static: "https://club.example/h.png".into(),
                header_description: "".into(),
                hide_collections: None,
                show_media: true,
                show_media_replies: true,
                show_featured: true,
                moved: None,
                emojis: vec![],
                suspended: false,
                limited: false,
                noindex: None,
                memorial: false,
                feature_approval: FeatureApproval::DENIED,
                roles: None,
                fields: vec![Field {
                    name: "site".into(),
                    value: "carol.example".into(),
                    verified_at: None,
                }],
            },
            moment: AccountMoment {
                followers_count: 3,
                following_count: 2,
                statuses_count: 1,
                last_status_at: Some(Date(date!(2026 - 02 - 03))),
            },
        }
    }

    #[test]
    fn a_remote_account_prints_as_mastodon_prints_it() {
        let account = carol();

        let printed = to_value(&account).unwrap();

        assert_eq!(
            printed,
            json!({
                "id": "1", "username": "carol", "acct": "carol@peer.example", "display_name": "Carol",
                "locked": true, "bot": false, "discoverable": null, "indexable": false, "group": false,
                "created_at": "2026-01-02T00:00:00.000Z", "note": "<p>Hello</p>",
                "url": "https://peer.example/@carol", "uri": "https://peer.example/users/carol",
                "avatar": "https://club.example/a.png", "avatar_static": "https://club.example/a.png",
                "avatar_description": "",
                "header": "https://club.example/h.png", "header_static": "https://club.example/h.png",
                "header_description": "",
                "followers_count": 3, "following_count": 2, "statuses_count": 1,
                "last_status_at": "2026-02-03", "hide_collections": null, "show_media": true,
                "show_media_replies": true, "show_featured": true, "emojis": [],
                "feature_approval": {"automatic": [], "manual": [], "current_user": "denied"},
                "fields": [{"name": "site", "value": "carol.example", "verified_at": null}],
            })
        );
    }

    #[test]
    fn the_owner_sees_source_and_role_beside_the_account() {
        let owner = CredentialAccount {
            account: carol(),
            source: Source {
                privacy: "public",
                sensitive: false,
                language: None,
                note: "Hello".into(),
                fields: vec![],
                follow_requests_count: 0,
                hide_collections: None,
                discoverable: None,
                indexable: false,
                attribution_domains: vec![],
                quote_policy: "nobody",
            },
            role: Role {
                id: Id(-99),
                name: "".into(),
                permissions: 65_536,
                color: "".into(),
                highlighted: false,
                collection_limit: 0,
            },
        };

        let printed = to_value(&owner).unwrap();

        assert_eq!(printed["username"], "carol");
        assert_eq!(printed["source"]["note"], "Hello");
        assert_eq!(printed["source"]["language"], json!(null));
        assert_eq!(printed["role"]["id"], "-99");
        assert_eq!(printed["role"]["permissions"], "65536");
    }

    #[test]
    fn rare_states_are_told_only_when_they_hold() {
        let mut account = carol();
        account.body.suspended = true;
        account.body.roles = Some(vec![]);

        let printed = to_value(&account).unwrap();

        assert_eq!(printed["suspended"], true);
        assert_eq!(printed["roles"], json!([]));
        assert!(printed.get("limited").is_none());
        assert!(printed.get("moved").is_none());
    }
}
