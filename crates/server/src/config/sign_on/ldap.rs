//! Signing in through a directory.

use crate::config::table::{Kind, Section, accept};

const LDAP: &str = "LDAP";

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "LDAP",
    introduction: "",
    variables: &[
        accept("LDAP_ENABLED", Kind::Boolean, "", "Members sign in with the directory's passwords.").with(LDAP),
        accept("LDAP_HOST", Kind::Text, "localhost", "Host name.").with(LDAP),
        accept("LDAP_PORT", Kind::Integer, "389", "Port.").with(LDAP),
        accept("MOOT_LDAP_URLS", Kind::List(','), "", "Several servers, asked in turn.").with(LDAP),
        accept("LDAP_METHOD", Kind::Text, "simple_tls", "`simple_tls` (LDAPS), `start_tls`, anything else is plain text.").with(LDAP),
        accept("MOOT_LDAP_ALLOW_PLAINTEXT", Kind::Boolean, "", "Plain text also to other machines.").with(LDAP),
        accept("LDAP_TLS_NO_VERIFY", Kind::Boolean, "", "No check of the certificate; warned of. `MOOT_LDAP_CA_FILE` is better.").with(LDAP),
        accept("MOOT_LDAP_CA_FILE", Kind::Text, "", "Certificate authority of the directory.").with(LDAP),
        accept("LDAP_BASE", Kind::Text, "", "Where the search begins.").with(LDAP),
        accept("LDAP_BIND_DN", Kind::Text, "", "Who searches; empty together with the password for anonymous search.").with(LDAP),
        accept("LDAP_PASSWORD", Kind::Text, "", "Password of the searcher.").secret().with(LDAP),
        accept("LDAP_UID", Kind::Text, "cn", "Attribute that becomes the user name; `uid` is usual.").with(LDAP),
        accept("LDAP_MAIL", Kind::Text, "mail", "Attribute of the e-mail address.").with(LDAP),
        accept("MOOT_LDAP_MAIL_TEMPLATE", Kind::Text, "", "Address for directories without one, such as `%{uid}@example.edu`.").with(LDAP),
        accept("LDAP_SEARCH_FILTER", Kind::Text, "(|(%<uid>s=%<email>s)(%<mail>s=%<email>s))", "How an entry is found; the older form `%{uid}` too.").with(LDAP),
        accept("LDAP_UID_CONVERSION_ENABLED", Kind::Boolean, "", "Characters of the user name are replaced.").with(LDAP),
        accept("LDAP_UID_CONVERSION_SEARCH", Kind::Text, ".,- ", "Which.").with(LDAP),
        accept("LDAP_UID_CONVERSION_REPLACE", Kind::Text, "_", "By what.").with(LDAP),
        accept("MOOT_LDAP_ID_ATTRIBUTE", Kind::Text, "", "Attribute that never changes and links person and account (`entryUUID`, `objectGUID`, `ipaUniqueID`).").with(LDAP),
        accept("MOOT_LDAP_CLAIM", Kind::Choice(&["never", "by_name", "by_mail"]), "never", "Whether a first sign-in takes over an existing account.").with(LDAP),
        accept("MOOT_LDAP_SYNC", Kind::Integer, "15", "Minutes between looks at known people.").with(LDAP),
        accept("MOOT_LDAP_REQUIRED_FILTER", Kind::Text, "", "What an entry must be to belong.").with(LDAP),
        accept("MOOT_LDAP_GROUP_BASE", Kind::Text, "", "Where groups are.").with(LDAP),
        accept("MOOT_LDAP_GROUP_FILTER", Kind::Text, "", "Which groups count.").with(LDAP),
        accept("MOOT_LDAP_ROLE_MAP", Kind::Text, "", "Groups that make candidates for a seat (`cn=board,…=board`).").with(LDAP),
    ],
};
