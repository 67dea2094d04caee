//! The mail address of somebody who has signed up with an app.
//!
//! Source: <https://docs.joinmastodon.org/methods/emails/>.

use axum::extract::State as Extract;
use mastodon::forms::ConfirmAgain;
use serde_json::{Map, Value};
use service::members;

use super::answer;
use crate::{
    State,
    error::Answer,
    extract::{Member, Params},
};

/// `POST /api/v1/emails/confirmations`
///
/// Only for the app with which somebody has signed up.
pub(super) async fn confirm_again(
    Extract(state): Extract<State>,
    member: Member,
    Params(form): Params<ConfirmAgain>,
) -> Answer {
    let app = &state.app;
    let asking = member.application_id;
    if asking.is_none() || asking != members::signed_up_with(app, member.id).await? {
        return Err(service::Error::Forbidden(
            "This method is only available to the application the user originally signed-up with"
                .into(),
        )
        .into());
    }
    members::confirm_again(app, member.id, form.email.as_deref()).await?;
    answer(&Value::Object(Map::new()))
}

/// `GET /api/v1/emails/check_confirmation`
pub(super) async fn is_confirmed(Extract(state): Extract<State>, member: Member) -> Answer {
    let member = members::get(&state.app, member.id).await?;
    answer(&member.confirmed_at.is_some())
}
