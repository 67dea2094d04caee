//! What waits for a second moderator.

use mastodon::{
    Id,
    admin::{Note, PendingProposal},
};
use service::moderation::admin::Pending;

use crate::render::Renderer;

/// Proposals in one line each.
pub(crate) fn lines(renderer: &Renderer, pending: &[Pending]) -> Vec<PendingProposal> {
    pending
        .iter()
        .map(|line| PendingProposal {
            id: Id(line.id.get()),
            kind: line.kind.as_str(),
            state: line.state.as_str(),
            approvals: line.approvals,
            needed: line.needed,
            url: renderer.proposal_url(line.id),
        })
        .collect()
}

impl Renderer {
    /// What Moot adds to an entity.
    pub(super) fn note(&self, pending: &[Pending]) -> Note {
        Note {
            proposals: lines(self, pending),
            ..Note::default()
        }
    }
}
