//! Taking back an emergency measure that was not ratified.

use model::moderation::{
    Effect, Kind, Proposal, Target, Warrant, proposal::State, report::Category,
};
use serde_json::json;
use sqlx::PgConnection;

use super::{Ballot, Settled, entry::entry};
use crate::{
    App, Result,
    moderation::{
        executor::{self, Extent, Measure},
        log::EntryKind,
        tell::{About, Event, tell},
    },
};

/// How long the board has to decide about posts that stay hidden because they are said to be against the law.
pub(in crate::moderation) const QUARANTINE: time::Duration = time::Duration::hours(72);

/// Puts everything back as it was. Posts said to be against the law stay in quarantine, and the board is told.
pub(super) async fn roll_back(
    connection: &mut PgConnection,
    app: &App,
    proposal: &mut Proposal,
    ballot: &Ballot,
    warrant: &Warrant,
) -> Result<Settled> {
    let keeps_hidden =
        proposal.kind == Kind::StatusHide && proposal.category == Category::IllegalContent;
    let base = entry(
        connection,
        app,
        EntryKind::EmergencyRolledBack,
        proposal,
        ballot,
        warrant,
    )
    .await?;
    for outcome in db::moderation::outcomes_of(connection, proposal.id).await? {
        let back = if keeps_hidden {
            quarantined(&outcome.effects)
        } else {
            still_ours(connection, &outcome).await?
        };
        let mut entry = base.clone();
        entry.target = Some(outcome.target.clone());
        entry.related = outcome.log_seq.into_iter().collect();
        entry.appealable_until = None;
        let seq = executor::enact(connection, app, warrant, entry, back.clone()).await?;
        if keeps_hidden {
            db::moderation::keep_outcome(connection, proposal.id, &outcome.target, &back, seq)
                .await?;
            continue;
        }
        let measure = Measure {
            proposal,
            target: &outcome.target,
            effects: &back,
            seq,
            extent: Extent::Undone,
        };
        executor::follow_up(connection, app, warrant, &measure).await?;
    }
    let now = app.clock.now();
    proposal.state = State::RolledBack;
    proposal.decided_at = Some(now);
    if keeps_hidden {
        // The board's time; when it is over, the posts are shown again.
        proposal.execute_at = Some(now + QUARANTINE);
    }
    db::moderation::set_progress(connection, proposal).await?;
    tell(
        connection,
        Event::EmergencyRolledBack,
        About::Proposal(proposal.id),
    )
    .await?;
    Ok(Settled {
        targets: proposal.targets.clone(),
    })
}

/// Ends a quarantine: shown again.
pub(in crate::moderation) async fn end_quarantine(
    connection: &mut PgConnection,
    app: &App,
    proposal: &mut Proposal,
    ballot: &Ballot,
    warrant: &Warrant,
) -> Result<Settled> {
    let base = entry(
        connection,
        app,
        EntryKind::EmergencyRolledBack,
        proposal,
        ballot,
        warrant,
    )
    .await?;
    let mut targets: Vec<Target> = Vec::new();
    for outcome in db::moderation::outcomes_of(connection, proposal.id).await? {
        let shown: Vec<Effect> = outcome
            .effects
            .iter()
            .map(|effect| Effect {
                target: effect.target.clone(),
                field: effect.field,
                from: effect.to.clone(),
                to: None,
            })
            .collect();
        let back = still_so(connection, shown).await?;
        let mut entry = base.clone();
        entry.target = Some(outcome.target.clone());
        entry.related = outcome.log_seq.into_iter().collect();
        entry.appealable_until = None;
        let seq = executor::enact(connection, app, warrant, entry, back.clone()).await?;
        let measure = Measure {
            proposal,
            target: &outcome.target,
            effects: &back,
            seq,
            extent: Extent::Undone,
        };
        executor::follow_up(connection, app, warrant, &measure).await?;
        targets.push(outcome.target);
    }
    proposal.execute_at = None;
    db::moderation::set_progress(connection, proposal).await?;
    Ok(Settled { targets })
}

/// The way back, for what nobody has decided about meanwhile: what a later decision has set stays, even where it is the same.
pub(in crate::moderation) async fn still_ours(
    connection: &mut PgConnection,
    outcome: &db::moderation::Outcome,
) -> Result<Vec<Effect>> {
    let mut ours = Vec::with_capacity(outcome.effects.len());
    for effect in outcome.effects.iter().rev() {
        let set_by = db::moderation::state_set_by(connection, &effect.target, effect.field).await?;
        if set_by.is_none() || set_by == outcome.log_seq {
            ours.push(effect.undone());
        }
    }
    still_so(connection, ours).await
}

async fn still_so(connection: &mut PgConnection, back: Vec<Effect>) -> Result<Vec<Effect>> {
    let mut kept = Vec::with_capacity(back.len());
    for effect in back {
        let held = db::moderation::state_of(connection, &effect.target, effect.field).await?;
        if held == effect.from {
            kept.push(effect);
        }
    }
    Ok(kept)
}

/// From hidden to quarantined.
fn quarantined(effects: &[Effect]) -> Vec<Effect> {
    effects
        .iter()
        .map(|effect| Effect {
            target: effect.target.clone(),
            field: effect.field,
            from: effect.to.clone(),
            to: Some(json!("quarantined")),
        })
        .collect()
}
