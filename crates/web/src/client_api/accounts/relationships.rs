//! How the member and others stand.

use axum::extract::State as Extract;
use mastodon::forms;
use model::AccountId;
use service::relationships;

use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::{Member, Params},
    render::relationships::relationship,
};

/// The most that may be asked for at once. Mastodon has no such border; its own app asks for 80.
const AT_ONCE: usize = 500;

/// `GET /api/v1/accounts/relationships`
pub(crate) async fn relationships(
    Extract(state): Extract<State>,
    member: Member,
    Params(form): Params<forms::Relationships>,
) -> Answer {
    if form.id.len() > AT_ONCE {
        return Err(ApiError::invalid(
            "Validation failed: Id has too many entries (at most 500)",
        ));
    }
    let others: Vec<_> = form.id.into_iter().map(AccountId::new).collect();
    let found = relationships::of(&state.app, member.id, &others).await?;
    answer(&found.iter().map(relationship).collect::<Vec<_>>())
}
