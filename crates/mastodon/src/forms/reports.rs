//! Reporting somebody.

use serde::Deserialize;

use super::lenient;

/// A new report. <https://docs.joinmastodon.org/methods/reports/#post>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct CreateReport {
    /// Who is reported.
    #[serde(deserialize_with = "lenient::text")]
    pub account_id: Option<String>,
    /// Posts that show it.
    #[serde(deserialize_with = "lenient::texts")]
    pub status_ids: Option<Vec<String>>,
    /// Collections that show it.
    #[serde(deserialize_with = "lenient::texts")]
    pub collection_ids: Option<Vec<String>>,
    /// Why.
    #[serde(deserialize_with = "lenient::text")]
    pub comment: Option<String>,
    /// A copy goes to the account's server.
    #[serde(deserialize_with = "lenient::flag")]
    pub forward: Option<bool>,
    /// To which servers, where not only to the account's own.
    #[serde(deserialize_with = "lenient::texts")]
    pub forward_to_domains: Option<Vec<String>>,
    /// `spam`, `legal`, `violation` or `other`.
    #[serde(deserialize_with = "lenient::text")]
    pub category: Option<String>,
    /// Rules that were broken.
    #[serde(deserialize_with = "lenient::texts")]
    pub rule_ids: Option<Vec<String>>,
}
