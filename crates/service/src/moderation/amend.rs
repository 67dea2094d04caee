//! Changing a proposal that is open: everybody votes anew.

use model::moderation::ProposalId;

use super::{Acting, ProposalView, propose::NewProposal};
use crate::{App, Result};

/// Replaces what is proposed (its kind and targets stay of the same type); the revision goes up and all earlier votes are
/// dropped. The amender counts as its proposer from then on.
pub async fn amend(app: &App, acting: &Acting, id: ProposalId, new: NewProposal) -> Result<ProposalView> {
    let _ = (app, acting, id, new);
    todo!("lead")
}
