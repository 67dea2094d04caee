//! Who may not take part in a decision, and what exactly it is about.

use model::moderation::{PersonId, Proposal, ProposalId, Target};
use sqlx::PgConnection;

use crate::{
    Error, Result,
    moderation::{appeals, board::resolution::Resolution},
};

/// Binds a decision to what it is about as that stands: what is confirmed is what was seen, be it a proposal or the holder of a
/// seat.
pub(super) async fn pinned(
    connection: &mut PgConnection,
    resolution: Resolution,
) -> Result<Resolution> {
    if let Resolution::RemoveModerator { seat_no, person_id } = resolution {
        let seats = db::moderation::seats(connection).await?;
        let holder = seats.iter().find(|seat| seat.no == seat_no);
        return Ok(Resolution::RemoveModerator {
            seat_no,
            person_id: person_id.or(holder.map(|seat| seat.holder.id)),
        });
    }
    let Resolution::SubstituteApproval {
        proposal_id,
        digest,
    } = resolution
    else {
        return Ok(resolution);
    };
    let proposal = proposal(connection, proposal_id).await?;
    if digest.is_some_and(|seen| seen != proposal.digest) {
        return Err(Error::Conflict(
            "The proposal has changed since you looked at it; look at it again".into(),
        ));
    }
    Ok(Resolution::SubstituteApproval {
        proposal_id,
        digest: Some(proposal.digest),
    })
}

/// Persons who take no part in a decision: they have voted on the case as moderators, or it is about them.
pub(super) async fn shut_out(
    connection: &mut PgConnection,
    resolution: &Resolution,
) -> Result<Vec<PersonId>> {
    let mut out = Vec::new();
    match resolution {
        Resolution::SubstituteApproval { proposal_id, .. }
        | Resolution::AppointAdHoc { proposal_id, .. }
        | Resolution::DecideQuarantine { proposal_id, .. } => {
            let proposal = proposal(connection, *proposal_id).await?;
            voters_and_targets(connection, &proposal, &mut out).await?;
        }
        Resolution::DecideAppeal { appeal_id, .. } => {
            out.extend(appeals::shut_out_of(connection, *appeal_id).await?);
        }
        Resolution::ConfirmReset { person_id } => out.push(*person_id),
        Resolution::AppointModerator { .. }
        | Resolution::RemoveModerator { .. }
        | Resolution::AdoptDocument { .. }
        | Resolution::ChangeGovernance { .. } => {}
    }
    Ok(out)
}

async fn voters_and_targets(
    connection: &mut PgConnection,
    proposal: &Proposal,
    out: &mut Vec<PersonId>,
) -> Result<()> {
    out.extend(db::moderation::voted_as_moderators(connection, proposal.id).await?);
    out.extend(db::moderation::recused_from(connection, proposal.id).await?);
    let mut concerned = db::moderation::involved_in(connection, proposal.id).await?;
    concerned.extend(proposal.targets.iter().filter_map(|target| match target {
        Target::Account(id) => Some(*id),
        _ => None,
    }));
    for account in concerned {
        if let Some(person) = db::moderation::person_of(connection, account).await? {
            out.push(person.id);
        }
    }
    Ok(())
}

async fn proposal(connection: &mut PgConnection, id: ProposalId) -> Result<Proposal> {
    db::moderation::find_proposal(connection, id)
        .await?
        .ok_or_else(|| Error::invalid("proposal_id", "ERR_INVALID", "is no proposal"))
}
