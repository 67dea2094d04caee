//! Mail to members: what is written, and the port by which it leaves.
//!
//! An operation says on what [`Occasion`] somebody is written to, in its own transaction (`tell`); a job writes
//! the letter and hands it to the [`Mailer`]. Links that prove something are made when the letter is written, so
//! that no queue and no backup of it holds one. A letter has an id of its own, so that one which a slow relay took
//! twice is one in the reader's eyes (R23).

mod compose;
mod deliver;
mod mailer;
mod measures;
mod token;

use jobs::{Job, Priority};
use model::AccountId;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

pub use compose::test_letter;
pub(crate) use compose::{Draft, Link, lay_out};
pub(crate) use deliver::deliver;
pub use mailer::{Letter, Mailer, NoMail, Undelivered};
pub(crate) use token::take;

use crate::{Result, consequences::enqueue, keys};

/// On what occasion a member is written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// An address is to be confirmed; goes to that address.
    ConfirmAddress {
        /// The address.
        to: String,
    },
    /// Somebody has asked for a new password.
    ResetPassword,
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
        /// What happened, as a whole sentence: "An authenticator app was added."
        what: String,
    },
    /// The account was linked to the organisation's account.
    Linked,
    /// They have left the organisation.
    Left,
    /// A leaver's account is about to end.
    EndsSoon,
    /// Moderators have decided something about the member.
    Decision {
        /// The strike.
        strike: i64,
    },
    /// An emergency measure against the member was not ratified.
    MeasureTakenBack {
        /// The strike that does not count.
        strike: i64,
    },
    /// A decision about the member was overruled on appeal.
    DecisionOverruled {
        /// The strike that does not count any more.
        strike: i64,
    },
    /// Somebody who had signed up was let in.
    Admitted,
    /// Moderators have decided about somebody whom the member had reported.
    ReportDecided {
        /// `action` or `no_action`.
        outcome: String,
    },
    /// Moderators ask the member something.
    ModeratorsAsk,
    /// A decision that the member had appealed stands.
    AppealUpheld,
    /// An app has voted in the member's name.
    AppVoted {
        /// On which proposal.
        proposal: i64,
    },
    /// The board has adopted a new version of a document that binds members.
    DocumentChanged {
        /// The word for it.
        kind: String,
        /// Which version.
        version: i32,
    },
    /// For operators: the directory misses so many members at once that nobody is let go.
    SyncHalted {
        /// By which the run can be accepted.
        number: i32,
        /// How many are missing.
        missing: usize,
    },
}

/// Writes to a member, in the transaction of the cause. Nothing happens when the member has no address.
pub(crate) async fn tell(
    connection: &mut PgConnection,
    account: AccountId,
    occasion: Occasion,
) -> Result<()> {
    let job = SendMail {
        account_id: account,
        occasion,
        id: hex::encode(keys::random_bytes::<16>()),
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
    /// The letter's own id, the same at each try.
    pub id: String,
}

impl Job for SendMail {
    const KIND: &'static str = "send_mail";
    const PRIORITY: Priority = Priority::URGENT;
    const TIME_LIMIT: std::time::Duration = std::time::Duration::from_mins(2);
}
