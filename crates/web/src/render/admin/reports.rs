//! Reports as moderators see them.

use std::collections::{BTreeMap, HashMap};

use mastodon::{Id, Rule, Timestamp, admin};
use model::{
    AccountId,
    moderation::{
        Person,
        report::{CaseId, Evidence},
    },
};
use serde_json::value::RawValue;
use service::moderation::{
    admin::{AdminAccount, Pending},
    reports::{ReportView, Seen},
};

use super::lines;
use crate::render::Renderer;

/// Everything that reports name, looked up.
#[derive(Default)]
pub(crate) struct Cabinet {
    /// Everybody in them.
    pub(crate) accounts: HashMap<AccountId, AdminAccount>,
    /// The posts of each report, as apps print them; in the reports' order.
    pub(crate) statuses: Vec<Box<RawValue>>,
    /// The rules, by their number.
    pub(crate) rules: Vec<String>,
    /// What is proposed about their cases.
    pub(crate) pending: HashMap<CaseId, Vec<Pending>>,
    /// The posts of the one report's case as they were seen.
    pub(crate) seen: Option<Seen>,
}

impl Renderer {
    /// The reports of a list, or the one that is shown.
    pub(crate) fn admin_reports<'a>(
        &'a self,
        views: &'a [ReportView],
        cabinet: &'a Cabinet,
    ) -> Vec<admin::Report<'a>> {
        views
            .iter()
            .zip(&cabinet.statuses)
            .map(|(view, statuses)| self.admin_report(view, statuses, cabinet))
            .collect()
    }

    fn admin_report<'a>(
        &'a self,
        view: &'a ReportView,
        statuses: &'a RawValue,
        cabinet: &'a Cabinet,
    ) -> admin::Report<'a> {
        let report = &view.report;
        let account = |id: Option<AccountId>| {
            let seen = cabinet.accounts.get(&id?)?;
            Some(self.admin_account(seen))
        };
        let officer = |person: &Option<Person>| account(person.as_ref()?.account_id);
        admin::Report {
            id: Id(report.id.get()),
            action_taken: report.closed_at.is_some(),
            action_taken_at: report.closed_at.map(Timestamp),
            category: report.category.for_apps().as_str(),
            comment: report.comment.as_str().into(),
            forwarded: report.forwarded_at.is_some(),
            created_at: Timestamp(report.created_at),
            updated_at: Timestamp(report.updated_at),
            account: account(report.reporter_id),
            target_account: account(report.target_id),
            assigned_account: officer(&view.assigned_to),
            action_taken_by_account: officer(&view.closed_by),
            statuses,
            rules: report
                .rule_ids
                .iter()
                .filter_map(|number| rule(*number, &cabinet.rules))
                .collect(),
            moot: admin::ReportNote {
                case_id: Id(report.case_id.get()),
                origin: report.origin.as_str(),
                category: report.category.as_str(),
                approved_by: view
                    .approved_by
                    .iter()
                    .map(|person| person.handle.clone())
                    .collect(),
                proposals: cabinet
                    .pending
                    .get(&report.case_id)
                    .map(|pending| lines(self, pending))
                    .unwrap_or_default(),
                evidence: cabinet.seen.as_ref().map(|seen| {
                    seen.posts
                        .iter()
                        .filter(|post| report.status_ids.contains(&post.status_id))
                        .map(evidence)
                        .collect()
                }),
                withheld: if cabinet.seen.as_ref().is_some_and(|seen| seen.withheld > 0) {
                    vec!["evidence"]
                } else {
                    Vec::default()
                },
            },
        }
    }
}

/// A reported post as it was seen.
pub(crate) fn evidence(post: &Evidence) -> admin::Evidence {
    admin::Evidence {
        status_id: Id(post.status_id.get()),
        uri: post.uri.clone(),
        visibility: post.visibility.as_str(),
        seen: post.seen.clone(),
        seen_at: Timestamp(post.seen_at),
    }
}

fn rule(number: i32, rules: &[String]) -> Option<Rule<'_>> {
    let place = usize::try_from(number).ok()?.checked_sub(1)?;
    Some(Rule {
        id: Id(i64::from(number)),
        text: rules.get(place)?.as_str().into(),
        hint: "".into(),
        translations: BTreeMap::new(),
    })
}
