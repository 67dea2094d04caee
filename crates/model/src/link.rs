//! Who a member is to a directory or provider.

use time::OffsetDateTime;

use crate::id::AccountId;

/// A member, as a source knows them. The source's own id holds the two together, never a name or an address (S47).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Which source: `ldap`, `pam`, …, or an OpenID provider's issuer.
    pub source: String,
    /// The source's id of this person.
    pub subject: String,
    /// The member.
    pub account_id: AccountId,
    /// The name, as the source spelt it last.
    pub username: String,
    /// Since when.
    pub linked_at: OffsetDateTime,
    /// Last found there.
    pub seen_at: OffsetDateTime,
    /// Since when they are not found there.
    pub missing_since: Option<OffsetDateTime>,
}
