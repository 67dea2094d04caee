//! Mail to members: what is written, and the port by which it leaves.
//!
//! An operation says on what [`Occasion`] somebody is written to, in its own transaction ([`tell`]); a job writes
//! the letter in the member's language and hands it to the [`Mailer`]. A letter carries a message id of its own, so
//! that one sent twice by a slow relay is one in the reader's eyes (R23).

use futures_util::future::BoxFuture;
use jobs::{Job, Priority};
use model::AccountId;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use thiserror::Error;

use crate::{Result, consequences::enqueue};

/// On what occasion a member is written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// The password was changed.
    PasswordChanged,
    /// The mail address was changed to another; told to the old one.
    AddressChanged {
        /// Where it goes: the address until then.
        to: String,
    },
    /// Somebody signed in with a browser or from a network not seen before.
    NewPlace {
        /// What the browser calls itself.
        user_agent: String,
    },
    /// A second factor was set up, changed or given up.
    SecondFactorChanged {
        /// What happened, as a sentence's end: "an authenticator app was added".
        what: String,
    },
    /// The account was linked to the organisation's account.
    Linked,
    /// They have left the organisation.
    Left,
    /// A leaver's account is about to end.
    EndsSoon,
}

/// Writes to a member, in the transaction of the cause. Nothing happens when the member has no address.
#[expect(
    dead_code,
    reason = "the operations that write to members are on their way"
)]
pub(crate) async fn tell(
    connection: &mut PgConnection,
    account: AccountId,
    occasion: Occasion,
) -> Result<()> {
    let job = SendMail {
        account_id: account,
        occasion,
    };
    enqueue(connection, &job).await
}

/// A letter to a member.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendMail {
    /// The member.
    pub account_id: AccountId,
    /// Why they are written to.
    pub occasion: Occasion,
}

impl Job for SendMail {
    const KIND: &'static str = "send_mail";
    const PRIORITY: Priority = Priority::URGENT;
}

/// A letter, ready to leave.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The reader's address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The part of `Message-ID` before the `@`; the same whenever this letter is tried again.
    pub id: String,
}

/// Takes letters to a relay.
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
