//! Cases.

use mastodon::{Id, Timestamp, moot};
use model::moderation::{Person, report::Case};
use service::moderation::{
    admin::Pending,
    reports::{CaseView, NoteView, Seen},
};

use super::person;
use crate::render::{
    Renderer,
    admin::{evidence, lines},
};

impl Renderer {
    /// A case in a list.
    pub(crate) fn case(case: &Case, claimed_by: Option<&Person>) -> moot::Case {
        moot::Case {
            id: Id(case.id.get()),
            target_account_id: case.target_id.map(|id| Id(id.get())),
            is_open: case.is_open,
            category: case.category.as_str(),
            score: case.score,
            opened_at: Timestamp(case.opened_at),
            first_seen_at: case.first_seen_at.map(Timestamp),
            claimed_by: claimed_by.map(person),
            closed_at: case.closed_at.map(Timestamp),
            outcome: case
                .outcome
                .map(model::moderation::report::CaseOutcome::as_str),
            closed_by: case.closed_by.map(|id| Id(id.get())),
            is_recused: None,
            report_ids: None,
            proposals: None,
            notes: None,
            evidence: None,
            withheld: Vec::new(),
        }
    }

    /// A case with everything beside it.
    pub(crate) fn whole_case(
        &self,
        view: &CaseView,
        pending: &[Pending],
        seen: &Seen,
    ) -> moot::Case {
        moot::Case {
            is_recused: Some(view.is_recused),
            report_ids: Some(
                view.reports
                    .iter()
                    .map(|report| Id(report.report.id.get()))
                    .collect(),
            ),
            proposals: Some(lines(self, pending)),
            notes: Some(view.notes.iter().map(note).collect()),
            evidence: Some(seen.posts.iter().map(evidence).collect()),
            withheld: if seen.withheld > 0 {
                vec!["evidence"]
            } else {
                Vec::new()
            },
            ..Self::case(&view.case, view.claimed_by.as_ref())
        }
    }
}

fn note(view: &NoteView) -> moot::CaseNote {
    moot::CaseNote {
        id: Id(view.note.id.get()),
        kind: view.note.kind.as_str(),
        person: view.person.as_ref().map(person),
        account_id: view.note.account.map(|id| Id(id.get())),
        text: view.note.text.clone(),
        created_at: Timestamp(view.note.created_at),
    }
}
