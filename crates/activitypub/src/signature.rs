//! Proving and checking who sent a request.
//!
//! Two schemes are deployed: the profile of draft-cavage-http-signatures-12 that everybody accepts ([`cavage`]), and
//! RFC 9421 ([`rfc9421`]). Checking takes three steps, because the key must be looked up between them and because a
//! request that fails the cheap ones must not cause any look-up: [`Signed::parse`], [`Signed::check`] and
//! [`Signed::verify`].

pub mod cavage;
pub mod digest;
mod error;
mod keys;
mod request;
pub mod rfc9421;
mod window;

pub use cavage::sign::{Outgoing, Payload, SignedHeaders, sign_get, sign_post};
pub use digest::digest;
pub use error::SignatureError;
pub use keys::{KeyError, PrivateKey, PublicKey};
pub use request::RequestParts;

use time::OffsetDateTime;

use crate::Host;

/// A request's signature, taken apart but not yet believed.
#[derive(Debug, Clone)]
pub struct Signed(Scheme);

#[derive(Debug, Clone)]
enum Scheme {
    Cavage(cavage::parse::Parameters),
    Rfc9421(rfc9421::Parameters),
}

impl Signed {
    /// Reads the signature headers. When `Signature-Input` is present the request is judged by RFC 9421 alone:
    /// falling back to the older scheme would only help whoever tampered with the newer one.
    pub fn parse(request: &RequestParts<'_>) -> Result<Self, SignatureError> {
        if request.headers.contains_key("signature-input") {
            return rfc9421::parse(request).map(|parameters| Self(Scheme::Rfc9421(parameters)));
        }
        cavage::parse::parse(request).map(|parameters| Self(Scheme::Cavage(parameters)))
    }

    /// The id of the key the request claims to be signed with.
    pub fn key_id(&self) -> &str {
        match &self.0 {
            Scheme::Cavage(parameters) => &parameters.key_id,
            Scheme::Rfc9421(parameters) => &parameters.key_id,
        }
    }

    /// Whether the request is signed by RFC 9421, which tells that its sender would accept the same.
    pub fn is_rfc9421(&self) -> bool {
        matches!(self.0, Scheme::Rfc9421(_))
    }

    /// All that can be checked without the key: algorithm, time, what is covered, digest of the body, and that the
    /// request was meant for one of our hosts (S14).
    pub fn check(
        &self,
        request: &RequestParts<'_>,
        our_hosts: &[Host],
        now: OffsetDateTime,
    ) -> Result<(), SignatureError> {
        match &self.0 {
            Scheme::Cavage(parameters) => cavage::check::check(parameters, request, our_hosts, now),
            Scheme::Rfc9421(parameters) => rfc9421::check(parameters, request, now),
        }
    }

    /// Whether the key made this signature over this request. Meaningful only after [`Signed::check`] said yes.
    pub fn verify(
        &self,
        request: &RequestParts<'_>,
        key: &PublicKey,
    ) -> Result<(), SignatureError> {
        match &self.0 {
            Scheme::Cavage(parameters) => cavage::verify::verify(parameters, request, key),
            Scheme::Rfc9421(parameters) => rfc9421::verify(parameters, request, key),
        }
    }
}
