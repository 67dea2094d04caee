//! Somebody, as a source knows them.

/// What a source says of somebody it has recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Which source says so: `ldap`, `pam`, `kerberos`, `proxy`, `cas`, or an OpenID provider's issuer URL.
    /// With the subject it names one person; two sources never speak of the same subject (S47).
    pub source: String,
    /// The source's own id of this person, which never changes and is never given to another: `entryUUID`,
    /// OpenID's `sub`, a Kerberos principal. Sources without such an id give the name.
    pub subject: String,
    /// The name, in the organisation's spelling. It only proposes a handle.
    pub username: String,
    /// The mail address, if the source knows one.
    pub email: Option<String>,
    /// Whether the source vouches that the address is theirs.
    pub email_is_verified: bool,
    /// The name shown to others.
    pub display_name: Option<String>,
    /// The groups they are in: distinguished names of a directory, or a claim's words.
    pub groups: Vec<String>,
}
