//! Answering a proposal.

use model::moderation::{Answer, ProposalId, vote::Digest};

use super::{Acting, ProposalView};
use crate::{App, Result};

/// An answer to a proposal as it was seen.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// Which proposal.
    pub proposal: ProposalId,
    /// What the voter saw.
    pub digest: Digest,
    /// What they answer.
    pub answer: Answer,
    /// Why; compulsory for an objection.
    pub comment: String,
}

/// Takes a vote. The one that carries the proposal executes it, in the same transaction.
///
/// `Conflict` when the proposal has another digest by now or is closed; `Forbidden` when the voter is not eligible or has not
/// proved lately who they are.
pub async fn vote(app: &App, acting: &Acting, ballot: Ballot) -> Result<ProposalView> {
    let _ = (app, acting, ballot);
    todo!("lead")
}
