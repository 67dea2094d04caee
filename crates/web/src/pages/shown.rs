//! A filled template on its way to a browser, with its headers.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use service::Settings;

use super::policy::{self, FormTargets, Pictures, Scripts};
use crate::{State, session::Browser};

/// A page to be sent.
pub(crate) struct Shown {
    status: StatusCode,
    headers: HeaderMap,
    forms: FormTargets,
    pictures: Pictures,
    scripts: Scripts,
    body: Result<String, askama::Error>,
}

impl Shown {
    /// A page for this browser. What a member sees is kept nowhere (S38, S56); what anybody sees may be
    /// kept for a moment by whoever sends no cookie.
    pub(crate) fn new(state: &State, browser: &Browser, page: &impl Template) -> Self {
        let mut headers = HeaderMap::new();
        let caching = match browser.sitting() {
            Some(_) => "private, no-store",
            None => "public, max-age=10",
        };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        headers.insert(header::VARY, HeaderValue::from_static("Accept, Cookie"));
        Self {
            status: StatusCode::OK,
            headers,
            forms: FormTargets::Ours,
            pictures: pictures(&state.app.settings),
            scripts: Scripts::None,
            body: page.render(),
        }
    }

    /// With another status.
    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Never kept, whoever asks: the page has a form, or says what only this person should read.
    pub(crate) fn private(self) -> Self {
        self.header(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        )
    }

    /// Where its forms may lead, if not only to us. Such a page is private.
    pub(crate) fn forms_lead(mut self, forms: FormTargets) -> Self {
        self.forms = forms;
        self.private()
    }

    /// With our script, for a page that asks for a passkey. Such a page is private.
    pub(crate) fn scripted_if(mut self, asks_for_passkey: bool) -> Self {
        if asks_for_passkey {
            self.scripts = Scripts::Ours;
        }
        self.private()
    }

    /// With another header.
    pub(crate) fn header(mut self, name: http::HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// With a cookie, if there is one to give. Such a page is private.
    pub(crate) fn cookie(mut self, cookie: Option<HeaderValue>) -> Self {
        if let Some(cookie) = cookie {
            self.headers.append(header::SET_COOKIE, cookie);
        }
        self.private()
    }
}

impl IntoResponse for Shown {
    fn into_response(self) -> Response {
        let Ok(body) = self.body.inspect_err(|error| {
            tracing::error!(error = %error, "A page could not be written");
        }) else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let mut headers = self.headers;
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        policy::write(&mut headers, self.forms, self.pictures, self.scripts);
        (self.status, headers, body).into_response()
    }
}

/// Servers on one machine federate without TLS, so their pictures come without it.
fn pictures(settings: &Settings) -> Pictures {
    if settings.https {
        Pictures::Secure
    } else {
        Pictures::Any
    }
}
