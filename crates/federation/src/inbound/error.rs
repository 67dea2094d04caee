//! Terse answers to peers.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde_json::json;

/// A request that is not taken in. The word is for the peer's operator; causes go to our log.
#[derive(Debug)]
pub(crate) struct Rejection {
    status: StatusCode,
    code: &'static str,
    retry_after: u32,
}

/// Something is away for the moment: so many seconds.
const SOON: u32 = 30;

impl Rejection {
    pub(crate) const fn new(status: StatusCode, code: &'static str) -> Self {
        Self {
            status,
            code,
            retry_after: SOON,
        }
    }

    /// Asks to come back after so many seconds.
    pub(crate) const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = seconds;
        self
    }

    pub(crate) const fn bad_request(code: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code)
    }

    pub(crate) const fn unauthorized(code: &'static str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code)
    }

    /// Whether the peer is shut out, rather than unknown.
    pub(crate) fn is_forbidden(&self) -> bool {
        self.status == StatusCode::FORBIDDEN
    }

    pub(crate) const fn unavailable(code: &'static str) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code)
    }
}

impl From<service::Error> for Rejection {
    fn from(error: service::Error) -> Self {
        match error {
            service::Error::NotFound => Self::new(StatusCode::NOT_FOUND, "not_found"),
            service::Error::Unavailable { .. } => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "a request of a peer has to wait"
                );
                Self::unavailable("unavailable")
            }
            error => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "a request of a peer failed"
                );
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")
            }
        }
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(json!({ "error": self.code }))).into_response();
        let headers = response.headers_mut();
        if self.status == StatusCode::UNAUTHORIZED {
            // RFC 9421, section 5: what we would verify.
            let wanted = r#"sig1=("@method" "@target-uri" "content-digest");created;keyid;alg="rsa-v1_5-sha256""#;
            headers.insert("accept-signature", HeaderValue::from_static(wanted));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(self.retry_after));
        }
        response
    }
}
