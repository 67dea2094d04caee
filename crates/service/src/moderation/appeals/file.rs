//! A member asks for a decision to be looked at again.

use model::{
    AccountId,
    moderation::{
        Governance,
        appeal::{AppealId, StrikeId},
        proposal::State,
    },
};

use super::settle;
use crate::{
    App, Error, Result,
    moderation::{
        board,
        reports::written,
        tell::{About, Event, tell},
    },
};

/// Characters of an appeal, as in Mastodon.
pub const LONGEST_APPEAL: usize = 2_000;

/// Appeals a decision.
///
/// `NotFound` for a decision about somebody else; `Conflict` when it was appealed before, is undone already, or the time
/// for it is over; `Invalid` for a text that is empty or too long.
pub async fn file(app: &App, member: AccountId, strike: StrikeId, text: &str) -> Result<AppealId> {
    let text = written("text", text, LONGEST_APPEAL)?;
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let found = db::moderation::strike_by_id(&mut tx, strike).await?;
    let strike = found
        .filter(|strike| strike.account_id == member)
        .ok_or(Error::NotFound)?;
    let now = app.clock.now();
    if now >= strike.appealable_until {
        return Err(Error::Conflict(
            "The time in which this decision can be appealed is over".into(),
        ));
    }
    let proposal = db::moderation::find_proposal(&mut tx, strike.proposal_id).await?;
    let is_in_force = proposal
        .is_some_and(|proposal| matches!(proposal.state, State::Executed | State::Provisional));
    if strike.overruled_at.is_some() || !is_in_force {
        return Err(Error::Conflict("This decision is undone already".into()));
    }
    let governance = board::governance(&mut tx, app).await?;
    let due_at = now + Governance::lasting(governance.appeal_stage1);
    let id = db::moderation::insert_appeal(&mut tx, &strike, &text, due_at, now)
        .await
        .map_err(|error| match error {
            db::Error::Constraint(_) => Error::Conflict("This decision was appealed before".into()),
            other => other.into(),
        })?;
    tell(&mut tx, Event::AppealCreated, About::Appeal(id)).await?;
    // Where all had approved, nobody is left to uphold it: it is the board's at once.
    let settled = settle::settle(&mut tx, app, id).await?;
    tx.commit().await?;
    settled.tell(app);
    Ok(id)
}
