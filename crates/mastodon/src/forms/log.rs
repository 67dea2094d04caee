//! What is asked of the public log.

use schemars::JsonSchema;
use serde::Deserialize;

use super::lenient;

/// Which entries of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LogEntries {
    /// Entries after this number; from the first when not given.
    #[serde(deserialize_with = "lenient::number")]
    pub after: Option<i64>,
    /// How many at most: 40, or up to 200.
    #[serde(deserialize_with = "lenient::number")]
    pub limit: Option<i64>,
    /// Of this type only: `proposal.executed`, …
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Of this action only: `account.suspend`, …
    pub action: Option<String>,
    /// Of this category only.
    pub category: Option<String>,
    /// About this server only, as it is named in the log.
    pub domain: Option<String>,
}

/// Which proof that an entry is in the log's tree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct InclusionOf {
    /// The entry.
    #[serde(deserialize_with = "lenient::number")]
    pub seq: Option<i64>,
    /// Of which tree; the newest checkpoint's when not given.
    #[serde(deserialize_with = "lenient::number")]
    pub size: Option<i64>,
}

/// Which proof that the log continues what it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ConsistencyOf {
    /// Size of the earlier tree.
    #[serde(deserialize_with = "lenient::number")]
    pub from: Option<i64>,
    /// Size of the later; the newest checkpoint's when not given.
    #[serde(deserialize_with = "lenient::number")]
    pub to: Option<i64>,
}
