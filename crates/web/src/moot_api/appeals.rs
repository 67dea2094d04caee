//! Appeals, for those who decide them.

use axum::extract::State as Extract;
use mastodon::forms::moot::{AppealBallot, ListCases, Words};
use model::moderation::appeal::{Appeal, AppealAnswer, AppealId};
use service::moderation::appeals::{self, AppealView};

use super::proposals::limit;
use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::{Moderator, Officer, Params, PathId},
    render::Renderer,
};

/// `GET /api/moot/v1/appeals`
///
/// Those still to be decided, oldest first; or closed ones, newest first.
pub(super) async fn list(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    Params(form): Params<ListCases>,
) -> Answer {
    let found = if form.closed.unwrap_or(false) {
        let before = form.max_id.map(AppealId::new);
        appeals::decided(&state.app, &acting, before, limit(form.limit)).await?
    } else {
        appeals::queue(&state.app, &acting).await?
    };
    answer(&found.iter().map(Renderer::appeal).collect::<Vec<_>>())
}

/// `GET /api/moot/v1/appeals/:id`
pub(super) async fn show(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    PathId(id): PathId<Appeal>,
) -> Answer {
    one(&appeals::view(&state.app, &acting, id).await?)
}

/// `POST /api/moot/v1/appeals/:id/vote`
pub(super) async fn vote(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Appeal>,
    Params(form): Params<AppealBallot>,
) -> Answer {
    let given = form
        .answer
        .as_deref()
        .and_then(AppealAnswer::from_word)
        .ok_or(ApiError::invalid(
            "Validation failed: Answer is neither overturn nor uphold",
        ))?;
    let comment = form.comment.unwrap_or_default();
    one(&appeals::vote(&state.app, &acting, id, given, &comment).await?)
}

/// `POST /api/moot/v1/appeals/:id/question`
pub(super) async fn ask(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Appeal>,
    Params(form): Params<Words>,
) -> Answer {
    let text = form.text.unwrap_or_default();
    appeals::ask(&state.app, &acting, id, &text).await?;
    one(&appeals::view(&state.app, &acting, id).await?)
}

fn one(view: &AppealView) -> Answer {
    answer(&Renderer::appeal(view))
}
