//! Reports.

use axum::extract::State as Extract;
use mastodon::forms::admin::{ListReports, Look as LookForm, UpdateReport};
use model::{
    AccountId,
    moderation::{
        Kind, Target,
        report::{Category, Report},
    },
};
use service::moderation::{
    Acting, admin,
    propose::propose_or_approve,
    reports::{self, ReportFilter, ReportView},
};

use super::{
    cabinet, measure,
    proposed::{Wish, tell},
};
use crate::{
    State,
    client_api::{
        answer,
        links::{Borders, Custom, Here},
        page,
    },
    error::{Answer, ApiError},
    extract::{Moderator, Officer, Params, PathId},
};

/// `GET /api/v1/admin/reports`
///
/// Open ones unless closed ones are asked for; never those that the caller stands aside from.
pub(super) async fn list(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    here: Here,
    Params(form): Params<ListReports>,
) -> Answer {
    let page = page::ADMIN.page(form.paging);
    let is_closed = match (
        form.resolved.unwrap_or(false),
        form.unresolved.unwrap_or(false),
    ) {
        (true, true) => None,
        (resolved, _) => Some(resolved),
    };
    let filter = ReportFilter {
        is_closed,
        reporter: form.account_id.map(AccountId::new),
        target: form.target_account_id.map(AccountId::new),
        target_domain: None,
    };
    let found = reports::list(&state.app, &acting, &filter, page).await?;
    let borders = Borders::of(&found, |view| view.report.id.get());
    let cases: Vec<_> = found.iter().map(|view| view.report.case_id).collect();
    let hidden = admin::recused_from(&state.app, &acting, &cases).await?;
    let shown: Vec<_> = found
        .into_iter()
        .filter(|view| !hidden.contains(&view.report.case_id))
        .collect();
    let cabinet = cabinet::of(&state, &acting, &shown).await?;
    let entities = state.renderer.admin_reports(&shown, &cabinet);
    // Some may be hidden, so that a page that is not full is not the last.
    Ok(here.link(answer(&entities)?, Custom::Timeline, page, borders))
}

/// `GET /api/v1/admin/reports/:id`
///
/// With the reported posts as they were seen; those that are not for everybody only when a reason is given.
pub(super) async fn show(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    PathId(id): PathId<Report>,
    Params(form): Params<LookForm>,
) -> Answer {
    let view = reports::show(&state.app, &acting, id).await?;
    let case = view.report.case_id;
    if !admin::recused_from(&state.app, &acting, &[case])
        .await?
        .is_empty()
    {
        return Err(ApiError::NotFound);
    }
    let reason = form.reason.filter(|reason| !reason.trim().is_empty());
    let seen = reports::evidence(&state.app, &acting, case, reason.as_deref()).await?;
    let views = [view];
    let mut cabinet = cabinet::of(&state, &acting, &views).await?;
    cabinet.seen = Some(seen);
    answer(&state.renderer.admin_reports(&views, &cabinet).pop())
}

/// `PUT /api/v1/admin/reports/:id`
pub(super) async fn update(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Report>,
    Params(form): Params<UpdateReport>,
) -> Answer {
    let view = reports::show(&state.app, &acting, id).await?;
    let category = match form.category.as_deref() {
        None | Some("") => view.report.category,
        Some(word) => Category::from_word(word).ok_or(ApiError::invalid(
            "Validation failed: Category is not included in the list",
        ))?,
    };
    let rules: Vec<i32> = form
        .rule_ids
        .iter()
        .filter_map(|id| i32::try_from(*id).ok())
        .collect();
    let rules = if form.rule_ids.is_empty() {
        view.report.rule_ids
    } else {
        rules
    };
    reports::recategorise(&state.app, &acting, id, category, &rules).await?;
    now(&state, &acting, id).await
}

/// `POST /api/v1/admin/reports/:id/assign_to_self`
pub(super) async fn assign_to_self(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Report>,
) -> Answer {
    let view = reports::show(&state.app, &acting, id).await?;
    reports::claim(&state.app, &acting, view.report.case_id).await?;
    now(&state, &acting, id).await
}

/// `POST /api/v1/admin/reports/:id/unassign`
pub(super) async fn unassign(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Report>,
) -> Answer {
    let view = reports::show(&state.app, &acting, id).await?;
    reports::unclaim(&state.app, &acting, view.report.case_id).await?;
    now(&state, &acting, id).await
}

/// `POST /api/v1/admin/reports/:id/reopen`
pub(super) async fn reopen(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Report>,
) -> Answer {
    reports::reopen_report(&state.app, &acting, id).await?;
    now(&state, &acting, id).await
}

/// `POST /api/v1/admin/reports/:id/resolve`
///
/// Doing nothing is a decision too. The first moderator who wants it is shown as being at work on it.
pub(super) async fn resolve(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Report>,
    wish: Wish,
) -> Answer {
    let view = reports::show(&state.app, &acting, id).await?;
    let report = &view.report;
    if report.closed_at.is_some() {
        return now(&state, &acting, id).await;
    }
    let mut new = measure::measure(Kind::ReportCloseNoAction, Target::Case(report.case_id));
    new.case_id = Some(report.case_id);
    new.category = report.category;
    let proposal = propose_or_approve(&state.app, &acting, new).await?;
    if proposal.proposal.state.is_open() && report.assigned_to.is_none() {
        reports::claim(&state.app, &acting, report.case_id).await?;
    }
    if let Some(granted) = wish.granted(&state, &proposal) {
        return granted;
    }
    let mut response = now(&state, &acting, id).await?;
    tell(&state, &proposal, &mut response);
    Ok(response)
}

async fn now(state: &State, acting: &Acting, id: model::Id<Report>) -> Answer {
    let views: [ReportView; 1] = [reports::show(&state.app, acting, id).await?];
    let cabinet = cabinet::of(state, acting, &views).await?;
    answer(&state.renderer.admin_reports(&views, &cabinet).pop())
}
