//! Doing what was decided.

use model::moderation::{Effect, Field, Governance, Proposal, Target, Warrant, proposal::State};
use serde_json::json;
use sqlx::{Connection, PgConnection};

use super::{Ballot, Settled, entry::entry};
use crate::{
    App, Result,
    moderation::{
        digest::digest,
        executor::{self, Extent, Measure},
        log::EntryKind,
        tell::{About, Event, tell},
    },
};

/// Executes a carried proposal, all targets or, if any of them has changed so that the effect no longer fits, none: then it is open
/// again under a new revision, and everybody sees why. An emergency measure that is in force already is ratified instead.
pub(in crate::moderation) async fn execute(
    connection: &mut PgConnection,
    app: &App,
    proposal: &mut Proposal,
    ballot: &Ballot,
    warrant: &Warrant,
) -> Result<Settled> {
    let is_ratification = proposal.state == State::Provisional;
    let kind = if is_ratification {
        EntryKind::EmergencyRatified
    } else {
        EntryKind::ProposalExecuted
    };
    let extent = if is_ratification {
        Extent::Ratified
    } else {
        Extent::Full
    };
    let mut part = connection.begin().await?;
    let stale = carry_out(&mut part, app, proposal, ballot, warrant, kind, extent).await?;
    if let Some(why) = stale {
        part.rollback().await?;
        if is_ratification {
            // What was done at once was undone by a later decision: there is nothing left to ratify, nor to take back.
            proposal.failure = Some(why);
            super::end(connection, app, proposal, ballot, State::Superseded).await?;
            return Ok(Settled::default());
        }
        reopen(connection, app, proposal, why).await?;
        return Ok(Settled::default());
    }
    part.commit().await?;
    let now = app.clock.now();
    proposal.state = State::Executed;
    proposal.decided_at = proposal.decided_at.or(Some(now));
    proposal.executed_at = Some(now);
    proposal.failure = None;
    db::moderation::set_progress(connection, proposal).await?;
    supersede_others(connection, app, proposal).await?;
    tell(
        connection,
        Event::ProposalDecided,
        About::Proposal(proposal.id),
    )
    .await?;
    Ok(Settled {
        targets: proposal.targets.clone(),
    })
}

/// Carries a measure out against each target, with an entry of the log each, and closes the case it answers. Says why not,
/// if one of the targets does not fit any more.
pub(in crate::moderation) async fn carry_out(
    connection: &mut PgConnection,
    app: &App,
    proposal: &Proposal,
    ballot: &Ballot,
    warrant: &Warrant,
    kind: EntryKind,
    extent: Extent,
) -> Result<Option<String>> {
    let mut base = entry(connection, app, kind, proposal, ballot, warrant).await?;
    let earlier = if extent == Extent::Ratified {
        base.ratified_by = std::mem::take(&mut base.approved_by);
        base.approved_by.clone_from(&base.ratified_by);
        db::moderation::outcomes_of(connection, proposal.id).await?
    } else {
        Vec::new()
    };
    let mut closes = closing_effect(connection, proposal, extent).await?;
    for target in &proposal.targets {
        let done_before = earlier.iter().find(|outcome| outcome.target == *target);
        let planned = match done_before {
            // What is in force stays in force; only what was left out follows.
            Some(outcome) => {
                if super::still_ours(connection, outcome).await?.len() < outcome.effects.len() {
                    return Ok(Some("it was undone by a later decision".into()));
                }
                Vec::new()
            }
            None => match executor::plan(connection, app, executor::Intent::of(proposal), target)
                .await?
            {
                Ok(plan) => plan.effects,
                Err(stale) => return Ok(Some(stale.0)),
            },
        };
        let mut entry = base.clone();
        entry.target = Some(target.clone());
        entry.related = done_before
            .and_then(|outcome| outcome.log_seq)
            .into_iter()
            .collect();
        let mut changes = planned.clone();
        changes.extend(closes.take());
        let seq = executor::enact(connection, app, warrant, entry, changes.clone()).await?;
        let effects: Vec<Effect> = done_before
            .map(|outcome| outcome.effects.clone())
            .unwrap_or(planned);
        let measure = Measure {
            proposal,
            target,
            effects: &effects,
            seq,
            extent,
        };
        executor::follow_up(connection, app, warrant, &measure).await?;
        if done_before.is_none() {
            db::moderation::keep_outcome(connection, proposal.id, target, &effects, seq).await?;
        }
    }
    Ok(None)
}

/// A measure that answers reports closes their case, once it is final.
async fn closing_effect(
    connection: &mut PgConnection,
    proposal: &Proposal,
    extent: Extent,
) -> Result<Option<Effect>> {
    let Some(case) = proposal.case_id else {
        return Ok(None);
    };
    let target = Target::Case(case);
    if extent == Extent::Provisional || proposal.targets.contains(&target) {
        return Ok(None);
    }
    let from = db::moderation::state_of(connection, &target, Field::Closed).await?;
    Ok(from.is_none().then(|| Effect {
        target,
        field: Field::Closed,
        from: None,
        to: Some(json!("action")),
    }))
}

/// Back to open: the target has changed so that the effect no longer fits. Everybody votes anew, or it is withdrawn or expires.
async fn reopen(
    connection: &mut PgConnection,
    app: &App,
    proposal: &mut Proposal,
    why: String,
) -> Result<()> {
    open_again(connection, app, proposal).await?;
    let comment = db::moderation::CommentRow {
        person: None,
        text: format!("Could not be carried out: {why}"),
        at: app.clock.now(),
    };
    proposal.failure = Some(why);
    db::moderation::set_progress(connection, proposal).await?;
    db::moderation::insert_comment(connection, proposal.id, &comment).await?;
    tell(
        connection,
        Event::ProposalAmended,
        About::Proposal(proposal.id),
    )
    .await
}

/// Back to open under a new revision, with the whole time to be decided anew.
pub(in crate::moderation) async fn open_again(
    connection: &mut PgConnection,
    app: &App,
    proposal: &mut Proposal,
) -> Result<()> {
    let governance = crate::moderation::board::governance(connection, app).await?;
    proposal.state = State::Open;
    proposal.revision += 1;
    proposal.decided_at = None;
    proposal.execute_at = None;
    proposal.expires_at = app.clock.now() + Governance::lasting(governance.proposal_ttl);
    proposal.digest = digest(app, proposal)?;
    Ok(())
}

/// Others about the same targets that would do less, or the same, are of no use any more.
async fn supersede_others(
    connection: &mut PgConnection,
    app: &App,
    executed: &Proposal,
) -> Result<()> {
    for target in &executed.targets {
        for mut other in db::moderation::pending_about(connection, target).await? {
            let is_less = other.id != executed.id
                && other.state == State::Open
                && other
                    .targets
                    .iter()
                    .all(|target| executed.targets.contains(target))
                && executed.kind.supersedes(other.kind);
            if is_less {
                let ballot = super::ballot(connection, app, &other).await?;
                super::end(connection, app, &mut other, &ballot, State::Superseded).await?;
            }
        }
    }
    Ok(())
}
