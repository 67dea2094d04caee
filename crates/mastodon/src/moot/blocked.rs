//! Servers that are blocked, for everybody.

use schemars::JsonSchema;
use serde::Serialize;

/// A blocked server. <https://docs.joinmastodon.org/entities/DomainBlock/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DomainBlock {
    /// The server, with stars in its name where the moderators decided so.
    pub domain: String,
    /// SHA-256 of the domain, in hex.
    pub digest: String,
    /// `silence` or `suspend`.
    pub severity: String,
    /// Why.
    pub comment: Option<String>,
}
