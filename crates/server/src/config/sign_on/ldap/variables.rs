//! The variables of a directory.

use crate::config::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "LDAP",
    introduction: "Members sign in with the password of their entry in a directory. `%<name>s` and `%{name}` mean the same; `%%` is a percent sign.",
    variables: &[
        accept(
            "LDAP_ENABLED",
            Kind::Boolean,
            "",
            "Members sign in with the directory's passwords.",
        ),
        accept("LDAP_HOST", Kind::Text, "localhost", "Host name."),
        accept(
            "LDAP_PORT",
            Kind::Integer,
            "389",
            "Port; `simple_tls` usually wants 636.",
        ),
        accept(
            "MOOT_LDAP_URLS",
            Kind::List(','),
            "",
            "Several servers, asked in turn, in place of `LDAP_HOST` and `LDAP_PORT`: `ldaps://a.example,ldap://b.example`, or `ldapi://%2Frun%2Fslapd%2Fldapi`. `ldap` means StartTLS, unless `LDAP_METHOD` is plain text.",
        ),
        accept(
            "LDAP_METHOD",
            Kind::Text,
            "simple_tls",
            "`simple_tls` (LDAPS), `start_tls`, anything else is plain text, which is refused except to this machine itself.",
        ),
        accept(
            "MOOT_LDAP_ALLOW_PLAINTEXT",
            Kind::Boolean,
            "",
            "Plain text also to other machines: whoever listens on the way reads passwords.",
        ),
        accept(
            "LDAP_TLS_NO_VERIFY",
            Kind::Boolean,
            "",
            "No check of the certificate; warned of. `MOOT_LDAP_CA_FILE` is better.",
        ),
        accept(
            "MOOT_LDAP_CA_FILE",
            Kind::Text,
            "",
            "Certificate authority of the directory (PEM), believed beside the system's. The certificate must be for the host's name.",
        ),
        accept(
            "LDAP_BASE",
            Kind::Text,
            "",
            "Where people are; nobody elsewhere is believed. Needed.",
        ),
        accept(
            "LDAP_BIND_DN",
            Kind::Text,
            "",
            "Who searches; empty together with the password for anonymous search.",
        ),
        accept("LDAP_PASSWORD", Kind::Text, "", "Password of the searcher.").secret(),
        accept(
            "MOOT_LDAP_BIND_TEMPLATE",
            Kind::Text,
            "",
            "Name of a person's entry, such as `uid=%{uid},ou=people,dc=example,dc=edu`: the password is tried there at once, and nobody is searched before.",
        ),
        accept(
            "LDAP_UID",
            Kind::Text,
            "cn",
            "Attribute that becomes the user name; `uid` is usual.",
        ),
        accept(
            "LDAP_MAIL",
            Kind::Text,
            "mail",
            "Attribute of the e-mail address.",
        ),
        accept(
            "MOOT_LDAP_MAIL_TEMPLATE",
            Kind::Text,
            "",
            "Address of entries without one, such as `%{uid}@example.edu`.",
        ),
        accept(
            "LDAP_SEARCH_FILTER",
            Kind::Text,
            "(|(%<uid>s=%<email>s)(%<mail>s=%<email>s))",
            "How an entry is found: `uid` and `mail` are the attributes above, `email` is what was typed. It must find exactly one entry.",
        ),
        accept(
            "LDAP_UID_CONVERSION_ENABLED",
            Kind::Boolean,
            "",
            "Characters of the user name are replaced.",
        ),
        accept("LDAP_UID_CONVERSION_SEARCH", Kind::Text, ".,- ", "Which."),
        accept("LDAP_UID_CONVERSION_REPLACE", Kind::Text, "_", "By what."),
        accept(
            "MOOT_LDAP_ID_ATTRIBUTE",
            Kind::Text,
            "",
            "Attribute that never changes and links person and account; without it, the first that an entry has of `entryUUID`, `objectGUID`, `ipaUniqueID`, `nsUniqueId`. Not to be changed later.",
        ),
        accept(
            "MOOT_LDAP_CLAIM",
            Kind::Choice(&["never", "by_name", "by_mail"]),
            "never",
            "Whether a first sign-in takes over an existing account: one of the same name without a password here, or one with the same confirmed address.",
        ),
        accept(
            "MOOT_LDAP_SYNC",
            Kind::Integer,
            "15",
            "Minutes between looks at known people; `0` for none.",
        ),
        accept(
            "MOOT_LDAP_DISPLAY_NAME",
            Kind::Boolean,
            "",
            "The directory also sets the display names of members who have not chosen one.",
        ),
        accept(
            "MOOT_LDAP_REQUIRED_FILTER",
            Kind::Text,
            "",
            "What an entry must be to belong, such as `(memberOf=cn=members,ou=groups,dc=example,dc=edu)`.",
        ),
        accept(
            "MOOT_LDAP_GROUP_BASE",
            Kind::Text,
            "",
            "Where groups are, for directories whose entries have no `memberOf`.",
        ),
        accept(
            "MOOT_LDAP_GROUP_FILTER",
            Kind::Text,
            "(|(member=%{dn})(uniqueMember=%{dn})(memberUid=%{uid}))",
            "Which of them somebody is in: `dn` is the name of their entry, `uid` the user name there.",
        ),
        accept(
            "MOOT_LDAP_ROLE_MAP",
            Kind::Text,
            "",
            "Groups that make eligible: `GROUP=candidate`, `=board` or `=operator`, divided by `;`, such as `cn=board,ou=groups,dc=example,dc=edu=board`.",
        ),
    ],
};
