//! What happens by itself when a time is over: expiry, cooling off, rollback, quarantine, appeals, reminders.
//!
//! Deadlines are instants in the database; a job looks every minute and at start, so that neither a stopped server nor a jumping
//! clock skips one.

use jobs::{Failure, Job};
use model::moderation::{Outcome, ProposalId, emergency, proposal::State};
use serde::{Deserialize, Serialize};
use tracing::error;

use super::{
    settle::{self, Settled},
    tell,
};
use crate::{App, Result};

/// Asks for a look at what is due.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct LookAtTimes;

impl Job for LookAtTimes {
    const KIND: &'static str = "look_at_moderation_times";
    const MAX_ATTEMPTS: u16 = 1;

    fn dedup_key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// The job: a proposal that cannot be dealt with holds up no other.
pub(crate) async fn look(app: &App) -> Result<(), Failure> {
    run(app).await.map_err(Failure::retry)
}

/// Does everything whose time has come. Safe to run twice at once.
pub async fn run(app: &App) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    let due = db::moderation::due_proposals(&mut connection, app.clock.now()).await?;
    drop(connection);
    for id in due {
        if let Err(problem) = proposal(app, id).await {
            error!(proposal.id = %id, "A proposal whose time has come could not be dealt with: {problem:#}");
        }
    }
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let settled = settle::settle_all(&mut tx, app).await?;
    tx.commit().await?;
    settled.tell(app);
    super::board::seats::end_ad_hoc(app).await?;
    super::board::directory::follow(app).await?;
    super::appeals::run_due(app).await?;
    tell::remind(app).await
}

async fn proposal(app: &App, id: ProposalId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let Some(mut proposal) = db::moderation::lock_proposal(&mut tx, id).await? else {
        return Ok(());
    };
    let now = app.clock.now();
    let is_over = |at: Option<time::OffsetDateTime>| at.is_some_and(|at| at <= now);
    let mut settled = Settled::default();
    match proposal.state {
        State::Open if proposal.expires_at <= now => {
            let ballot = settle::ballot(&mut tx, app, &proposal).await?;
            settle::end(&mut tx, app, &mut proposal, &ballot, State::Expired).await?;
        }
        State::Approved if is_over(proposal.execute_at) => {
            // Whoever has lost the seat since has no vote: count again.
            let ballot = settle::ballot(&mut tx, app, &proposal).await?;
            if let Outcome::Carried(warrant) = ballot.tally(&proposal) {
                settled = settle::execute(&mut tx, app, &mut proposal, &ballot, &warrant).await?;
            } else {
                proposal.state = State::Open;
                proposal.decided_at = None;
                proposal.execute_at = None;
                db::moderation::set_progress(&mut tx, &proposal).await?;
                settled = settle::settle(&mut tx, app, &mut proposal).await?;
            }
        }
        State::Provisional if is_over(proposal.ratify_by) => {
            settled = settle::settle(&mut tx, app, &mut proposal).await?;
        }
        State::RolledBack if is_over(proposal.execute_at) => {
            let ballot = settle::ballot(&mut tx, app, &proposal).await?;
            if let Some(warrant) = emergency::end_quarantine(&proposal, now) {
                settled =
                    settle::end_quarantine(&mut tx, app, &mut proposal, &ballot, &warrant).await?;
            }
        }
        _ => {}
    }
    tx.commit().await?;
    settled.tell(app);
    Ok(())
}
