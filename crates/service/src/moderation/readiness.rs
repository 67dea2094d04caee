//! What is missing before somebody's vote is taken: so that an edge can ask for it instead of being refused.

use super::{Acting, Via, board};
use crate::{App, Result};

/// What is missing before somebody can vote, act in an emergency or decide for the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// Nothing.
    Ready,
    /// A second factor: a password alone never suffices for a vote.
    NeedsSecondFactor,
    /// A proof within the last minutes.
    NeedsProof,
    /// The board has to confirm what the operator has reset.
    WaitsForBoard,
}

/// What is missing.
pub async fn readiness(app: &App, acting: &Acting) -> Result<Readiness> {
    if acting.officer.person.votes_wait {
        return Ok(Readiness::WaitsForBoard);
    }
    if let Via::Browser {
        has_second_factor: false,
        ..
    } = acting.via
    {
        return Ok(Readiness::NeedsSecondFactor);
    }
    let mut connection = app.db.acquire().await?;
    let governance = board::governance(&mut connection, app).await?;
    Ok(match acting.proof(&governance, app.clock.now()) {
        Ok(_) => Readiness::Ready,
        Err(_) => Readiness::NeedsProof,
    })
}
