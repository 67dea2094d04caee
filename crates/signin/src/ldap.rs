//! A directory (LDAP, RFC 4511).

use secrecy::SecretString;

use crate::{Identity, Refusal, Steps};

/// A directory.
#[derive(Debug)]
pub struct Ldap {}

/// Whether somebody is still in the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presence {
    /// They are, and this is what it says of them now.
    Here(Identity),
    /// They are not, or are disabled, or do not belong any more. The text says which.
    Gone(String),
}

impl Ldap {
    /// Who has this name and password.
    pub async fn check(
        &self,
        _login: &str,
        _password: &SecretString,
        _steps: &mut Steps,
    ) -> Result<Identity, Refusal> {
        todo!()
    }

    /// What the directory says of these people now, in the order asked for. An error when it could not be asked
    /// about all of them: nothing is then known of anybody.
    pub async fn look_up(&self, _subjects: &[String]) -> Result<Vec<Presence>, Refusal> {
        todo!()
    }
}
