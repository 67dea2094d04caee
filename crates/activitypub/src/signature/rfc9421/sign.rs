//! Signing what we send by RFC 9421: the second knock, for peers that refused the older scheme.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::base;
use crate::signature::{Outgoing, RequestParts, SignedHeaders};

const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");
const SIGNATURE_INPUT: HeaderName = HeaderName::from_static("signature-input");
const SIGNATURE: HeaderName = HeaderName::from_static("signature");

/// Headers for fetching: `Signature-Input`, `Signature`.
pub fn sign_get(request: &Outgoing<'_>) -> SignedHeaders {
    sign(request, &Method::GET, HeaderMap::new())
}

/// Headers for delivering: `Content-Digest`, `Signature-Input`, `Signature`. The digest is that of
/// [`crate::signature::digest::content_digest`].
pub fn sign_post(request: &Outgoing<'_>, content_digest: &str) -> SignedHeaders {
    let value = HeaderValue::from_str(content_digest).expect("a digest is base64 between colons");
    sign(
        request,
        &Method::POST,
        HeaderMap::from_iter([(CONTENT_DIGEST, value)]),
    )
}

fn sign(request: &Outgoing<'_>, method: &Method, mut headers: HeaderMap) -> SignedHeaders {
    let mut covered = vec!["@method".to_owned(), "@target-uri".to_owned()];
    covered.extend(headers.keys().map(|name| name.as_str().to_owned()));
    let listed = covered
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect::<Vec<_>>()
        .join(" ");
    let raw = format!(
        "({listed});created={};keyid=\"{}\"",
        request.now.unix_timestamp(),
        request.key_id
    );
    let parts = RequestParts {
        method,
        target: &request.url[url::Position::BeforePath..url::Position::AfterQuery],
        headers: &headers,
        body: &[],
        base_url: &request.url[..url::Position::BeforePath],
    };
    let text = base::build(&covered, &raw, &parts).expect("every component above can be built");
    let signature = STANDARD.encode(request.key.sign(text.as_bytes()));
    for (name, value) in [
        (SIGNATURE_INPUT, format!("sig1={raw}")),
        (SIGNATURE, format!("sig1=:{signature}:")),
    ] {
        headers.insert(
            name,
            HeaderValue::from_str(&value).expect("key ids are URLs, the rest is ASCII"),
        );
    }
    headers
}
