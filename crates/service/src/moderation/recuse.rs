//! Standing aside.

use model::moderation::{ProposalId, report::CaseId};

use super::Acting;
use crate::{App, Result};

/// A moderator stands aside from a proposal, for a reason that stays internal. Cannot be undone; an own vote is dropped.
pub async fn recuse_from_proposal(app: &App, acting: &Acting, id: ProposalId, reason: &str) -> Result<()> {
    let _ = (app, acting, id, reason);
    todo!("lead")
}

/// The same from a case, and from every proposal about it.
pub async fn recuse_from_case(app: &App, acting: &Acting, id: CaseId, reason: &str) -> Result<()> {
    let _ = (app, acting, id, reason);
    todo!("lead")
}
