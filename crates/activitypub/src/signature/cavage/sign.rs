//! Signing what we send, in the order and spelling Mastodon uses, which every peer has been tested against.

use std::fmt::Write as _;
use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{CONTENT_TYPE, DATE, HOST, HeaderName};
use http::{HeaderMap, HeaderValue};
use time::OffsetDateTime;
use url::Url;

use crate::signature::PrivateKey;

/// `Digest` has no constant in `http`.
const DIGEST: HeaderName = HeaderName::from_static("digest");
const COLLECTION_SYNCHRONIZATION: HeaderName =
    HeaderName::from_static("collection-synchronization");
const SIGNATURE: HeaderName = HeaderName::from_static("signature");

/// A request about to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    /// The address, of this hop: a redirect needs a new signature.
    pub url: &'a Url,
    /// Id of the signing key, such as `https://our.example/ap/users/1#main-key`.
    pub key_id: &'a str,
    /// The key itself.
    pub key: &'a PrivateKey,
    /// Now, for the `Date` header.
    pub now: OffsetDateTime,
}

/// Headers to put on the request, all of which are signed except `Signature` itself.
pub type SignedHeaders = HeaderMap;

/// What a POST carries beside its address.
#[derive(Debug, Clone, Copy)]
pub struct Payload<'a> {
    /// Media type of the body.
    pub content_type: &'a str,
    /// [`crate::signature::digest()`] of the body, made once for all inboxes.
    pub digest: &'a str,
    /// `Collection-Synchronization`, for followers-only posts (FEP-8fcf).
    pub collection_synchronization: Option<&'a str>,
}

/// Headers for fetching: `Host`, `Date`, `Signature`.
pub fn sign_get(request: &Outgoing<'_>) -> SignedHeaders {
    Signing::begin(request).finish("get")
}

/// Headers for delivering: `Host`, `Date`, `Content-Type`, `Digest`, `Signature`. The body must be sent byte for byte
/// as it was digested.
pub fn sign_post(request: &Outgoing<'_>, payload: &Payload<'_>) -> SignedHeaders {
    let mut signing = Signing::begin(request);
    signing.add(CONTENT_TYPE, payload.content_type);
    if let Some(synchronization) = payload.collection_synchronization {
        signing.add(COLLECTION_SYNCHRONIZATION, synchronization);
    }
    signing.add(DIGEST, payload.digest);
    signing.finish("post")
}

struct Signing<'a> {
    request: &'a Outgoing<'a>,
    headers: HeaderMap,
    names: String,
    text: String,
}

impl<'a> Signing<'a> {
    fn begin(request: &'a Outgoing<'a>) -> Self {
        let mut signing = Self {
            request,
            headers: HeaderMap::new(),
            names: String::new(),
            text: String::new(),
        };
        signing.add(HOST, &host(request.url));
        signing.add(
            DATE,
            &httpdate::fmt_http_date(SystemTime::from(request.now)),
        );
        signing
    }

    /// A header that cannot be written is neither sent nor signed; ours never are of that kind.
    fn add(&mut self, name: HeaderName, value: &str) {
        let Ok(header) = HeaderValue::from_str(value) else {
            return;
        };
        self.line(name.as_str(), value);
        self.headers.insert(name, header);
    }

    fn line(&mut self, name: &str, value: &str) {
        if !self.names.is_empty() {
            self.names.push(' ');
            self.text.push('\n');
        }
        self.names.push_str(name);
        self.text.push_str(name);
        self.text.push_str(": ");
        self.text.push_str(value);
    }

    fn finish(mut self, method: &str) -> HeaderMap {
        let mut target = format!("{method} {}", self.request.url.path());
        if let Some(query) = self.request.url.query() {
            target.push('?');
            target.push_str(query);
        }
        self.line("(request-target)", &target);
        let signature = STANDARD.encode(self.request.key.sign(self.text.as_bytes()));
        let mut header = String::with_capacity(signature.len() + 256);
        // Misskey wants the algorithm spelt out, and some old peers know no other name for it.
        write!(
            header,
            r#"keyId="{}",algorithm="rsa-sha256",headers="{}",signature="{signature}""#,
            self.request.key_id, self.names
        )
        .expect("writing to a String cannot fail");
        let header = HeaderValue::from_str(&header).expect("key ids are URLs, the rest is ASCII");
        self.headers.insert(SIGNATURE, header);
        self.headers
    }
}

/// The `Host` header: without the default port.
fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    match url.port() {
        None => name.to_owned(),
        Some(port) => format!("{name}:{port}"),
    }
}
