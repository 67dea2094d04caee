//! A form that somebody sent from one of our own pages.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
};
use http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Browser, origin};
use crate::{State, pages::PageError};

/// The name of the hidden field.
pub(crate) const TOKEN_FIELD: &str = "form_token";

/// The fields of a form, and the browser that sent it. Whoever holds this knows that the form came
/// from our own page in that very browser.
pub(crate) struct Form<T> {
    /// Who sent it.
    pub(crate) browser: Browser,
    /// What was filled in.
    pub(crate) fields: T,
}

impl<T: DeserializeOwned> FromRequest<State> for Form<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &State) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        let browser = Browser::from_request_parts(&mut parts, state).await?;
        let host = parts
            .uri
            .authority()
            .map(http::uri::Authority::as_str)
            .or_else(|| {
                parts
                    .headers
                    .get(header::HOST)
                    .and_then(|host| host.to_str().ok())
            });
        if !origin::is_ours(&parts.headers, state.app.urls.base(), host) {
            return Err(PageError::Expired);
        }
        if !is_form(&parts.headers) {
            return Err(PageError::Malformed);
        }
        let body = Bytes::from_request(Request::from_parts(parts, body), state).await;
        let body = body.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => PageError::TooLarge,
            _ => PageError::Malformed,
        })?;
        let fields = read(&body)?;
        let token = fields
            .get(TOKEN_FIELD)
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !browser.may_have_sent(state, token) {
            return Err(PageError::Expired);
        }
        let fields = T::deserialize(Value::Object(fields)).map_err(|_| PageError::Malformed)?;
        Ok(Self { browser, fields })
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let declared = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let declared = declared.and_then(|text| text.parse::<mime::Mime>().ok());
    declared.is_some_and(|mime| mime.essence_str() == "application/x-www-form-urlencoded")
}

/// Each field once, as text; of a repeated one the last counts. NUL is nothing anybody types.
fn read(body: &[u8]) -> Result<Map<String, Value>, PageError> {
    let mut fields = Map::new();
    for (name, value) in url::form_urlencoded::parse(body) {
        if name.contains('\0') || value.contains('\0') {
            return Err(PageError::Malformed);
        }
        fields.insert(name.into_owned(), Value::String(value.into_owned()));
    }
    Ok(fields)
}
