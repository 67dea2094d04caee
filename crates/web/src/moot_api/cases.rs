//! Cases: all open reports about one account. What is done here is housekeeping; what becomes of a case is proposed.

use axum::extract::State as Extract;
use mastodon::forms::{
    admin::Look,
    moot::{Category as CategoryForm, ListCases, Question, Recuse, Words},
};
use model::moderation::report::{Case, CaseId, Category, ReportId};
use service::moderation::{
    Acting, admin, recuse,
    reports::{self, Whom},
};

use super::proposals::limit;
use crate::{
    State,
    client_api::{answer, nothing_to_say},
    error::{Answer, ApiError},
    extract::{Moderator, Officer, Params, PathId},
    render::Renderer,
};

/// `GET /api/moot/v1/cases`
///
/// Open ones, most urgent first; or closed ones, newest first. Never those that are about the caller.
pub(super) async fn list(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    Params(form): Params<ListCases>,
) -> Answer {
    let found = if form.closed.unwrap_or(false) {
        let before = form.max_id.map(CaseId::new);
        reports::closed(&state.app, &acting, before, limit(form.limit)).await?
    } else {
        reports::open(&state.app, &acting).await?
    };
    let entities: Vec<_> = found
        .iter()
        .map(|line| Renderer::case(&line.case, line.claimed_by.as_ref()))
        .collect();
    answer(&entities)
}

/// `GET /api/moot/v1/cases/:id`
pub(super) async fn show(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    PathId(id): PathId<Case>,
    Params(form): Params<Look>,
) -> Answer {
    let reason = form.reason.filter(|reason| !reason.trim().is_empty());
    whole(&state, &acting, id, reason.as_deref()).await
}

async fn whole(state: &State, acting: &Acting, id: CaseId, reason: Option<&str>) -> Answer {
    let view = reports::case(&state.app, acting, id).await?;
    let seen = reports::evidence(&state.app, acting, id, reason).await?;
    let pending = admin::pending_about_case(&state.app, acting, id).await?;
    answer(&state.renderer.whole_case(&view, &pending, &seen))
}

/// `POST /api/moot/v1/cases/:id/claim`
pub(super) async fn claim(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Case>,
) -> Answer {
    reports::claim(&state.app, &acting, id).await?;
    whole(&state, &acting, id, None).await
}

/// `POST /api/moot/v1/cases/:id/unclaim`
pub(super) async fn unclaim(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Case>,
) -> Answer {
    reports::unclaim(&state.app, &acting, id).await?;
    whole(&state, &acting, id, None).await
}

/// `POST /api/moot/v1/cases/:id/reopen`
///
/// Its reports may go on in another case about the same account, which is then shown.
pub(super) async fn reopen(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Case>,
) -> Answer {
    let now = reports::reopen(&state.app, &acting, id).await?;
    whole(&state, &acting, now, None).await
}

/// `POST /api/moot/v1/cases/:id/notes`
pub(super) async fn note(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Case>,
    Params(form): Params<Words>,
) -> Answer {
    let text = form.text.unwrap_or_default();
    reports::note(&state.app, &acting, id, &text).await?;
    whole(&state, &acting, id, None).await
}

/// `POST /api/moot/v1/cases/:id/questions`
pub(super) async fn ask(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Case>,
    Params(form): Params<Question>,
) -> Answer {
    let whom = match (form.to.as_deref(), form.report_id) {
        (Some("author"), _) => Whom::Author,
        (Some("reporter"), Some(report)) => Whom::Reporter(ReportId::new(report)),
        (Some("reporter"), None) => {
            let view = reports::case(&state.app, &acting, id).await?;
            let [only] = view.reports.as_slice() else {
                return Err(wrong("Report is missing: there are several"));
            };
            Whom::Reporter(only.report.id)
        }
        _ => return Err(wrong("To is neither reporter nor author")),
    };
    let text = form.text.unwrap_or_default();
    reports::ask(&state.app, &acting, id, whom, &text).await?;
    whole(&state, &acting, id, None).await
}

/// `PUT /api/moot/v1/cases/:id/category`
pub(super) async fn categorise(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Case>,
    Params(form): Params<CategoryForm>,
) -> Answer {
    let category = form
        .category
        .as_deref()
        .and_then(Category::from_word)
        .ok_or(wrong("Category is not included in the list"))?;
    reports::categorise(&state.app, &acting, id, category).await?;
    whole(&state, &acting, id, None).await
}

/// `POST /api/moot/v1/cases/:id/recuse`
pub(super) async fn stand_aside(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Case>,
    Params(form): Params<Recuse>,
) -> Answer {
    let reason = form.reason.unwrap_or_default();
    recuse::recuse_from_case(&state.app, &acting, id, &reason).await?;
    nothing_to_say()
}

fn wrong(sentence: &'static str) -> ApiError {
    ApiError::invalid(format!("Validation failed: {sentence}"))
}
