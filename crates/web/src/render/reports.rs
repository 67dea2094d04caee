//! Reports as their authors see them.

use mastodon::{Id, Report, Timestamp};
use service::moderation::reports::Reported;

use super::Renderer;

impl Renderer {
    /// A report.
    pub(crate) fn report<'a>(&'a self, reported: &'a Reported) -> Report<'a> {
        let report = &reported.report;
        let rule_ids: Vec<Id> = report
            .rule_ids
            .iter()
            .map(|id| Id(i64::from(*id)))
            .collect();
        Report {
            id: Id(report.id.get()),
            action_taken: report.closed_at.is_some(),
            action_taken_at: report.closed_at.map(Timestamp),
            category: report.category.for_apps().as_str(),
            comment: report.comment.as_str().into(),
            forwarded: report.forwarded_at.is_some(),
            created_at: Timestamp(report.created_at),
            status_ids: report.status_ids.iter().map(|id| Id(id.get())).collect(),
            rule_ids: Some(rule_ids).filter(|ids| !ids.is_empty()),
            collection_ids: [],
            target_account: self.account(&reported.target),
        }
    }
}
