//! What moderators say to each other about a proposal.

use model::moderation::ProposalId;

use super::{Acting, ProposalView};
use crate::{App, Result};

/// Characters of a comment.
pub const LONGEST: usize = 5000;

/// Adds a comment. `Forbidden` for whoever is recused.
pub async fn comment(app: &App, acting: &Acting, id: ProposalId, text: &str) -> Result<ProposalView> {
    let _ = (app, acting, id, text);
    todo!("lead")
}
