//! Who is asking, as far as the guard of the route has found out.
//!
//! The guard puts a [`Caller`] into the request. Without a guard there is none, and these
//! extractors refuse: a handler outside of the route table answers nobody (S35).

use axum::extract::FromRequestParts;
use http::request::Parts;
use model::{AccountId, ApplicationId, Viewer};
use service::auth::Principal;

use crate::error::ApiError;

/// Whoever a guard let through.
#[derive(Clone, Debug)]
pub(crate) struct Caller(pub(crate) Option<Principal>);

/// Anybody, signed in or not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visitor(pub(crate) Viewer);

/// A member.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    /// Their account.
    pub(crate) id: AccountId,
    /// The app they use.
    pub(crate) application_id: Option<ApplicationId>,
}

/// Whoever holds a token, a member's or an app's own.
#[derive(Clone, Debug)]
pub(crate) struct Holder(pub(crate) Principal);

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Caller(principal) = caller(parts)?;
        let account = principal
            .as_ref()
            .and_then(|principal| principal.account_id);
        Ok(Self(account.map_or(Viewer::Anybody, Viewer::Account)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Member {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Caller(Some(principal)) = caller(parts)? else {
            return Err(ApiError::InvalidToken);
        };
        let id = principal.account_id.ok_or(ApiError::MemberNeeded)?;
        Ok(Self {
            id,
            application_id: principal.application_id,
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Holder {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Caller(principal) = caller(parts)?;
        principal.clone().map(Self).ok_or(ApiError::InvalidToken)
    }
}

fn caller(parts: &Parts) -> Result<&Caller, ApiError> {
    parts
        .extensions
        .get::<Caller>()
        .ok_or(ApiError::InvalidToken)
}
