//! Pages for when there is no page.
//!
//! They are the same for everybody, to the byte: what somebody may not see and what was never there
//! answer alike (S33).

use std::borrow::Cow;

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::{
    assets,
    policy::{self, FormTargets, Pictures, Scripts},
};

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum PageError {
    /// There is nothing here, or not for this person.
    NotFound,
    /// The form was not sent from our page in this browser, or the page is from before a sign-in.
    Expired,
    /// The request cannot be read.
    Malformed,
    /// The form is larger than any of ours.
    TooLarge,
    /// Too often; so many seconds from now it may be tried again.
    TooMany(u64),
    /// Something else comes first: this page of ours.
    First(String),
    /// An operation refused or failed.
    Operation(service::Error),
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    stylesheet: &'a str,
    icon: &'a str,
    heading: &'a str,
    advice: Cow<'a, str>,
}

impl PageError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::Operation(service::Error::NotFound) => StatusCode::NOT_FOUND,
            Self::Expired | Self::Operation(service::Error::Forbidden(_)) => StatusCode::FORBIDDEN,
            Self::First(_) => StatusCode::SEE_OTHER,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) | Self::Operation(service::Error::TooMany) => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Self::Operation(service::Error::Invalid(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Operation(service::Error::Conflict(_)) => StatusCode::CONFLICT,
            Self::Operation(service::Error::Unavailable { .. }) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Operation(service::Error::Internal(_)) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(&self) -> (&'static str, Cow<'_, str>) {
        match self.status() {
            StatusCode::NOT_FOUND => (
                "There is nothing here",
                "It may have been removed, or it was never here, or it is not for everybody."
                    .into(),
            ),
            StatusCode::FORBIDDEN if matches!(self, Self::Expired) => (
                "This form has expired",
                "Go back, load the page again and send the form once more. If that does not help, \
                 allow this site to keep cookies."
                    .into(),
            ),
            StatusCode::FORBIDDEN => ("You may not do this", self.sentence()),
            StatusCode::TOO_MANY_REQUESTS => {
                ("Too many tries", "Wait a while, then try again.".into())
            }
            StatusCode::PAYLOAD_TOO_LARGE => (
                "That was too much",
                "The form is larger than this server takes.".into(),
            ),
            StatusCode::SERVICE_UNAVAILABLE => (
                "Back in a moment",
                "Something this server needs is away. Try again soon.".into(),
            ),
            StatusCode::INTERNAL_SERVER_ERROR => (
                "Something went wrong",
                "This is the server's fault and not yours. It has been written down.".into(),
            ),
            _ => ("This does not make sense", self.sentence()),
        }
    }

    fn sentence(&self) -> Cow<'_, str> {
        match self {
            Self::Operation(error) => error.to_string().into(),
            _ => "The request could not be read.".into(),
        }
    }
}

impl From<service::Error> for PageError {
    fn from(error: service::Error) -> Self {
        Self::Operation(error)
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        if let Self::First(path) = &self {
            let private = [(header::CACHE_CONTROL, "private, no-store")];
            return (private, Redirect::to(path)).into_response();
        }
        match &self {
            Self::Operation(service::Error::Internal(cause)) => {
                tracing::error!(error = format!("{cause:#}"), "A page failed");
            }
            Self::Operation(service::Error::Unavailable { what, source }) => {
                tracing::warn!(
                    what,
                    error = format!("{source:#}"),
                    "A page found something away"
                );
            }
            _ => {}
        }
        let (heading, advice) = self.words();
        let page = ErrorPage {
            stylesheet: assets::STYLESHEET.path(),
            icon: assets::ICON.path(),
            heading,
            advice,
        };
        let body = page.render().unwrap_or_else(|_| heading.to_owned());
        let mut headers = HeaderMap::new();
        let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
        set(header::CONTENT_TYPE, "text/html; charset=utf-8");
        set(header::CACHE_CONTROL, "private, no-store");
        if let Self::TooMany(seconds) = self {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        policy::write(
            &mut headers,
            FormTargets::Ours,
            Pictures::Secure,
            Scripts::None,
        );
        (self.status(), headers, body).into_response()
    }
}
