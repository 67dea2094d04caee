//! The only code that changes the moderation state.
//!
//! It takes a [`Warrant`], which only the rules in `model::moderation` can make, changes the state field by field with
//! everything in the server that follows from it, and writes the log, in the caller's transaction. Its parts are private to
//! it: nobody else can call them.

mod follow_up;
mod plan;
mod preview;
mod project;
mod strike;

use model::moderation::{Effect, Kind, Params, Proposal, Target, Warrant};
use serde_json::Value;
use sqlx::PgConnection;

use super::log::{self, NewEntry};
use crate::{App, Error, Result};

pub(crate) use plan::plan;
pub use preview::preview;

/// What a measure would change, found out when it is executed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// Changes of the moderation state, in order. None when the target is already so.
    pub(crate) effects: Vec<Effect>,
}

/// What is wanted, for finding out what it would change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Intent<'a> {
    /// What is to be done.
    pub(crate) kind: Kind,
    /// How, normalised.
    pub(crate) params: &'a Params,
    /// Id that the row made by it will have (a domain block's, an IP block's).
    pub(crate) reserved_id: i64,
}

impl<'a> Intent<'a> {
    /// What a proposal wants.
    pub(crate) const fn of(proposal: &'a Proposal) -> Self {
        Self {
            kind: proposal.kind,
            params: &proposal.params,
            reserved_id: proposal.reserved_id,
        }
    }
}

/// Why a measure does not fit any more: its target is gone, has moved, or is already so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stale(pub(crate) String);

/// How far a measure goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Everything: strike, notice, peers are told, follows severed.
    Full,
    /// An emergency measure: what can be taken back exactly. The member is told; no data are deleted, no follows severed,
    /// no `Delete` sent.
    Provisional,
    /// A provisional measure was ratified: what [`Extent::Provisional`] left out.
    Ratified,
    /// The state goes back to what it was.
    Undone,
}

/// Changes the state and writes the entry. Answers its number. Every effect must be covered by the warrant, or nothing happens:
/// that would be our bug.
pub(crate) async fn enact(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    mut entry: NewEntry,
    effects: Vec<Effect>,
) -> Result<i64> {
    if let Some(effect) = effects.iter().find(|effect| !warrant.covers(effect)) {
        return Err(Error::internal(anyhow::anyhow!(
            "{:?} may not change {} of {}",
            warrant.authority(),
            effect.field.as_str(),
            effect.target
        )));
    }
    entry.effects.clone_from(&effects);
    let seq = log::append(connection, app, entry).await?;
    for effect in &effects {
        db::moderation::set_state(connection, warrant, effect, seq, app.clock.now()).await?;
        project::project(connection, app, warrant, effect).await?;
    }
    Ok(seq)
}

/// What follows from a measure besides the state, for one target: strike and notice, sessions ended, follows severed, peers told.
/// In the caller's transaction; what must be told after its commit is told by [`after_commit`].
pub(crate) async fn follow_up(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    measure: &Measure<'_>,
) -> Result<()> {
    strike::follow_up(connection, app, warrant, measure).await?;
    follow_up::follow_up(connection, app, warrant, measure).await
}

/// A measure against one target, carried out or taken back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure<'a> {
    /// The proposal.
    pub(crate) proposal: &'a Proposal,
    /// The target.
    pub(crate) target: &'a Target,
    /// What changed.
    pub(crate) effects: &'a [Effect],
    /// Entry of the log.
    pub(crate) seq: i64,
    /// How far it goes.
    pub(crate) extent: Extent,
}

/// Tells caches and streams on all nodes what has changed, once it is committed.
pub(crate) fn after_commit(app: &App, targets: &[Target]) {
    project::after_commit(app, targets);
}

/// The value of a post that was deleted elsewhere too.
const DELETED: &str = "deleted";

/// How many times something was done that can be done any number of times: `true` once, else the number.
fn times(value: Option<&Value>) -> i64 {
    match value {
        None => 0,
        Some(value) => value.as_i64().unwrap_or(1),
    }
}
