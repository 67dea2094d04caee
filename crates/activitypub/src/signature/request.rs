//! The parts of a request a signature can speak of.

use http::{HeaderMap, Method};

use super::SignatureError;

/// A request as it arrived.
#[derive(Debug, Clone, Copy)]
pub struct RequestParts<'a> {
    /// GET, POST, …
    pub method: &'a Method,
    /// Path and query as sent, such as `/users/alice/outbox?page=true`.
    pub target: &'a str,
    /// All headers.
    pub headers: &'a HeaderMap,
    /// The body's bytes, empty when there is none.
    pub body: &'a [u8],
    /// Our public scheme and host, such as `https://social.example.org`, without a slash at the end. RFC 9421 covers
    /// the full address, which is rebuilt from this and never from what a proxy wrote.
    pub base_url: &'a str,
}

impl<'a> RequestParts<'a> {
    /// The one header of that name. Twice is an error: two readers could pick different ones (S14).
    pub(super) fn only_header(&self, name: &str) -> Result<Option<&'a str>, SignatureError> {
        let mut values = self.headers.get_all(name).iter();
        let Some(value) = values.next() else {
            return Ok(None);
        };
        if values.next().is_some() {
            return Err(SignatureError::MalformedSignature);
        }
        value
            .to_str()
            .map(Some)
            .map_err(|_| SignatureError::MalformedSignature)
    }

    /// Appends a header's value as signatures see it: trimmed, several joined by comma. False when it is absent.
    pub(super) fn write_header(&self, name: &str, into: &mut String) -> bool {
        let mut written = false;
        for value in self.headers.get_all(name) {
            let Ok(value) = str::from_utf8(value.as_bytes()) else {
                return false;
            };
            if written {
                into.push_str(", ");
            }
            into.push_str(value.trim());
            written = true;
        }
        written
    }

    /// The path without the query.
    pub(super) fn path(&self) -> &'a str {
        self.target.split('?').next().unwrap_or(self.target)
    }

    /// Whether a body must be covered.
    pub(super) fn must_cover_body(&self) -> bool {
        self.method == Method::POST || !self.body.is_empty()
    }
}
