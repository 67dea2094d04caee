//! The port by which letters leave. The binary fills it: a relay, a local program, the log, or nothing.

use futures_util::future::BoxFuture;
use thiserror::Error;

/// A letter, ready to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The reader's address.
    pub to: String,
    /// The subject, one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The part of `Message-ID` before the `@`; the same whenever this letter is tried again.
    pub id: String,
}

/// Takes letters to people.
pub trait Mailer: Send + Sync {
    /// Whether letters reach people. Where they do not, no address is asked to be confirmed.
    fn reaches_people(&self) -> bool;

    /// Hands a letter on.
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Undelivered>>;
}

/// Why a letter was not taken.
#[derive(Debug, Error)]
pub enum Undelivered {
    /// It may be taken later.
    #[error("the relay does not take mail at present")]
    ForNow(#[source] anyhow::Error),
    /// It will never be taken.
    #[error("the relay refuses this letter")]
    ForGood(#[source] anyhow::Error),
}

/// Sends nothing, for commands and for servers without mail.
#[derive(Clone, Copy, Debug)]
pub struct NoMail;

impl Mailer for NoMail {
    fn reaches_people(&self) -> bool {
        false
    }

    fn send<'a>(&'a self, _: &'a Letter) -> BoxFuture<'a, Result<(), Undelivered>> {
        Box::pin(async { Ok(()) })
    }
}
