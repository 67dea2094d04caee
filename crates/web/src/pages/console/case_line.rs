//! A case in a few lines, for the queue.

use model::moderation::report::CaseId;
use service::moderation::reports::CaseLine;
use time::OffsetDateTime;

use crate::{
    State,
    pages::{
        cards::{Moment, PersonCard},
        measures, spans,
    },
};

/// A case in a few lines.
pub(super) struct CaseOutline {
    pub(super) id: CaseId,
    pub(super) title: String,
    pub(super) category: &'static str,
    pub(super) is_urgent: bool,
    pub(super) is_new: bool,
    pub(super) reports: String,
    pub(super) opened: Moment,
    pub(super) age: String,
    pub(super) claimed_by: Option<String>,
}

impl CaseOutline {
    pub(super) fn new(state: &State, line: &CaseLine, now: OffsetDateTime) -> Self {
        let case = &line.case;
        let counts = &line.reports;
        let said = [
            (counts.member, "member"),
            (counts.remote, "server"),
            (counts.other, "moderator"),
        ];
        let origins: Vec<String> = said
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, who)| spans::counted(number, who))
            .collect();
        let total = counts.member + counts.remote + counts.other;
        Self {
            id: case.id,
            title: line.target.as_ref().map_or_else(
                || "An account that is gone".to_owned(),
                |account| PersonCard::new(state, account).handle,
            ),
            category: measures::category(case.category),
            is_urgent: measures::content_warning(case.category).is_some(),
            is_new: case.first_seen_at.is_none(),
            reports: format!(
                "{} by {}",
                spans::counted(total, "report"),
                origins.join(" and ")
            ),
            opened: Moment::new(case.opened_at),
            age: spans::ago(now, case.opened_at),
            claimed_by: line.claimed_by.as_ref().map(|person| person.name.clone()),
        }
    }
}
