//! Who signed in, in the terms of `OpenID` Connect, for sites that only want to know that.
//!
//! Claims as Mastodon's since 4.4; see OpenID Connect Core, 5.3.

use axum::{
    Json,
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use http::header;
use serde::Serialize;
use service::accounts;

use crate::{State, error::ApiError, extract::Member, placeholders};

#[derive(Serialize)]
struct Claims<'a> {
    iss: String,
    sub: &'a str,
    name: &'a str,
    preferred_username: &'a str,
    profile: &'a str,
    picture: String,
}

/// `GET` and `POST /oauth/userinfo`, with the scope `profile`.
pub(crate) async fn show(
    Extract(state): Extract<State>,
    member: Member,
) -> Result<Response, ApiError> {
    let account = accounts::get(&state.app, member.id).await?;
    let base = state.app.urls.base();
    let claims = Claims {
        iss: format!("{base}/"),
        sub: &account.uri,
        name: &account.display_name,
        preferred_username: account.username.as_str(),
        profile: &account.url,
        picture: account
            .avatar_url
            .clone()
            .unwrap_or_else(|| format!("{base}{}", placeholders::AVATAR_PATH)),
    };
    Ok(([(header::CACHE_CONTROL, "private, no-store")], Json(claims)).into_response())
}
