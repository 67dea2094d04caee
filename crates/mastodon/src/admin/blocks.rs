//! Rules about servers, mail and addresses, as moderators see them.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::Note;
use crate::{Id, TagHistory, Timestamp};

/// A rule about a server. <https://docs.joinmastodon.org/entities/Admin_DomainBlock/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Admin.DomainBlock")]
pub struct DomainBlock<'a> {
    /// Its id.
    pub id: Id,
    /// The server and everything below it.
    pub domain: Cow<'a, str>,
    /// SHA-256 of the domain, in hex.
    pub digest: Cow<'a, str>,
    /// Since when.
    pub created_at: Timestamp,
    /// `noop`, `silence` or `suspend`.
    pub severity: &'a str,
    /// Its media are not fetched.
    pub reject_media: bool,
    /// Its reports are not taken.
    pub reject_reports: bool,
    /// For moderators.
    pub private_comment: Option<Cow<'a, str>>,
    /// For everybody.
    pub public_comment: Option<Cow<'a, str>>,
    /// Its name is shown in part only in public.
    pub obfuscate: bool,
    /// What is proposed about it.
    pub moot: Note,
}

/// The refusal to make a rule that is there. <https://docs.joinmastodon.org/methods/admin/domain_blocks/#create>
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Admin.ExistingDomainBlockError")]
pub struct ExistingDomainBlock<'a> {
    /// What is wrong, in a sentence.
    pub error: Cow<'a, str>,
    /// The rule that is there.
    pub existing_domain_block: DomainBlock<'a>,
}

/// A server that may federate. <https://docs.joinmastodon.org/entities/Admin_DomainAllow/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Admin.DomainAllow")]
pub struct DomainAllow<'a> {
    /// Its id.
    pub id: Id,
    /// The server.
    pub domain: Cow<'a, str>,
    /// Since when.
    pub created_at: Timestamp,
    /// What is proposed about it.
    pub moot: Note,
}

/// A mail provider at whose addresses nobody joins. <https://docs.joinmastodon.org/entities/Admin_EmailDomainBlock/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Admin.EmailDomainBlock")]
pub struct EmailDomainBlock<'a> {
    /// Its id.
    pub id: Id,
    /// The domain.
    pub domain: Cow<'a, str>,
    /// Since when.
    pub created_at: Timestamp,
    /// Attempts to join; this server counts none, so the list is empty.
    pub history: Vec<TagHistory>,
    /// Somebody may still be let in by approval.
    pub allow_with_approval: bool,
    /// What is proposed about it.
    pub moot: Note,
}

/// A mail address with which nobody joins. <https://docs.joinmastodon.org/entities/Admin_CanonicalEmailBlock/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Admin.CanonicalEmailBlock")]
pub struct CanonicalEmailBlock<'a> {
    /// Its id.
    pub id: Id,
    /// SHA-256 of the address in the one form its spellings share, in hex.
    pub canonical_email_hash: Cow<'a, str>,
    /// What is proposed about it.
    pub moot: Note,
}

/// A rule about a range of IP addresses. <https://docs.joinmastodon.org/entities/Admin_IpBlock/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Admin.IpBlock")]
pub struct IpBlock<'a> {
    /// Its id.
    pub id: Id,
    /// The range, as CIDR.
    pub ip: Cow<'a, str>,
    /// `sign_up_requires_approval`, `sign_up_block` or `no_access`.
    pub severity: &'a str,
    /// Why.
    pub comment: Cow<'a, str>,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when.
    pub expires_at: Option<Timestamp>,
    /// What is proposed about it.
    pub moot: Note,
}
