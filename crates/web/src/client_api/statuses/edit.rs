//! Changing a post.

use axum::extract::State as Extract;
use mastodon::forms::EditStatus;
use model::{Status, Viewer};
use service::statuses::{self, Edit};

use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::{Member, Params, PathId},
};

/// `PUT /api/v1/statuses/:id`
pub(crate) async fn edit(
    Extract(state): Extract<State>,
    member: Member,
    PathId(id): PathId<Status>,
    Params(form): Params<EditStatus>,
) -> Answer {
    let edit = read(form)?;
    let view = statuses::edit(&state.app, member.id, id, edit).await?;
    answer(&state.renderer.status(&view, Viewer::Account(member.id)))
}

/// Posts have neither polls nor pictures yet, so an edit that names some is refused.
fn read(form: EditStatus) -> Result<Edit, ApiError> {
    if form.poll.is_some_and(|poll| poll.options.is_some()) {
        return Err(ApiError::invalid(
            "Validation failed: Polls are not supported by this server yet",
        ));
    }
    if form.media_ids.is_some_and(|ids| !ids.is_empty()) {
        return Err(ApiError::invalid(
            "Validation failed: Media attachments are not supported by this server yet",
        ));
    }
    Ok(Edit {
        text: form.status.unwrap_or_default(),
        spoiler: form.spoiler_text.unwrap_or_default(),
        sensitive: form.sensitive,
        language: form.language.filter(|code| !code.is_empty()),
    })
}
