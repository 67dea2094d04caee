//! Accounts as moderators see them.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::Note;
use crate::{Id, Role, Timestamp};

/// An account as moderators see it. <https://docs.joinmastodon.org/entities/Admin_Account/>
///
/// What only members have is null for people of other servers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Admin.Account")]
pub struct Account<'a> {
    /// The account's id on this server.
    pub id: Id,
    /// The name without a host.
    pub username: Cow<'a, str>,
    /// The host; null for members.
    pub domain: Option<Cow<'a, str>>,
    /// When it was made, or first seen.
    pub created_at: Timestamp,
    /// The member's mail address; null unless a reason to look at it was given.
    pub email: Option<Cow<'a, str>>,
    /// Always null: this server keeps no addresses of members.
    pub ip: Option<Cow<'a, str>>,
    /// Whether the mail address was shown to be theirs.
    pub confirmed: Option<bool>,
    /// Whether it is suspended.
    pub suspended: bool,
    /// Whether it is limited.
    pub silenced: bool,
    /// Whether all its media are hidden.
    pub sensitized: bool,
    /// Whether the member cannot sign in.
    pub disabled: Option<bool>,
    /// Whether the member was let in.
    pub approved: Option<bool>,
    /// The member's language.
    pub locale: Option<Cow<'a, str>>,
    /// What was written when asking to be let in.
    pub invite_request: Option<Cow<'a, str>>,
    /// The app the member signed up with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by_application_id: Option<Id>,
    /// Always empty: this server keeps no addresses of members.
    pub ips: Vec<Ip<'a>>,
    /// The account as everybody sees it.
    pub account: crate::Account<'a>,
    /// What the member may do.
    pub role: Option<Role<'a>>,
    /// What is proposed about it.
    pub moot: Note,
}

/// An address from which somebody signed in. <https://docs.joinmastodon.org/entities/Admin_Ip/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Admin.Ip")]
pub struct Ip<'a> {
    /// The address.
    pub ip: Cow<'a, str>,
    /// When it was last used.
    pub used_at: Timestamp,
}
