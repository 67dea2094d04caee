//! Refusals in the shape of RFC 6749, section 5.2, which Mastodon's clients read.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::error::ApiError;

/// Why an app got no token.
#[derive(Debug)]
pub(super) enum OauthError {
    /// The app is unknown or its secret is wrong. Says whether it tried HTTP Basic, in whose terms it
    /// must then be answered.
    InvalidClient(TriedBasic),
    /// A parameter is missing or makes no sense.
    InvalidRequest(&'static str),
    /// The code is unknown, old, used, another app's, or does not fit what was said when it was given.
    InvalidGrant,
    /// More than the app registered for, or nothing that exists.
    InvalidScope,
    /// A way to a token that there is not here.
    UnsupportedGrantType,
    /// The app may not take this token back.
    UnauthorizedClient,
    /// An operation failed.
    Operation(service::Error),
}

/// Whether an app proved itself in the Authorization header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TriedBasic {
    Yes,
    No,
}

impl OauthError {
    fn status(&self) -> StatusCode {
        match self {
            Self::InvalidClient(_) => StatusCode::UNAUTHORIZED,
            Self::UnauthorizedClient => StatusCode::FORBIDDEN,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::InvalidClient(_) => "invalid_client",
            Self::InvalidRequest(_) => "invalid_request",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidScope => "invalid_scope",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::Operation(_) => "server_error",
        }
    }

    fn description(&self) -> &'static str {
        match self {
            Self::InvalidClient(_) => "No such app is registered here, or its secret is another.",
            Self::InvalidRequest(description) => description,
            Self::InvalidGrant => {
                "The code is unknown, has ended or was used, or belongs to another app or request."
            }
            Self::InvalidScope => "A scope does not exist or is more than the app registered for.",
            Self::UnsupportedGrantType => "This server gives no tokens in that way.",
            Self::UnauthorizedClient => "The token is not this app's to take back.",
            Self::Operation(_) => "Something went wrong on this server.",
        }
    }
}

impl From<service::Error> for OauthError {
    fn from(error: service::Error) -> Self {
        Self::Operation(error)
    }
}

impl IntoResponse for OauthError {
    fn into_response(self) -> Response {
        // Failures look the same everywhere, and are logged there.
        if let Self::Operation(error) = self {
            return ApiError::from(error).into_response();
        }
        let refusal = mastodon::Error {
            error: self.code().into(),
            error_description: Some(self.description().into()),
            details: None,
        };
        let mut response = (
            self.status(),
            [(header::CACHE_CONTROL, "no-store")],
            axum::Json(refusal),
        )
            .into_response();
        if matches!(self, Self::InvalidClient(TriedBasic::Yes)) {
            let challenge = HeaderValue::from_static("Basic realm=\"Moot\"");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
