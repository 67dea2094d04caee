//! Reports as their authors see them.

use std::borrow::Cow;

use serde::Serialize;

use crate::{Account, Id, Timestamp};

/// A report. <https://docs.joinmastodon.org/entities/Report/>
#[derive(Debug, Clone, Serialize)]
pub struct Report<'a> {
    /// Its id.
    pub id: Id,
    /// It is decided.
    pub action_taken: bool,
    /// When it was decided.
    pub action_taken_at: Option<Timestamp>,
    /// `spam`, `legal`, `violation` or `other`.
    pub category: &'a str,
    /// In the reporter's words.
    pub comment: Cow<'a, str>,
    /// A copy went to the account's server.
    pub forwarded: bool,
    /// When it came.
    pub created_at: Timestamp,
    /// Posts that show it.
    pub status_ids: Vec<Id>,
    /// Rules that were broken.
    pub rule_ids: Option<Vec<Id>>,
    /// Collections that show it. There are none here yet.
    pub collection_ids: [Id; 0],
    /// Who was reported.
    pub target_account: Account<'a>,
}
