//! A directory (LDAP, RFC 4511).
//!
//! Signing in searches the entry with an account of this server's own and then binds as the entry that was found,
//! or binds at once by a template. Several servers hold the same directory: the first that answers is believed, and
//! what fails on the way (busy, away, a certificate that is not theirs) is never a wrong password. Referrals are not
//! followed, results outside the base are not believed, and no password is kept.

mod connection;
mod dn;
mod entry;
mod id;
mod look_up;
mod servers;
mod settings;
mod sign_in;
mod template;
mod tls;
mod trouble;

pub use dn::{is_below, tidy};
pub use id::IdAttribute;
pub use settings::{
    Conversion, Encryption, Find, Groups, Plaintext, Searcher, Server, ServerError, Settings,
    is_filter,
};
pub use template::{Template, TemplateError};
pub use tls::{Authority, AuthorityError, Trust};

use secrecy::SecretString;

use crate::{Identity, Refusal, Steps, passwords::is_sendable};

use servers::Memory;

/// Its name in the log and in [`Identity::source`].
const WAY: &str = "ldap";

/// A directory.
#[derive(Debug)]
pub struct Ldap {
    settings: Box<Settings>,
    /// How its certificates are judged; or why they cannot be, told to whoever asks.
    tls: Result<tls::Tls, String>,
    memory: Memory,
}

/// Whether somebody is still in the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presence {
    /// They are, and this is what it says of them now.
    Here(Identity),
    /// They are not, or are disabled, or do not belong any more. The text says which.
    Gone(String),
}

impl Ldap {
    /// A directory that is asked from now on. Nothing is connected yet.
    pub fn new(settings: Settings) -> Self {
        Self {
            tls: tls::set_up(&settings.trust),
            memory: Memory::of(settings.servers.len()),
            settings: Box::new(settings),
        }
    }

    /// Who has this name and password.
    ///
    /// An unknown name takes a bind as long as a known one's, so that the two cannot be told apart by time.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] for whatever is not the person's fault, with the setting to look at.
    pub async fn check(
        &self,
        login: &str,
        password: &SecretString,
        steps: &mut Steps,
    ) -> Result<Identity, Refusal> {
        if !is_sendable(login, password) {
            steps.failed(
                WAY,
                "empty, too long or with a NUL: sent to no directory (RFC 4513, 5.1.2)",
            );
            return Err(Refusal::Wrong);
        }
        let proof = sign_in::Proof::Password(password);
        sign_in::check(self, login.trim(), proof, steps).await
    }

    /// The entry of somebody whom another way has recognised by this name, judged as at a sign-in.
    /// [`Refusal::Wrong`] when there is none.
    pub async fn find(&self, name: &str, steps: &mut Steps) -> Result<Identity, Refusal> {
        sign_in::check(self, name, sign_in::Proof::Elsewhere, steps).await
    }

    /// What the directory says of these people now, in the order asked for. A person is known by the id that
    /// [`Identity::subject`] held.
    ///
    /// A directory that answers properly and knows none of them is believed here: whether so many can have left is
    /// for the caller to judge.
    ///
    /// # Errors
    /// When it could not be asked about all of them, a search cut short by a limit included: nothing is then known
    /// of anybody.
    pub async fn look_up(&self, subjects: &[String]) -> Result<Vec<Presence>, Refusal> {
        look_up::look_up(self, subjects).await
    }
}
