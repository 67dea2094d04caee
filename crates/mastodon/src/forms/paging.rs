//! Where a page of a list begins and how long it is.

use schemars::JsonSchema;
use serde::Deserialize;

use super::lenient;

/// Where a page begins and how long it is. <https://docs.joinmastodon.org/api/guidelines/#pagination>
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Paging {
    /// Only what is older than this, newest first.
    #[serde(deserialize_with = "lenient::number")]
    pub max_id: Option<i64>,
    /// Only what is newer than this, newest first.
    #[serde(deserialize_with = "lenient::number")]
    pub since_id: Option<i64>,
    /// Only what is newer than this, and of that the oldest.
    #[serde(deserialize_with = "lenient::number")]
    pub min_id: Option<i64>,
    /// How many entries are wanted.
    #[serde(deserialize_with = "lenient::number")]
    pub limit: Option<i64>,
    /// How many entries to skip, where a list has no ids to page by.
    #[serde(deserialize_with = "lenient::number")]
    pub offset: Option<i64>,
}
