//! What must hold for any input.

use std::sync::LazyLock;

use activitypub::signature::{
    Outgoing, Payload, PrivateKey, RequestParts, SignatureError, Signed, digest, rfc9421, sign_get,
    sign_post,
};
use activitypub::webfinger::{Acct, lrdd_template};
use activitypub::{Activity, Actor, Document, Host, Post, decode, json, media_type, parse_id};
use http::{HeaderMap, HeaderValue, Method};
use proptest::prelude::*;
use time::{Duration, OffsetDateTime};
use url::Url;

use crate::cases;

static KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());

const BASE: &str = "https://b.example";

fn now() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_785_578_700).unwrap()
}

/// What our own check says about a request of ours.
fn verdict(
    method: &Method,
    target: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(), SignatureError> {
    let request = RequestParts {
        method,
        target,
        headers,
        body,
        base_url: BASE,
    };
    let signed = Signed::parse(&request)?;
    signed.check(&request, &[Host::parse("b.example").unwrap()], now())?;
    signed.verify(&request, &KEY.public_key().unwrap())
}

fn outgoing(url: &Url) -> Outgoing<'_> {
    Outgoing {
        url,
        key_id: "https://a.example/u#main-key",
        key: &KEY,
        now: now(),
    }
}

/// A delivery with both kinds of signature to choose from.
fn delivery(url: &Url, body: &[u8]) -> HeaderMap {
    let digest = digest(body);
    let payload = Payload {
        content_type: activitypub::CONTENT_TYPE,
        digest: &digest,
        collection_synchronization: None,
    };
    sign_post(&outgoing(url), &payload)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_we_sign_verifies_and_nothing_else_does(path in "/[a-z0-9/]{0,20}", query in "[a-z]{0,5}", body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let url: Url = format!("{BASE}{path}?{query}").parse().unwrap();
        let target = &url[url::Position::BeforePath..url::Position::AfterQuery];

        prop_assert_eq!(verdict(&Method::GET, target, &sign_get(&outgoing(&url)), b""), Ok(()));
        let headers = delivery(&url, &body);
        prop_assert_eq!(verdict(&Method::POST, target, &headers, &body), Ok(()));
        let newer = rfc9421::sign::sign_post(&outgoing(&url), &digest::content_digest(&body));
        prop_assert_eq!(verdict(&Method::POST, target, &newer, &body), Ok(()));
        prop_assert_eq!(verdict(&Method::GET, target, &rfc9421::sign::sign_get(&outgoing(&url)), b""), Ok(()));

        let other = [&body[..], b"!"].concat();
        for headers in [&headers, &newer] {
            prop_assert_eq!(verdict(&Method::POST, target, headers, &other), Err(SignatureError::DigestMismatch));
            prop_assert_eq!(verdict(&Method::POST, "/elsewhere", headers, &body), Err(SignatureError::BadSignature));
            prop_assert_eq!(verdict(&Method::PUT, target, headers, &body), Err(SignatureError::BadSignature));
        }
    }

    #[test]
    fn a_host_normalised_twice_is_a_host_normalised_once(text in "\\PC{0,40}") {
        if let Ok(host) = Host::parse(&text) {
            prop_assert_eq!(Host::parse(host.as_str()), Ok(host.clone()));
            prop_assert_eq!(Host::of_id(&format!("https://{host}/x")), Some(host));
        }
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "\\PC{0,200}") {
        let _ = (Acct::parse(&text), parse_id(&text), lrdd_template(&text), json::web_address(&text));
        let _ = (media_type::is_activitypub(&text), media_type::negotiate(Some(&text)), decode(text.as_bytes()));
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert("signature", value.clone());
            let _ = verdict(&Method::GET, "/", &headers, b"");
            headers.insert("signature-input", value);
            let _ = verdict(&Method::GET, "/", &headers, b"");
        }
    }

    #[test]
    fn no_damage_to_a_document_makes_decoding_panic(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let files: Vec<_> = cases::all().into_iter().map(|case| case.file).collect();
        let mut bytes = cases::fixture(&files[which.index(files.len())]);
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] = byte;
        }
        if let Ok(document) = decode(&bytes) {
            read_everything(&document);
        }
    }
}

fn read_everything(document: &Document) {
    let _ = (
        Actor::from_document(document),
        Post::from_document(document),
    );
    if let Ok(activity) = Activity::from_document(document) {
        let _ = format!("{activity:?}");
    }
    if let Some(object) = document.get("object") {
        let _ = (Actor::from_value(object), Post::from_value(object));
    }
}

/// S14: leaving out any covered part, changing any covered header, replaying elsewhere or later is refused.
#[test]
fn a_delivery_changed_in_any_covered_part_is_refused() {
    let url: Url = format!("{BASE}/inbox").parse().unwrap();
    let body = b"{}";
    let good = delivery(&url, body);
    assert_eq!(verdict(&Method::POST, "/inbox", &good, body), Ok(()));

    for (header, value) in [
        ("host", "c.example"),
        ("date", "Sat, 01 Aug 2026 10:04:41 GMT"),
        ("content-type", "text/html"),
        (
            "digest",
            "SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        ),
    ] {
        let mut changed = good.clone();
        changed.insert(header, value.parse().unwrap());
        assert!(
            verdict(&Method::POST, "/inbox", &changed, body).is_err(),
            "changed {header}"
        );
        changed.remove(header);
        assert!(
            verdict(&Method::POST, "/inbox", &changed, body).is_err(),
            "removed {header}"
        );
        let mut doubled = good.clone();
        doubled.append(header, value.parse().unwrap());
        assert!(
            verdict(&Method::POST, "/inbox", &doubled, body).is_err(),
            "doubled {header}"
        );
    }

    for part in ["host ", "date ", " digest", " (request-target)"] {
        let signature = good["signature"].to_str().unwrap().replace(part, "");
        let mut weakened = good.clone();
        weakened.insert("signature", signature.parse().unwrap());
        let verdict = verdict(&Method::POST, "/inbox", &weakened, body);
        assert_eq!(
            verdict,
            Err(SignatureError::WeakSignature),
            "uncovered {part}"
        );
    }
}

#[test]
fn a_signature_of_yesterday_is_refused() {
    let url: Url = format!("{BASE}/inbox").parse().unwrap();
    for offset in [Duration::hours(-13), Duration::hours(2)] {
        let request = Outgoing {
            now: now() + offset,
            ..outgoing(&url)
        };
        for headers in [sign_get(&request), rfc9421::sign::sign_get(&request)] {
            assert_eq!(
                verdict(&Method::GET, "/inbox", &headers, b""),
                Err(SignatureError::Stale)
            ); // S14
        }
    }
}
