//! Reports as moderators see them.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, value::RawValue};

use super::{Account, PendingProposal};
use crate::{Id, Rule, Timestamp};

/// A report. <https://docs.joinmastodon.org/entities/Admin_Report/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Admin.Report")]
pub struct Report<'a> {
    /// Its id.
    pub id: Id,
    /// It is closed.
    pub action_taken: bool,
    /// When it was closed.
    pub action_taken_at: Option<Timestamp>,
    /// `spam`, `legal`, `violation` or `other`; more exactly in `moot`.
    pub category: &'a str,
    /// In the reporter's words.
    pub comment: Cow<'a, str>,
    /// A copy went to the account's server.
    pub forwarded: bool,
    /// When it came.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Who reported; null once that account is gone.
    pub account: Option<Account<'a>>,
    /// About whom; null once that account is gone.
    pub target_account: Option<Account<'a>>,
    /// Who is at work on it.
    pub assigned_account: Option<Account<'a>>,
    /// Who proposed what closed it.
    pub action_taken_by_account: Option<Account<'a>>,
    /// The reported posts that are still there and that the moderator could see anyway. `Status` of the client API.
    #[schemars(with = "Vec<serde_json::Map<String, Value>>")]
    pub statuses: &'a RawValue,
    /// The rules that were broken.
    pub rules: Vec<Rule<'a>>,
    /// What Mastodon does not know.
    pub moot: ReportNote,
}

/// What Moot adds to a report.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReportNote {
    /// The case it belongs to: all open reports about one account.
    pub case_id: Id,
    /// What kind of source it came from: `member`, `remote`, `moderator`, `automatic`.
    pub origin: &'static str,
    /// The exact category.
    pub category: &'static str,
    /// Handles of all who approved what closed it.
    pub approved_by: Vec<String>,
    /// What is proposed about the case and not decided yet.
    pub proposals: Vec<PendingProposal>,
    /// Reported posts as they were seen. Told for one report at a time, never in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<Evidence>>,
    /// `evidence`: posts that are not for everybody were left out, since looking at them needs a reason (`?reason=`) and is
    /// recorded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<&'static str>,
}

/// A reported post as it was seen.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Evidence {
    /// The post's id.
    pub status_id: Id,
    /// Its `ActivityPub` id.
    pub uri: String,
    /// Who could see it: `public`, `private`, …
    pub visibility: &'static str,
    /// `content`, `spoiler`, `sensitive`, `attachments`, `created_at`, `edited_at`.
    pub seen: Value,
    /// When it was seen.
    pub seen_at: Timestamp,
}
