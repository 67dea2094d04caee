//! Tokens that the provider has signed (OpenID Connect Core, 3.1.3.7).
//!
//! The library checks the signature, by one of a fixed list of algorithms; what a token says is checked here, with
//! a clock that is handed in.

use jsonwebtoken::{Algorithm, Header, Validation};
use serde_json::{Map, Value};
use thiserror::Error;
use time::{Duration, OffsetDateTime};

use super::keys::Keys;
use crate::callback::is_same;

/// The algorithms that are believed. Never `none`, and never one with a shared secret, whatever the token says.
const ALGORITHMS: [Algorithm; 4] = [
    Algorithm::RS256,
    Algorithm::PS256,
    Algorithm::ES256,
    Algorithm::EdDSA,
];
/// How much two clocks may differ.
pub(super) const SKEW: Duration = Duration::seconds(60);
/// The longest token, in bytes.
const LONGEST: usize = 64 * 1024;

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(super) enum Untrue {
    #[error("the token cannot be read")]
    Malformed,
    #[error("the token is signed by an algorithm that is not believed")]
    Algorithm,
    #[error("the token is signed by a key that the provider does not publish")]
    UnknownKey,
    #[error("the token's signature is wrong")]
    Signature,
    #[error("the token is of another kind")]
    Kind,
    #[error("the token is of another issuer")]
    Issuer,
    #[error("the token is for somebody else")]
    Audience,
    #[error("the token was given to another client")]
    AuthorizedParty,
    #[error("the token has run out")]
    Expired,
    #[error("the token is of the future; are both clocks right?")]
    Early,
    #[error("the token answers another question")]
    Nonce,
    #[error("the token names nobody")]
    Subject,
    #[error("the token has no id")]
    Id,
}

/// What a token must say.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) now: OffsetDateTime,
}

/// A token whose signature is right. What it says has not been looked at.
#[derive(Debug)]
pub(super) struct Verified {
    pub(super) typ: Option<String>,
    pub(super) claims: Map<String, Value>,
}

impl Verified {
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }
}

/// The header, if its algorithm is one that is believed and it asks for nothing we do not know.
pub(super) fn header(token: &str) -> Result<Header, Untrue> {
    if token.len() > LONGEST || token.split('.').count() != 3 {
        return Err(Untrue::Malformed);
    }
    // A header with an algorithm the library does not know, `none` among them, cannot be read.
    let header = jsonwebtoken::decode_header(token).map_err(|_| Untrue::Algorithm)?;
    if !ALGORITHMS.contains(&header.alg) || header.crit.is_some() {
        return Err(Untrue::Algorithm);
    }
    Ok(header)
}

/// Checks the signature.
pub(super) fn verify(token: &str, header: &Header, keys: &Keys) -> Result<Verified, Untrue> {
    let key = keys.find(header).ok_or(Untrue::UnknownKey)?;
    let mut validation = Validation::new(header.alg);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    let data = jsonwebtoken::decode::<Map<String, Value>>(token, &key, &validation)
        .map_err(|_| Untrue::Signature)?;
    Ok(Verified {
        typ: data.header.typ,
        claims: data.claims,
    })
}

/// Checks what an ID token says.
pub(super) fn check_id(
    token: &Verified,
    expected: &Expected<'_>,
    nonce: &str,
) -> Result<(), Untrue> {
    if token
        .typ
        .as_deref()
        .is_some_and(|typ| typ.eq_ignore_ascii_case("logout+jwt"))
    {
        return Err(Untrue::Kind);
    }
    check_common(token, expected)?;
    if !token.text("nonce").is_some_and(|said| is_same(said, nonce)) {
        return Err(Untrue::Nonce);
    }
    if token.text("sub").is_none_or(str::is_empty) {
        return Err(Untrue::Subject);
    }
    Ok(())
}

/// What every token must say: by whom, for whom, and when.
pub(super) fn check_common(token: &Verified, expected: &Expected<'_>) -> Result<(), Untrue> {
    if token.text("iss") != Some(expected.issuer) {
        return Err(Untrue::Issuer);
    }
    check_audience(token, expected.client_id)?;
    let now = expected.now;
    if now >= moment(token, "exp").ok_or(Untrue::Expired)? + SKEW {
        return Err(Untrue::Expired);
    }
    let issued = moment(token, "iat").ok_or(Untrue::Early)?;
    let earliest = moment(token, "nbf").map_or(issued, |from| from.max(issued));
    if earliest > now + SKEW {
        return Err(Untrue::Early);
    }
    Ok(())
}

/// A moment that a token names, in seconds since 1970; some write them with a fraction.
pub(super) fn moment(token: &Verified, name: &str) -> Option<OffsetDateTime> {
    let value = token.claims.get(name)?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast of floats saturates, and no year is that far away"
    )]
    let seconds = value
        .as_i64()
        .or_else(|| value.as_f64().map(|seconds| seconds as i64))?;
    OffsetDateTime::from_unix_timestamp(seconds).ok()
}

fn check_audience(token: &Verified, client_id: &str) -> Result<(), Untrue> {
    let (is_for_us, is_for_many) = match token.claims.get("aud") {
        Some(Value::String(one)) => (one == client_id, false),
        Some(Value::Array(many)) => (
            many.iter().any(|one| one.as_str() == Some(client_id)),
            many.len() > 1,
        ),
        _ => (false, false),
    };
    if !is_for_us {
        return Err(Untrue::Audience);
    }
    match token.claims.get("azp") {
        Some(party) if party.as_str() == Some(client_id) => Ok(()),
        None if !is_for_many => Ok(()),
        _ => Err(Untrue::AuthorizedParty),
    }
}
