//! Appeals.

use mastodon::{Id, Timestamp, moot};
use model::moderation::appeal::Strike;
use service::moderation::appeals::AppealView;

use super::person;
use crate::render::Renderer;

impl Renderer {
    /// An appeal as those see it who decide it.
    pub(crate) fn appeal(view: &AppealView) -> moot::Appeal {
        let appeal = &view.appeal;
        moot::Appeal {
            id: Id(appeal.id.get()),
            strike: strike(&view.strike),
            text: appeal.text.clone(),
            stage: appeal.stage.as_str(),
            question: appeal.question.clone(),
            answer: appeal.answer.clone(),
            filed_at: Timestamp(appeal.filed_at),
            due_at: appeal.due_at.map(Timestamp),
            decided_at: appeal.decided_at.map(Timestamp),
            decision_id: appeal.decision_id.map(|id| Id(id.get())),
            approved_by: view.approved_by.iter().map(person).collect(),
            answers: view
                .votes
                .iter()
                .map(|vote| moot::AppealAnswer {
                    person: person(&vote.person),
                    answer: vote.answer.as_str(),
                    comment: vote.comment.clone(),
                    at: Timestamp(vote.at),
                })
                .collect(),
            own: moot::OwnRole {
                may_vote: view.own.may_vote,
                may_ask: view.own.may_ask,
                may_decide: view.own.may_decide,
                answer: view
                    .own
                    .answer
                    .map(model::moderation::appeal::AppealAnswer::as_str),
            },
        }
    }
}

fn strike(strike: &Strike) -> moot::Strike {
    moot::Strike {
        id: Id(strike.id.get()),
        account_id: Id(strike.account_id.get()),
        proposal_id: Id(strike.proposal_id.get()),
        action: strike.action.clone(),
        text: strike.text.clone(),
        status_ids: strike.status_ids.iter().map(|id| Id(id.get())).collect(),
        rule_ids: strike.rule_ids.clone(),
        log_seq: strike.log_seq,
        created_at: Timestamp(strike.created_at),
        overruled_at: strike.overruled_at.map(Timestamp),
    }
}
