//! Both signatures of a webhook.

use aws_lc_rs::{
    digest::{SHA256, digest},
    hmac::{self, HMAC_SHA256, Key},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use time::OffsetDateTime;
use url::Url;

const HUB: HeaderName = HeaderName::from_static("x-hub-signature");
const DIGEST: HeaderName = HeaderName::from_static("content-digest");
const INPUT: HeaderName = HeaderName::from_static("signature-input");
const SIGNATURE: HeaderName = HeaderName::from_static("signature");

/// What is signed: a `POST` of JSON.
pub(super) struct Signed<'a> {
    pub(super) url: &'a Url,
    pub(super) body: &'a [u8],
    pub(super) now: OffsetDateTime,
}

/// Adds the headers of both signatures.
pub(super) fn sign(headers: &mut HeaderMap, secret: &SecretString, signed: &Signed<'_>) {
    let key = Key::new(HMAC_SHA256, secret.expose_secret().as_bytes());
    let hub = hex::encode(hmac::sign(&key, signed.body));
    let digest = format!(
        "sha-256=:{}:",
        STANDARD.encode(digest(&SHA256, signed.body))
    );
    let parameters = parameters(signed.now);
    let signature = tag(&key, &base(signed.url, &digest, &parameters));
    for (name, value) in [
        (HUB, format!("sha256={hub}")),
        (DIGEST, digest),
        (INPUT, format!("moot={parameters}")),
        (SIGNATURE, format!("moot=:{signature}:")),
    ] {
        let value = HeaderValue::from_str(&value).expect("hex, base64 and our own ASCII words");
        headers.insert(name, value);
    }
}

/// RFC 9421, 2.3.
fn parameters(now: OffsetDateTime) -> String {
    format!(
        "(\"@method\" \"@target-uri\" \"content-type\" \"content-digest\");created={};keyid=\"moot\";alg=\"hmac-sha256\"",
        now.unix_timestamp()
    )
}

/// RFC 9421, 2.5.
fn base(url: &Url, digest: &str, parameters: &str) -> String {
    let mut target = url.clone();
    target.set_fragment(None);
    format!(
        "\"@method\": POST\n\"@target-uri\": {target}\n\"content-type\": application/json\n\"content-digest\": {digest}\n\"@signature-params\": {parameters}"
    )
}

/// RFC 9421, 3.3.3.
fn tag(key: &Key, base: &str) -> String {
    STANDARD.encode(hmac::sign(key, base.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9421, B.2.5.
    #[test]
    fn the_example_of_the_rfc_comes_out() {
        let secret = "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";
        let key = Key::new(HMAC_SHA256, &STANDARD.decode(secret).unwrap());
        let base = "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@authority\": example.com\n\"content-type\": application/json\n\"@signature-params\": (\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\"";

        assert_eq!(
            tag(&key, base),
            "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8="
        );
    }
}
