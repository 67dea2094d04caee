//! What the log says about a proposal.

use model::moderation::{
    Answer, PersonId, Proposal, Vote, Warrant,
    report::{Report, ReportOrigin},
    warrant::Authority,
};
use serde_json::json;
use sqlx::PgConnection;

use super::Ballot;
use crate::{
    App, Result,
    moderation::log::{EntryKind, NewEntry, ReportCounts},
};

/// An entry about a proposal, without its target and effects.
pub(in crate::moderation) async fn entry(
    connection: &mut PgConnection,
    app: &App,
    kind: EntryKind,
    proposal: &Proposal,
    ballot: &Ballot,
    warrant: &Warrant,
) -> Result<NewEntry> {
    let governance = crate::moderation::board::governance(connection, app).await?;
    let reports = db::moderation::reports_by_ids(connection, &proposal.report_ids).await?;
    let mut entry = about(kind, proposal, ballot);
    entry.approved_by = approvers(warrant);
    entry.reports = counts(&reports);
    entry.duration = proposal.params.expires_in.map(i64::from);
    if proposal.kind.strike().is_some() {
        let window = model::moderation::Governance::lasting(governance.appeal_window);
        entry.appealable_until = Some(app.clock.now() + window);
    }
    Ok(entry)
}

/// An entry for something that had no effect: its public part is empty.
pub(super) fn internal(proposal: &Proposal, ballot: &Ballot) -> NewEntry {
    let mut entry = about(EntryKind::Internal, proposal, ballot);
    entry.target = proposal.targets.first().cloned();
    entry
}

fn about(kind: EntryKind, proposal: &Proposal, ballot: &Ballot) -> NewEntry {
    let answered = |answer: Answer| -> Vec<PersonId> {
        let is_meant = |vote: &&Vote| vote.revision == proposal.revision && vote.answer == answer;
        ballot
            .votes
            .iter()
            .filter(is_meant)
            .map(|vote| vote.person)
            .collect()
    };
    let mut entry = NewEntry::new(kind);
    entry.action = Some(proposal.kind.as_str().into());
    entry.category = Some(proposal.category);
    entry.rules.clone_from(&proposal.rule_ids);
    entry.guideline_version = proposal.guideline_version;
    entry.reason.clone_from(&proposal.reason_public);
    entry.proposer = proposal.proposer;
    entry.objected = answered(Answer::Object);
    entry.abstained = answered(Answer::Abstain);
    entry.recused = ballot
        .seats
        .iter()
        .filter(|seat| ballot.recused.contains(&seat.holder.id))
        .map(|seat| seat.no)
        .collect();
    entry.emergency = proposal.emergency;
    entry.digest = Some(proposal.digest.to_vec());
    entry
        .private
        .insert("proposal".into(), json!(proposal.id.to_string()));
    entry
        .private
        .insert("revision".into(), json!(proposal.revision));
    entry
        .private
        .insert("state".into(), json!(proposal.state.as_str()));
    entry
        .private
        .insert("salt".into(), json!(hex::encode(&proposal.salt)));
    let votes: Vec<_> = ballot
        .votes
        .iter()
        .map(|vote| {
            json!({
                "revision": vote.revision,
                "seat": vote.seat,
                "person": vote.person.to_string(),
                "answer": vote.answer.as_str(),
                "digest": hex::encode(vote.digest),
                "method": vote.method.as_str(),
                "at": vote.at.unix_timestamp(),
            })
        })
        .collect();
    entry.private.insert("votes".into(), json!(votes));
    if !proposal.reason_private.is_empty() {
        entry
            .evidence
            .insert("reason_private".into(), json!(proposal.reason_private));
    }
    if !proposal.notice_text.is_empty() {
        entry
            .evidence
            .insert("notice".into(), json!(proposal.notice_text));
    }
    entry
}

/// Whose approvals a warrant stands on.
pub(super) fn approvers(warrant: &Warrant) -> Vec<PersonId> {
    match warrant.authority() {
        Authority::Quorum { approved_by, .. } => {
            approved_by.iter().map(|approval| approval.person).collect()
        }
        Authority::Emergency { by, .. } => by.iter().map(|(_, person)| *person).collect(),
        Authority::Appeal { by, .. } | Authority::Board { by, .. } => by.clone(),
        Authority::Holder { person, .. } => vec![*person],
        Authority::Rollback { .. } | Authority::Bootstrap | Authority::Directory => Vec::new(),
    }
}

fn counts(reports: &[Report]) -> ReportCounts {
    let mut counts = ReportCounts::default();
    for report in reports {
        match report.origin {
            ReportOrigin::Member => counts.member += 1,
            ReportOrigin::Remote => counts.remote += 1,
            ReportOrigin::Moderator => counts.moderator += 1,
            ReportOrigin::Automatic => counts.automatic += 1,
        }
    }
    counts
}
