//! Refusals of the client API, in Mastodon's shape.
//!
//! This is the one place where the domain's errors become statuses and sentences of the API. The
//! caller's sentence says what to do; the log's has the causes, and is written here, once.

use std::{borrow::Cow, collections::BTreeMap};

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use mastodon::{Error as Refusal, ErrorDetail};
use model::Scope;
use service::FieldError;

/// What a handler of the client API answers with.
pub(crate) type Answer = Result<Response, ApiError>;

/// Why a request was refused.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// No token, or one that is not valid (any more).
    InvalidToken,
    /// The token may not do this; one of these scopes is needed.
    MissingScope(&'static [Scope]),
    /// The token belongs to an app and a member is needed.
    MemberNeeded,
    /// The token belongs to a member and an app is needed.
    AppNeeded,
    /// There is no such thing, for this caller.
    NotFound,
    /// The request cannot be read.
    Malformed(Cow<'static, str>),
    /// The body is larger than the limit.
    TooLarge,
    /// Too often.
    TooMany,
    /// Something particular to one operation.
    Refused(StatusCode, Cow<'static, str>),
    /// Fields are wrong, and the app shows each beside its input.
    Fields(Vec<FieldError>),
    /// An operation refused or failed.
    Operation(service::Error),
}

impl ApiError {
    /// What was sent is understood and does not make sense: 422 with a sentence.
    pub(crate) fn invalid(sentence: impl Into<Cow<'static, str>>) -> Self {
        Self::Refused(StatusCode::UNPROCESSABLE_ENTITY, sentence.into())
    }

    /// The caller may not: 403 with a sentence.
    pub(crate) fn forbidden(sentence: &'static str) -> Self {
        Self::Refused(StatusCode::FORBIDDEN, sentence.into())
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::InvalidToken => StatusCode::UNAUTHORIZED,
            Self::MissingScope(_) | Self::AppNeeded => StatusCode::FORBIDDEN,
            Self::MemberNeeded | Self::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Refused(status, _) => *status,
            Self::Operation(error) => status_of(error),
        }
    }

    fn sentence(&self) -> Cow<'_, str> {
        match self {
            Self::InvalidToken => "The access token is invalid".into(),
            Self::MissingScope(_) => "This action is outside the authorized scopes".into(),
            Self::MemberNeeded => "This method requires an authenticated user".into(),
            Self::AppNeeded => "This method requires an client credentials authentication".into(),
            Self::NotFound => "Record not found".into(),
            Self::Malformed(sentence) | Self::Refused(_, sentence) => sentence.as_ref().into(),
            Self::TooLarge => "The request is larger than this server takes".into(),
            Self::TooMany => "Too many requests".into(),
            Self::Fields(errors) => service::Error::Invalid(errors.clone()).to_string().into(),
            Self::Operation(error) => sentence_of(error),
        }
    }

    /// The challenge of RFC 6750, section 3.
    fn challenge(&self) -> Option<String> {
        match self {
            Self::InvalidToken => Some(
                "Bearer realm=\"Moot\", error=\"invalid_token\", \
                 error_description=\"The access token is invalid\""
                    .to_owned(),
            ),
            Self::MissingScope(scopes) => {
                let names: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
                Some(format!(
                    "Bearer realm=\"Moot\", error=\"insufficient_scope\", scope=\"{}\"",
                    names.join(" ")
                ))
            }
            _ => None,
        }
    }

    fn details(&self) -> Option<BTreeMap<Cow<'_, str>, Vec<ErrorDetail<'_>>>> {
        let Self::Fields(errors) = self else {
            return None;
        };
        let mut details: BTreeMap<Cow<'_, str>, Vec<ErrorDetail<'_>>> = BTreeMap::new();
        for error in errors {
            details
                .entry(error.field.into())
                .or_default()
                .push(ErrorDetail {
                    error: error.code.into(),
                    description: error.message.as_str().into(),
                });
        }
        Some(details)
    }
}

fn status_of(error: &service::Error) -> StatusCode {
    match error {
        service::Error::NotFound => StatusCode::NOT_FOUND,
        service::Error::Forbidden(_) => StatusCode::FORBIDDEN,
        service::Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        service::Error::Conflict(_) => StatusCode::CONFLICT,
        service::Error::TooMany => StatusCode::TOO_MANY_REQUESTS,
        service::Error::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        service::Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn sentence_of(error: &service::Error) -> Cow<'_, str> {
    match error {
        service::Error::Unavailable { .. } => {
            "There was a temporary problem serving your request, please try again".into()
        }
        service::Error::Internal(_) => "Something went wrong on this server".into(),
        other => other.to_string().into(),
    }
}

/// Writes down what somebody should look at; refusals are no news.
fn log(error: &service::Error) {
    match error {
        service::Error::Internal(cause) => {
            tracing::error!(error = format!("{cause:#}"), "A request failed");
        }
        service::Error::Unavailable { what, source } => {
            tracing::warn!(
                what,
                error = format!("{source:#}"),
                "A request found something away"
            );
        }
        _ => {}
    }
}

impl From<service::Error> for ApiError {
    fn from(error: service::Error) -> Self {
        Self::Operation(error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let Self::Operation(error) = &self {
            log(error);
        }
        let mut headers = HeaderMap::new();
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        );
        if let Some(challenge) = self.challenge() {
            let value = HeaderValue::from_str(&challenge).expect("scopes and sentences are ASCII");
            headers.insert(header::WWW_AUTHENTICATE, value);
        }
        let refusal = Refusal {
            error: self.sentence(),
            error_description: None,
            details: self.details(),
        };
        (self.status(), headers, axum::Json(refusal)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;
    use serde_json::{Value, json};

    use super::*;

    async fn told(error: ApiError) -> (StatusCode, HeaderMap, Value) {
        let response = error.into_response();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        (
            parts.status,
            parts.headers,
            serde_json::from_slice(&bytes).unwrap(),
        )
    }

    #[tokio::test]
    async fn a_missing_scope_is_named_in_the_challenge() {
        const NEEDED: &[Scope] = &[Scope::named("write:statuses")];

        let (status, headers, body) = told(ApiError::MissingScope(NEEDED)).await;

        assert_eq!(status, StatusCode::FORBIDDEN);
        assert_eq!(
            body,
            json!({"error": "This action is outside the authorized scopes"})
        );
        let challenge = headers["www-authenticate"].to_str().unwrap();
        assert!(
            challenge.contains("scope=\"write:statuses\""),
            "{challenge}"
        );
    }

    #[tokio::test]
    async fn causes_stay_out_of_the_answer() {
        let cause = std::io::Error::other("password of the database is hunter2");

        let (status, _, body) = told(service::Error::internal(cause).into()).await;

        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!body.to_string().contains("hunter2"));
    }

    #[tokio::test]
    async fn wrong_fields_are_told_together_and_apart() {
        let taken = FieldError {
            field: "username",
            code: "ERR_TAKEN",
            message: "has already been taken".into(),
        };

        let (status, _, body) = told(ApiError::Fields(vec![taken])).await;

        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            body,
            json!({
                "error": "Validation failed: Username has already been taken",
                "details": {"username": [
                    {"error": "ERR_TAKEN", "description": "has already been taken"},
                ]},
            })
        );
    }
}
