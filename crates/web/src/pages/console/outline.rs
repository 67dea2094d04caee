//! A proposal in a few lines, for lists.

use model::moderation::{ProposalId, Target, proposal::State as Progress};
use service::moderation::{ProposalView, view::SeatView};
use time::OffsetDateTime;

use super::targets::Names;
use crate::{
    State,
    pages::{PageError, cards::Moment, measures, spans},
};

/// A proposal in a few lines.
pub(in crate::pages) struct Outline {
    pub(in crate::pages) id: ProposalId,
    /// `Suspend @mia@mastodon.example`.
    pub(in crate::pages) title: String,
    pub(in crate::pages) category: &'static str,
    pub(in crate::pages) state: &'static str,
    pub(in crate::pages) state_badge: &'static str,
    pub(in crate::pages) is_urgent: bool,
    pub(in crate::pages) is_emergency: bool,
    pub(in crate::pages) is_blocked: bool,
    pub(in crate::pages) approvals: Approvals,
    pub(in crate::pages) opened: Moment,
    pub(in crate::pages) age: String,
    /// What happens by itself, and when: `expires in 3 days`.
    pub(in crate::pages) deadline: Option<String>,
    pub(in crate::pages) proposer: String,
    pub(in crate::pages) reason: String,
    /// What the one who looks has to do with it.
    pub(in crate::pages) own: &'static str,
    /// They can answer and have not.
    pub(in crate::pages) waits_for_you: bool,
}

/// `1 of 2`, with a mark for each.
pub(in crate::pages) struct Approvals {
    pub(in crate::pages) given: usize,
    pub(in crate::pages) needed: usize,
    pub(in crate::pages) marks: Vec<&'static str>,
}

impl Approvals {
    pub(in crate::pages) fn new(given: usize, needed: usize) -> Self {
        let mark = |number| if number < given { "on" } else { "" };
        Self {
            given,
            needed,
            marks: (0..needed).map(mark).collect(),
        }
    }
}

impl Outline {
    /// Several, in order, with what they are about looked up together.
    pub(in crate::pages) async fn all(
        state: &State,
        views: &[ProposalView],
    ) -> Result<Vec<Self>, PageError> {
        let names = Names::of(state, &firsts(views)).await?;
        let now = state.app.clock.now();
        Ok(views
            .iter()
            .map(|view| Self::of(state, view, &names, now))
            .collect())
    }

    pub(in crate::pages) fn of(
        state: &State,
        view: &ProposalView,
        names: &Names,
        now: OffsetDateTime,
    ) -> Self {
        let proposal = &view.proposal;
        let about = names.together(state, &proposal.targets);
        let has_voted = view.own.answer.is_some();
        Self {
            id: proposal.id,
            title: format!("{} {about}", measures::kind(proposal.kind))
                .trim()
                .to_owned(),
            category: measures::category(proposal.category),
            state: measures::state(proposal.state),
            state_badge: measures::state_badge(proposal.state),
            is_urgent: proposal.state == Progress::Provisional,
            is_emergency: proposal.emergency,
            is_blocked: view.is_blocked && proposal.state.is_open(),
            approvals: Approvals::new(view.approvals, view.needed),
            opened: Moment::new(proposal.opened_at),
            age: spans::ago(now, proposal.opened_at),
            deadline: deadline(view, now),
            proposer: view
                .proposer
                .as_ref()
                .map_or_else(|| "the operator".to_owned(), |person| person.name.clone()),
            reason: proposal.reason_public.clone(),
            own: own(view),
            waits_for_you: view.own.may_vote && !has_voted,
        }
    }
}

fn firsts(views: &[ProposalView]) -> Vec<Target> {
    let firsts = views
        .iter()
        .filter_map(|view| view.proposal.targets.first());
    firsts.cloned().collect()
}

/// What happens by itself, and when.
pub(in crate::pages) fn deadline(view: &ProposalView, now: OffsetDateTime) -> Option<String> {
    let proposal = &view.proposal;
    let said = |what: &str, at| format!("{what} {}", spans::until(now, at));
    match proposal.state {
        Progress::Provisional => Some(said("rolled back", proposal.ratify_by?)),
        Progress::Approved => Some(said("executed", proposal.execute_at?)),
        Progress::Open => Some(said("expires", proposal.expires_at)),
        Progress::RolledBack => Some(said("shown again", proposal.execute_at?)),
        _ => None,
    }
}

fn own(view: &ProposalView) -> &'static str {
    use model::moderation::Answer;

    let is_own = |seat: &&SeatView| Some(seat.seat.no) == view.own.seat;
    if view
        .seats
        .iter()
        .find(is_own)
        .is_some_and(|seat| seat.is_recused)
    {
        return "you stand aside";
    }
    match view.own.answer {
        Some(Answer::Approve) => "you approved",
        Some(Answer::Object) => "you objected",
        Some(Answer::Abstain) => "you abstained",
        None if view.own.may_vote => "waits for your answer",
        None => "",
    }
}
