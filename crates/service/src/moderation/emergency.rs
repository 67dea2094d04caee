//! Measures that cannot wait.

use model::moderation::ProposalId;

use super::{Acting, ProposalView, propose::NewProposal};
use crate::{App, Result};

/// Takes a measure at once and opens the proposal by which a second moderator has to ratify it (with [`super::vote`]); it is rolled
/// back by itself otherwise. `Forbidden`, with the reason, when it has to wait for a second person.
pub async fn take(app: &App, acting: &Acting, new: NewProposal) -> Result<ProposalView> {
    let _ = (app, acting, new);
    todo!("lead")
}

/// The same by the operator on the server's machine: two moderators have to ratify it.
pub async fn take_for_operator(app: &App, new: NewProposal) -> Result<ProposalId> {
    let _ = (app, new);
    todo!("lead")
}
