//! What went wrong with a directory, in words an administrator can act on.

use std::{error::Error, io};

use ldap3::{LdapError, LdapResult};

use super::tls;

/// Why a server could not answer. None of it is the person's fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// This server cannot; another may.
    Here(String),
    /// No server would: the settings or the directory must change first.
    Everywhere(String),
}

impl Trouble {
    pub(super) fn reason(&self) -> &str {
        match self {
            Self::Here(reason) | Self::Everywhere(reason) => reason,
        }
    }

    /// No connection, or one that broke.
    pub(super) fn connecting(error: &LdapError, host: &str) -> Self {
        Self::Here(match error {
            LdapError::Io { source } => io_reason(source, host),
            LdapError::Rustls { source } => tls::reason(source, host),
            LdapError::DNSName { .. } => {
                format!("{host} is no name that a certificate can be for (LDAP_HOST)")
            }
            LdapError::LdapResult { result } => format!(
                "{host} refuses StartTLS ({}), so nothing was sent to it: LDAP_METHOD=simple_tls with the port for \
                 it, or mend the directory",
                said(result)
            ),
            LdapError::Timeout { .. } => format!("{host} did not answer in time"),
            LdapError::ResultRecv { .. } | LdapError::OpSend { .. } | LdapError::EndOfStream => {
                format!("{host} ended the connection")
            }
            other => format!("{host}: {other}"),
        })
    }

    /// The searcher's own sign-in was refused. Other servers would say the same, and each try counts against it.
    pub(super) fn searcher_refused(result: &LdapResult, dn: &str) -> Self {
        match result.rc {
            8 | 13 => Self::Everywhere(needs_encryption(result)),
            3 | 10 | 11 | 51 | 52 | 80 => Self::Here(busy(result)),
            _ => Self::Everywhere(format!(
                "the directory refuses {dn} ({}): LDAP_BIND_DN and LDAP_PASSWORD must be of an entry that may \
                 search",
                said(result)
            )),
        }
    }

    /// A search failed, or was cut short.
    pub(super) fn searching(result: &LdapResult, base: &str) -> Self {
        match result.rc {
            3 | 4 | 11 => Self::Here(format!(
                "the directory cut the search short ({}): raise its limits for LDAP_BIND_DN",
                said(result)
            )),
            8 | 13 => Self::Everywhere(needs_encryption(result)),
            10 => Self::Here(format!(
                "the directory refers to another server for {base}; referrals are not followed: name that server \
                 itself (LDAP_HOST, MOOT_LDAP_URLS)"
            )),
            32 => Self::Here(format!(
                "{base} is not there, or LDAP_BIND_DN may not see it (LDAP_BASE, MOOT_LDAP_GROUP_BASE)"
            )),
            34 => Self::Everywhere(format!(
                "{base} is no name of an entry (LDAP_BASE, MOOT_LDAP_GROUP_BASE)"
            )),
            1 | 50 | 53 => Self::Here(format!(
                "the directory does not let us search {base} ({}): LDAP_BIND_DN must be of an entry that may",
                said(result)
            )),
            _ => Self::Here(busy(result)),
        }
    }
}

/// What a refused bind of a person means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bind {
    /// The password is theirs.
    Right,
    /// It is not, or the entry may not sign in. The text is the directory's.
    Wrong(String),
}

impl Bind {
    /// Reads the directory's answer to a person's bind.
    pub(super) fn of(result: &LdapResult) -> Result<Self, Trouble> {
        match result.rc {
            0 => Ok(Self::Right),
            // Invalid credentials; no such object; inappropriate authentication (an entry without password);
            // constraint violation, insufficient access and unwillingness, which is how directories say "locked".
            19 | 32 | 48 | 49 | 50 | 53 => Ok(Self::Wrong(said(result))),
            8 | 13 => Err(Trouble::Everywhere(needs_encryption(result))),
            34 => Err(Trouble::Everywhere(format!(
                "the directory calls the name of the entry none ({}): look at MOOT_LDAP_BIND_TEMPLATE",
                said(result)
            ))),
            _ => Err(Trouble::Here(busy(result))),
        }
    }
}

fn needs_encryption(result: &LdapResult) -> String {
    format!(
        "the directory wants an encrypted connection ({}): LDAP_METHOD=start_tls or simple_tls",
        said(result)
    )
}

fn busy(result: &LdapResult) -> String {
    format!("the directory could not answer ({})", said(result))
}

/// The directory's own words.
fn said(result: &LdapResult) -> String {
    let shown = result.to_string();
    let code = shown
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
        .map_or("unknown", |(code, _)| code);
    match result.text.trim() {
        "" => format!("{code}, {}", result.rc),
        text => format!("{code}, {}: {text}", result.rc),
    }
}

fn io_reason(error: &io::Error, host: &str) -> String {
    let mut cause: Option<&(dyn Error + 'static)> = error.get_ref().map(|inner| inner as _);
    while let Some(inner) = cause {
        if let Some(error) = inner.downcast_ref::<rustls::Error>() {
            return tls::reason(error, host);
        }
        cause = inner.source();
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            format!("nobody listens at {host} (LDAP_HOST and LDAP_PORT, or MOOT_LDAP_URLS)")
        }
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::BrokenPipe => format!(
            "{host} ended the connection: it may not speak TLS there (LDAP_METHOD, LDAP_PORT)"
        ),
        _ => format!("{host} cannot be reached: {error} (LDAP_HOST, LDAP_PORT or MOOT_LDAP_URLS)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(rc: u32) -> LdapResult {
        LdapResult {
            rc,
            matched: String::new(),
            text: String::new(),
            refs: Vec::new(),
            ctrls: Vec::new(),
        }
    }

    /// R23: only the directory's own "no" counts as the member's.
    #[test]
    fn a_directory_that_cannot_answer_does_not_say_that_a_password_is_wrong() {
        for rc in [1, 2, 3, 8, 10, 11, 13, 34, 51, 52, 80, 90] {
            assert!(Bind::of(&answer(rc)).is_err(), "{rc}");
        }
        for rc in [19, 32, 48, 49, 50, 53] {
            assert!(matches!(Bind::of(&answer(rc)), Ok(Bind::Wrong(_))), "{rc}");
        }
        assert_eq!(Bind::of(&answer(0)), Ok(Bind::Right));
    }

    #[test]
    fn a_refused_searcher_is_not_tried_on_other_servers_but_a_busy_one_is() {
        assert!(matches!(
            Trouble::searcher_refused(&answer(49), "cn=moot"),
            Trouble::Everywhere(_)
        ));
        assert!(matches!(
            Trouble::searcher_refused(&answer(51), "cn=moot"),
            Trouble::Here(_)
        ));
    }

    #[test]
    fn troubles_name_the_directorys_words_and_the_setting_to_look_at() {
        let mut refused = answer(49);
        "80090308: AcceptSecurityContext error, data 532".clone_into(&mut refused.text);

        let trouble = Trouble::searcher_refused(&refused, "cn=moot");

        let reason = trouble.reason();
        assert!(reason.contains("invalidCredentials, 49"), "{reason}");
        assert!(reason.contains("data 532"), "{reason}");
        assert!(reason.contains("LDAP_PASSWORD"), "{reason}");
    }
}
