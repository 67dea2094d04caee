//! What members are told of decisions about them.

use std::borrow::Cow;

use serde::Serialize;

use crate::{Account, Id, Timestamp};

/// A decision about the viewer. <https://docs.joinmastodon.org/entities/AccountWarning/>
#[derive(Debug, Clone, Serialize)]
pub struct AccountWarning<'a> {
    /// Its id.
    pub id: Id,
    /// `none`, `disable`, `mark_statuses_as_sensitive`, `delete_statuses`, `sensitive`, `silence` or `suspend`.
    pub action: Cow<'a, str>,
    /// What the moderators wrote.
    pub text: Cow<'a, str>,
    /// The posts concerned.
    pub status_ids: Vec<Id>,
    /// When.
    pub created_at: Timestamp,
    /// Whom it is about.
    pub target_account: Account<'a>,
    /// The appeal against it.
    pub appeal: Option<Appeal<'a>>,
}

/// An appeal of the viewer's. <https://docs.joinmastodon.org/entities/Appeal/>
#[derive(Debug, Clone, Serialize)]
pub struct Appeal<'a> {
    /// Why.
    pub text: Cow<'a, str>,
    /// `pending`, `approved` or `rejected`.
    pub state: &'static str,
}

/// Follows of the viewer's were cut by a measure.
/// <https://docs.joinmastodon.org/entities/RelationshipSeveranceEvent/>
#[derive(Debug, Clone, Serialize)]
pub struct RelationshipSeveranceEvent<'a> {
    /// Its id.
    pub id: Id,
    /// `domain_block` or `account_suspension`.
    #[serde(rename = "type")]
    pub kind: Cow<'a, str>,
    /// The list of what was lost is gone. It is not kept for apps here.
    pub purged: bool,
    /// The domain, or the handle.
    pub target_name: Cow<'a, str>,
    /// Followers that were lost.
    pub followers_count: i64,
    /// Followed accounts that were lost.
    pub following_count: i64,
    /// When.
    pub created_at: Timestamp,
}
