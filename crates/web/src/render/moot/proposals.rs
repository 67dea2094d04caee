//! Proposals.

use mastodon::{Id, Timestamp, moot};
use model::moderation::{Answer, ProposalId, proposal::State};
use serde_json::Value;
use service::moderation::ProposalView;

use super::person;
use crate::render::Renderer;

impl Renderer {
    /// Where a proposal is, in the API.
    pub(crate) fn proposal_url(&self, id: ProposalId) -> String {
        format!("{}/api/moot/v1/proposals/{id}", self.urls.base())
    }

    /// A proposal as those see it who decide it.
    pub(crate) fn proposal(&self, view: &ProposalView) -> moot::Proposal {
        let proposal = &view.proposal;
        let page = || format!("{}/console/proposals/{}", self.urls.base(), proposal.id);
        moot::Proposal {
            id: Id(proposal.id.get()),
            url: self.proposal_url(proposal.id),
            kind: proposal.kind.as_str(),
            params: serde_json::to_value(&proposal.params).unwrap_or(Value::Null),
            targets: proposal
                .targets
                .iter()
                .map(|target| moot::Target {
                    kind: target.type_word(),
                    key: target.key(),
                })
                .collect(),
            state: proposal.state.as_str(),
            confirm_url: (proposal.state == State::Draft).then(page),
            revision: proposal.revision,
            digest: hex::encode(proposal.digest),
            salt: hex::encode(&proposal.salt),
            case_id: proposal.case_id.map(|id| Id(id.get())),
            report_ids: proposal.report_ids.iter().map(|id| Id(id.get())).collect(),
            status_ids: proposal.status_ids.iter().map(|id| Id(id.get())).collect(),
            rule_ids: proposal.rule_ids.clone(),
            guideline_version: proposal.guideline_version,
            category: proposal.category.as_str(),
            reason_public: proposal.reason_public.clone(),
            reason_private: proposal.reason_private.clone(),
            notice_text: proposal.notice_text.clone(),
            proposer: view.proposer.as_ref().map(person),
            proposer_seat: proposal.proposer_seat,
            origin: proposal.origin.as_str(),
            emergency: proposal.emergency,
            opened_at: Timestamp(proposal.opened_at),
            expires_at: Timestamp(proposal.expires_at),
            decided_at: proposal.decided_at.map(Timestamp),
            execute_at: proposal.execute_at.map(Timestamp),
            executed_at: proposal.executed_at.map(Timestamp),
            ratify_by: proposal.ratify_by.map(Timestamp),
            blocked_since: proposal.blocked_since.map(Timestamp),
            related_id: proposal.related_id.map(|id| Id(id.get())),
            reserved_id: Id(proposal.reserved_id),
            failure: proposal.failure.clone(),
            approvals: view.approvals,
            needed: view.needed,
            is_blocked: view.is_blocked,
            seats: seats(view),
            by_board: view
                .by_board
                .iter()
                .map(|(who, vote)| moot::BoardApproval {
                    person: person(who),
                    at: Timestamp(vote.at),
                })
                .collect(),
            comments: view
                .comments
                .iter()
                .map(|comment| moot::Comment {
                    person: comment.person.as_ref().map(person),
                    text: comment.text.clone(),
                    at: Timestamp(comment.at),
                })
                .collect(),
            log_seqs: view.log_seqs.clone(),
            edited_since: view.edited_since.iter().map(|id| Id(id.get())).collect(),
            effects: None,
            own: moot::Own {
                seat: view.own.seat,
                answer: view.own.answer.map(Answer::as_str),
                may_vote: view.own.may_vote,
                is_proposer: view.own.is_proposer,
                may_stop: view.own.may_stop,
            },
        }
    }
}

fn seats(view: &ProposalView) -> Vec<moot::SeatAnswer> {
    view.seats
        .iter()
        .map(|seat| {
            let vote = seat.vote.as_ref();
            moot::SeatAnswer {
                seat: seat.seat.no,
                holder: person(&seat.seat.holder),
                state: seat.seat.state.as_str(),
                is_eligible: seat.is_eligible,
                is_recused: seat.is_recused,
                answer: vote.map(|vote| vote.answer.as_str()),
                comment: vote.map(|vote| vote.comment.clone()),
                auth_method: vote.map(|vote| vote.method.as_str()),
                at: vote.map(|vote| Timestamp(vote.at)),
            }
        })
        .collect()
}
