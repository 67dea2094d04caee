//! A Kerberos realm.

use secrecy::SecretString;

use crate::{Identity, Refusal, Steps};

/// A Kerberos realm.
#[derive(Debug)]
pub struct Kerberos {}

impl Kerberos {
    /// Who has this name and password.
    pub async fn check(
        &self,
        _login: &str,
        _password: &SecretString,
        _steps: &mut Steps,
    ) -> Result<Identity, Refusal> {
        todo!()
    }
}
