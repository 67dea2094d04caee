//! Telling moderators and the board what waits for them, in the channels the operator has configured.
//!
//! An event is enqueued in the transaction of its cause. When the job runs, it loads the thing afresh, puts it in words,
//! and enqueues one delivery for each channel and letter, so that one that fails holds up no other. A message carries
//! category, age, link and what is needed: never names of reporters or of whom it is about, text of posts or media.

mod deliver;
mod event;
mod fan_out;
mod health;
mod letter;
mod place;
mod places;
mod readers;
mod remind;
mod words;

use jobs::{Job, Priority};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::{App, Result, consequences::enqueue, keys};

pub use deliver::TellChannel;
pub use event::{About, Event};
pub use health::{ChannelHealth, health};
pub use letter::TellByMail;
pub use places::Places;
pub(crate) use {deliver::deliver, fan_out::fan_out, letter::write, remind::remind};

/// Something that moderators or the board are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellModerators {
    /// What has happened.
    pub event: Event,
    /// To what.
    pub about: About,
    /// Its own name: each delivery's begins with it, so that one made twice is known as the same.
    pub key: String,
}

impl Job for TellModerators {
    const KIND: &'static str = "tell_moderators";
    const PRIORITY: Priority = Priority::URGENT;
}

/// Enqueues it in the caller's transaction.
pub(crate) async fn tell(connection: &mut PgConnection, event: Event, about: About) -> Result<()> {
    let key = hex::encode(keys::random_bytes::<8>());
    enqueue(connection, &TellModerators { event, about, key }).await
}

/// Enqueues that somebody has signed up. Only programs want to know; without one, nothing is enqueued.
pub(crate) async fn tell_of_newcomer(
    connection: &mut PgConnection,
    app: &App,
    account: model::AccountId,
) -> Result<()> {
    if app.places.has_programs() {
        tell(connection, Event::AccountCreated, About::Account(account)).await?;
    }
    Ok(())
}
