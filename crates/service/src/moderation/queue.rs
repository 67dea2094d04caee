//! What waits for the moderators and the board.

use model::moderation::{Proposal, ProposalId, proposal::State};

use super::{Acting, ProposalView, view};
use crate::{App, Result};

/// Proposals to show in one list.
const MOST: i64 = 200;

/// Proposals that something will still become of, most urgent first: emergency measures by their deadline, then the oldest.
/// Without those that are about the one who looks.
pub async fn queue(app: &App, acting: &Acting) -> Result<Vec<ProposalView>> {
    let mut connection = app.db.acquire().await?;
    let found = db::moderation::pending_proposals(&mut connection, MOST).await?;
    let mut views = views_of(&mut connection, app, acting, found).await?;
    views.sort_by_key(|view| {
        (
            view.proposal.ratify_by.is_none(),
            view.proposal.ratify_by,
            view.proposal.id,
        )
    });
    Ok(views)
}

/// Proposals in these states, newest first, older than `before`.
pub async fn proposals(
    app: &App,
    acting: &Acting,
    states: &[State],
    before: Option<ProposalId>,
    limit: u16,
) -> Result<Vec<ProposalView>> {
    let mut connection = app.db.acquire().await?;
    let limit = i64::from(limit).clamp(1, MOST);
    let found = db::moderation::list_proposals(&mut connection, states, before, limit).await?;
    views_of(&mut connection, app, acting, found).await
}

async fn views_of(
    connection: &mut sqlx::PgConnection,
    app: &App,
    acting: &Acting,
    proposals: Vec<Proposal>,
) -> Result<Vec<ProposalView>> {
    let mut views = Vec::with_capacity(proposals.len());
    for proposal in proposals {
        if !view::hidden_from(connection, acting, &proposal).await? {
            views.push(view::view_of(connection, app, acting, proposal).await?);
        }
    }
    Ok(views)
}
