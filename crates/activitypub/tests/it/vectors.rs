//! Every recorded request is verified, or refused with the word its vector gives.

use activitypub::Host;
use activitypub::signature::{PublicKey, RequestParts, SignatureError, Signed};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::Value;
use time::OffsetDateTime;

use crate::cases::fixture;

#[test]
fn every_vector_has_its_verdict() {
    let vectors: Value = serde_json::from_slice(&fixture("signature-vectors.json")).unwrap();

    let mut wrong = Vec::new();
    for vector in vectors["vectors"].as_array().unwrap() {
        let verdict = verdict(vector, &vectors);
        let expected = &vector["expect"];
        let expected = expected["verified"]
            .as_str()
            .or_else(|| expected["reject"].as_str())
            .unwrap();
        if verdict != expected {
            wrong.push(format!(
                "{}: {verdict} instead of {expected}",
                vector["name"]
            ));
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The key that verified, or the word of the refusal.
fn verdict(vector: &Value, world: &Value) -> String {
    let method: Method = vector["method"].as_str().unwrap().parse().unwrap();
    let headers: HeaderMap = vector["headers"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| {
            (
                name.parse::<HeaderName>().unwrap(),
                HeaderValue::from_str(value.as_str().unwrap()).unwrap(),
            )
        })
        .collect();
    let body = STANDARD
        .decode(vector["body_base64"].as_str().unwrap_or_default())
        .unwrap();
    let request = RequestParts {
        method: &method,
        target: vector["target"].as_str().unwrap(),
        headers: &headers,
        body: &body,
        base_url: world["public_base_url"].as_str().unwrap(),
    };
    let now = OffsetDateTime::from_unix_timestamp(world["now"].as_i64().unwrap()).unwrap();
    judge(&request, now, world).unwrap_or_else(|error| error.code().to_owned())
}

fn judge(
    request: &RequestParts<'_>,
    now: OffsetDateTime,
    world: &Value,
) -> Result<String, SignatureError> {
    let signed = Signed::parse(request)?;
    if Host::of_id(signed.key_id()).is_some_and(|host| host.as_str() == "blocked.example") {
        return Err(SignatureError::DomainBlocked);
    }
    signed.check(request, &[Host::parse("moot.example").unwrap()], now)?;
    let key = &world["keys"][signed.key_id()]["publicKeyPem"];
    signed.verify(
        request,
        &PublicKey::from_pem(key.as_str().unwrap()).unwrap(),
    )?;
    Ok(signed.key_id().to_owned())
}
