//! Looking up everybody and everything that reports name, in a fixed number of queries.

use std::collections::{HashMap, HashSet};

use model::{AccountId, StatusGlimpse, StatusId, Viewer};
use serde_json::value::RawValue;
use service::{
    moderation::{Acting, admin, board::documents, reports::ReportView},
    statuses,
};

use crate::{
    State,
    error::ApiError,
    render::admin::Cabinet,
    shelf::{self, Hand},
};

/// Everything that these reports name. Posts are those that the moderator could see anyway.
pub(super) async fn of(
    state: &State,
    acting: &Acting,
    reports: &[ReportView],
) -> Result<Cabinet, ApiError> {
    let mut people: HashSet<AccountId> = HashSet::new();
    let mut posts: HashSet<StatusId> = HashSet::new();
    for view in reports {
        let officers = [&view.assigned_to, &view.closed_by];
        people.extend(view.report.reporter_id);
        people.extend(view.report.target_id);
        people.extend(
            officers
                .into_iter()
                .flatten()
                .filter_map(|person| person.account_id),
        );
        posts.extend(&view.report.status_ids);
    }
    let people: Vec<AccountId> = people.into_iter().collect();
    let posts: Vec<StatusId> = posts.into_iter().collect();
    let mut pending = HashMap::new();
    for view in reports {
        let case = view.report.case_id;
        if let std::collections::hash_map::Entry::Vacant(slot) = pending.entry(case) {
            slot.insert(admin::pending_about_case(&state.app, acting, case).await?);
        }
    }
    Ok(Cabinet {
        accounts: admin::accounts_by_ids(&state.app, acting, &people).await?,
        statuses: printed(state, acting, reports, &posts).await?,
        rules: documents::rules(&state.app).await?,
        pending,
        seen: None,
    })
}

/// The posts of each report, as apps print them.
async fn printed(
    state: &State,
    acting: &Acting,
    reports: &[ReportView],
    posts: &[StatusId],
) -> Result<Vec<Box<RawValue>>, ApiError> {
    let viewer = acting
        .officer
        .person
        .account_id
        .map_or(Viewer::Anybody, Viewer::Account);
    let found = statuses::many(&state.app, viewer, posts).await?;
    let hand = Hand::take(state, found.iter(), []).load(state).await?;
    reports
        .iter()
        .map(|view| {
            let of_report: Vec<&StatusGlimpse> = found
                .iter()
                .filter(|glimpse| view.report.status_ids.contains(&glimpse.id))
                .collect();
            let mut page = shelf::Page::new(&hand, viewer);
            page.statuses(of_report);
            let json = String::from_utf8(page.into_json()).map_err(service::Error::internal)?;
            Ok(RawValue::from_string(json).map_err(service::Error::internal)?)
        })
        .collect()
}
