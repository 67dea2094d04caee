//! What waits for a second moderator, in one line each.

use std::collections::HashMap;

use model::moderation::{Kind, Proposal, ProposalId, Target, proposal::State, report::CaseId};
use sqlx::PgConnection;

use crate::{
    App, Result,
    moderation::{Acting, settle, view},
};

/// A proposal that something will still become of.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Its id.
    pub id: ProposalId,
    /// What is proposed.
    pub kind: Kind,
    /// How far it has come.
    pub state: State,
    /// Approvals that count.
    pub approvals: usize,
    /// Approvals that are needed.
    pub needed: usize,
}

/// What is proposed about a case, as far as the one who looks may know.
pub async fn pending_about_case(app: &App, acting: &Acting, case: CaseId) -> Result<Vec<Pending>> {
    let mut connection = app.db.acquire().await?;
    let proposals = db::moderation::proposals_about_case(&mut connection, case).await?;
    let mut found = Vec::new();
    for proposal in proposals {
        if proposal.state.is_pending()
            && let Some(line) = line(&mut connection, app, acting, &proposal).await?
        {
            found.push(line);
        }
    }
    Ok(found)
}

/// Which of these cases the one who looks stands aside from: Mastodon's apps are not shown their reports.
pub async fn recused_from(app: &App, acting: &Acting, cases: &[CaseId]) -> Result<Vec<CaseId>> {
    let mut connection = app.db.acquire().await?;
    let person = &acting.officer.person;
    Ok(
        db::moderation::admin::recused_among(&mut connection, person.id, person.account_id, cases)
            .await?,
    )
}

/// What is proposed about each of these things, by key.
pub(super) async fn among(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    target_type: &str,
    keys: &[String],
) -> Result<HashMap<String, Vec<Pending>>> {
    let proposals = db::moderation::admin::pending_among(connection, target_type, keys).await?;
    let mut found: HashMap<String, Vec<Pending>> = HashMap::new();
    for proposal in proposals {
        let Some(line) = line(connection, app, acting, &proposal).await? else {
            continue;
        };
        let about = proposal.targets.iter().map(Target::key);
        for key in about.filter(|key| keys.contains(key)) {
            found.entry(key).or_default().push(line.clone());
        }
    }
    Ok(found)
}

/// Proposals of a kind, with their one line.
pub(super) async fn of_kind(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    kind: Kind,
) -> Result<Vec<(Proposal, Pending)>> {
    let proposals = db::moderation::admin::pending_of_kind(connection, kind).await?;
    let mut found = Vec::new();
    for proposal in proposals {
        if let Some(line) = line(connection, app, acting, &proposal).await? {
            found.push((proposal, line));
        }
    }
    Ok(found)
}

async fn line(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    proposal: &Proposal,
) -> Result<Option<Pending>> {
    if view::hidden_from(connection, acting, proposal).await? {
        return Ok(None);
    }
    let ballot = settle::ballot(connection, app, proposal).await?;
    let (approvals, needed, _) = ballot.standing(proposal);
    Ok(Some(Pending {
        id: proposal.id,
        kind: proposal.kind,
        state: proposal.state,
        approvals,
        needed,
    }))
}
