//! Signing up through an app.

use std::net::IpAddr;

use axum::extract::State as Extract;
use http::Extensions;
use mastodon::forms;
use service::{auth, members};

use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::{ClientAddress, Holder, Params},
    render::applications,
};

/// `POST /api/v1/accounts`
///
/// The app gets a token at once; it works as soon as the member may use the server.
pub(crate) async fn sign_up(
    Extract(state): Extract<State>,
    Holder(app): Holder,
    extensions: Extensions,
    Params(form): Params<forms::SignUp>,
) -> Answer {
    let member = members::sign_up(&state.app, asked(form, ClientAddress::of(&extensions)))
        .await
        .map_err(by_field)?;
    if let Some(application) = app.application_id {
        members::note_app(&state.app, member.account.id, application).await?;
    }
    let (token, secret) = auth::grant_member_token(
        &state.app,
        member.account.id,
        app.application_id,
        app.scopes,
        None,
    )
    .await?;
    answer(&applications::token(&token, secret.reveal()))
}

fn asked(form: forms::SignUp, address: IpAddr) -> members::SignUp {
    members::SignUp {
        username: form.username.unwrap_or_default(),
        email: form.email.unwrap_or_default(),
        password: form.password.unwrap_or_default(),
        agreement: form.agreement.unwrap_or(false),
        locale: form
            .locale
            .filter(|code| !code.is_empty())
            .unwrap_or_else(|| "en".to_owned()),
        reason: form.reason.unwrap_or_default(),
        address: Some(address),
    }
}

/// Apps show what is wrong beside each input.
fn by_field(error: service::Error) -> ApiError {
    match error {
        service::Error::Invalid(errors) => ApiError::Fields(errors),
        other => other.into(),
    }
}
