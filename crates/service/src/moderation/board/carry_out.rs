//! Carrying out what the board has decided.

mod after;
mod plan;
mod words;

use model::moderation::{Effect, PersonId, Target, Warrant, board::Decision, warrant::Authority};
use serde_json::{Map, Value, json};
use sqlx::PgConnection;

use super::resolution::Resolution;
use crate::{
    App, Result,
    moderation::{
        executor,
        log::{EntryKind, NewEntry},
        settle::{self, Settled},
        tell::{About, Event, tell},
    },
};

pub(super) use plan::named;
pub(super) use words::{sentences, warnings};

/// What a decision changes, found out when it takes effect.
#[derive(Debug, Default)]
struct Plan {
    /// About what the entry of the log is.
    target: Option<Target>,
    /// Changes of the moderation state, in order.
    effects: Vec<Effect>,
    /// What the public sees besides the board's own words.
    public: Map<String, Value>,
}

/// Tries whether a decision could be carried out, so that nobody records what cannot be. Answers what to think about.
pub(super) async fn rehearse(
    connection: &mut PgConnection,
    app: &App,
    resolution: &Resolution,
) -> Result<Vec<String>> {
    plan::plan(connection, app, resolution).await?;
    warnings(connection, app, resolution).await
}

/// Carries a confirmed decision out: the entry of the log, what it changes, and what follows from that.
pub(super) async fn carry_out(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    decision: &Decision,
    resolution: &Resolution,
) -> Result<Settled> {
    let plan = plan::plan(connection, app, resolution).await?;
    let mut entry = NewEntry::new(EntryKind::BoardDecision);
    entry.action = Some(decision.kind.as_str().into());
    entry.target = plan.target;
    entry.proposer = Some(decision.recorded_by);
    entry.approved_by = deciders(warrant);
    entry.board_decision = Some(decision.id);
    entry.digest = Some(decision.digest.to_vec());
    entry.public = plan.public;
    entry.public.insert("text".into(), json!(decision.text));
    entry
        .public
        .insert("decided_on".into(), json!(decision.decided_on.to_string()));
    if let Some(url) = &decision.minutes_url {
        entry.public.insert("minutes_url".into(), json!(url));
    }
    let mut targets: Vec<Target> = plan
        .effects
        .iter()
        .map(|effect| effect.target.clone())
        .collect();
    let seq = executor::enact(connection, app, warrant, entry, plan.effects).await?;
    if targets
        .iter()
        .any(|target| matches!(target, Target::Seat(_)))
    {
        tell(connection, Event::SeatChanged, About::Entry(seq)).await?;
    }
    let after = after::after(connection, app, warrant, decision, resolution).await?;
    targets.extend(after.targets);
    if changes_who_counts(resolution) {
        targets.extend(settle::settle_all(connection, app).await?.targets);
    }
    Ok(Settled { targets })
}

/// Whether proposals that are open have to be counted anew.
fn changes_who_counts(resolution: &Resolution) -> bool {
    matches!(
        resolution,
        Resolution::AppointModerator { .. }
            | Resolution::RemoveModerator { .. }
            | Resolution::ChangeGovernance { .. }
            | Resolution::AppointAdHoc { .. }
            | Resolution::ConfirmReset { .. }
    )
}

fn deciders(warrant: &Warrant) -> Vec<PersonId> {
    match warrant.authority() {
        Authority::Board { by, .. } => by.clone(),
        _ => Vec::new(),
    }
}
