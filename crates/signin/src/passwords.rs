//! Ways that check a name with a password.

use secrecy::{ExposeSecret, SecretString};

use crate::{Identity, Refusal, Steps, kerberos::Kerberos, ldap::Ldap, pam::Pam};

/// Longer names are nobody's.
const LONGEST_NAME: usize = 320;
/// Longer passwords are not sent anywhere, in bytes.
const LONGEST_PASSWORD: usize = 1024;

/// A way that checks a name with a password.
#[derive(Debug)]
pub enum PasswordWay {
    /// A directory.
    Ldap(Ldap),
    /// The system's modules.
    Pam(Pam),
    /// A realm.
    Kerberos(Kerberos),
}

impl PasswordWay {
    /// Its name in the log, in `Identity::source` and on the command line.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Ldap(_) => "ldap",
            Self::Pam(_) => "pam",
            Self::Kerberos(_) => "kerberos",
        }
    }

    /// Who has this name and password.
    pub async fn check(
        &self,
        login: &str,
        password: &SecretString,
        steps: &mut Steps,
    ) -> Result<Identity, Refusal> {
        match self {
            Self::Ldap(ldap) => ldap.check(login, password, steps).await,
            Self::Pam(pam) => pam.check(login, password, steps).await,
            Self::Kerberos(kerberos) => kerberos.check(login, password, steps).await,
        }
    }
}

/// Whether a name and password may be sent to a source at all. An empty password binds anonymously and seems to
/// succeed (RFC 4513, 5.1.2; S46), and NUL ends a string early in every C library.
pub fn is_sendable(login: &str, password: &SecretString) -> bool {
    let password = password.expose_secret();
    let is_text =
        |text: &str, longest| !text.is_empty() && text.len() <= longest && !text.contains('\0');
    is_text(login.trim(), LONGEST_NAME)
        && login.len() <= LONGEST_NAME
        && is_text(password, LONGEST_PASSWORD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_endless_or_cut_by_nul_is_sent_nowhere() {
        let is_sendable =
            |login: &str, password: &str| is_sendable(login, &SecretString::from(password));

        assert!(is_sendable("alice", "secret"));
        for (login, password) in [
            ("", "secret"),
            (" ", "secret"),
            ("alice", ""),
            ("alice", "\0"),
            ("alice", "\0secret"),
            ("ali\0ce", "secret"),
            ("alice", &"x".repeat(1_000_000)),
            (&"a".repeat(321), "secret"),
        ] {
            assert!(!is_sendable(login, password));
        }
    }
}
