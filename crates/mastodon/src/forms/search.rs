//! Searching.

use serde::Deserialize;

use super::{Paging, lenient};

/// A search. <https://docs.joinmastodon.org/methods/search/#v2>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Search {
    /// What is looked for.
    #[serde(deserialize_with = "lenient::text")]
    pub q: Option<String>,
    /// `accounts`, `hashtags` or `statuses`; all when absent.
    #[serde(rename = "type", deserialize_with = "lenient::text")]
    pub kind: Option<String>,
    /// Whether unknown handles and URLs are looked up elsewhere.
    #[serde(deserialize_with = "lenient::flag")]
    pub resolve: Option<bool>,
    /// Only accounts the viewer follows.
    #[serde(deserialize_with = "lenient::flag")]
    pub following: Option<bool>,
    /// Only posts of this account.
    #[serde(deserialize_with = "lenient::text")]
    pub account_id: Option<String>,
    /// Which part of the results.
    #[serde(flatten)]
    pub paging: Paging,
}
