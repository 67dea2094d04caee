//! The operator has helped an officer who had lost what they sign in with. Whoever asked may not have been that officer, so
//! everybody learns of it, and the officer's votes wait until the board has confirmed that it was.

use model::{
    AccountId,
    moderation::{Effect, Field, Target, board},
};
use serde_json::{Map, json};
use sqlx::PgConnection;

use super::carry_out::named;
use crate::{
    App, Result,
    moderation::{
        acting::officer_in,
        executor,
        log::{EntryKind, NewEntry},
        settle::{self, Settled},
        tell::{About, Event, tell},
    },
};

/// What the operator has reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reset {
    /// The second factor and the passkeys.
    SecondFactor,
    /// The password.
    Password,
    /// The mail address.
    Address,
    /// Who of the directory they are.
    Link,
}

impl Reset {
    /// The word in the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SecondFactor => "second_factor",
            Self::Password => "password",
            Self::Address => "address",
            Self::Link => "link",
        }
    }
}

/// Notes a reset, in its own transaction if the account is an officer's. Votes that they have cast on open proposals do not count
/// meanwhile, either: who asked for the reset may have been who cast them.
pub async fn after_reset(app: &App, account: AccountId, what: Reset) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let settled = after_reset_in(&mut tx, app, account, what).await?;
    tx.commit().await?;
    settled.tell(app);
    Ok(())
}

/// The same in the transaction of the reset; its head is locked from here on.
pub(crate) async fn after_reset_in(
    connection: &mut PgConnection,
    app: &App,
    account: AccountId,
    what: Reset,
) -> Result<Settled> {
    let Some(officer) = officer_in(connection, account).await? else {
        return Ok(Settled::default());
    };
    db::moderation::take_turn(connection).await?;
    let target = Target::Person(officer.person.id.get());
    let from = db::moderation::state_of(connection, &target, Field::VotesWait).await?;
    let effects = if from.is_some() {
        Vec::new()
    } else {
        vec![Effect {
            target: target.clone(),
            field: Field::VotesWait,
            from,
            to: Some(json!(true)),
        }]
    };
    let mut entry = NewEntry::new(EntryKind::OfficerReset);
    entry.action = Some(what.as_str().into());
    entry.target = Some(target);
    entry.public = Map::from_iter([("person".to_owned(), named(&officer.person))]);
    let seq = executor::enact(connection, app, &board::directory(), entry, effects).await?;
    tell(connection, Event::SeatChanged, About::Entry(seq)).await?;
    settle::settle_all(connection, app).await
}
