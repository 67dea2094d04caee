//! Taking a proposal back, and stopping one that cools off.

use model::moderation::ProposalId;

use super::{Acting, ProposalView};
use crate::{App, Result};

/// Takes an own proposal back. `Forbidden` for others, `Conflict` when it is not open; an emergency measure cannot be
/// withdrawn, only not ratified.
pub async fn withdraw(app: &App, acting: &Acting, id: ProposalId) -> Result<ProposalView> {
    let _ = (app, acting, id);
    todo!("lead")
}

/// Stops a carried proposal while it cools off: back to open, under a new revision. Any one moderator or board member may.
pub async fn stop(app: &App, acting: &Acting, id: ProposalId) -> Result<ProposalView> {
    let _ = (app, acting, id);
    todo!("lead")
}
