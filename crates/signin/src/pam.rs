//! The system's modules (PAM).

use secrecy::SecretString;

use crate::{Identity, Refusal, Steps};

/// The system's modules (PAM).
#[derive(Debug)]
pub struct Pam {}

impl Pam {
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
