//! Why a request's signature is not believed.

/// One variant for each answer; [`SignatureError::code`] is the word peers and counters see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum SignatureError {
    /// No signature at all.
    #[error("the request is not signed")]
    NotSigned,
    /// The header cannot be read, names something twice, or appears twice.
    #[error("the signature header is malformed")]
    MalformedSignature,
    /// A parameter or header the check needs is missing.
    #[error("a required signature parameter is missing")]
    MissingParameter,
    /// Not RSA with SHA-256.
    #[error("the signature algorithm is not supported")]
    UnsupportedAlgorithm,
    /// `(created)` or `(expires)` with an algorithm that does not define them.
    #[error("(created) and (expires) need the algorithm hs2019")]
    CreatedNotAllowed,
    /// Outside the time window.
    #[error("the signature is too old or from the future")]
    Stale,
    /// Something that must be signed is not.
    #[error("the signature does not cover enough of the request")]
    WeakSignature,
    /// The digest is signed but absent.
    #[error("the digest header is missing")]
    DigestMissing,
    /// The body is not what was signed.
    #[error("the digest does not match the body")]
    DigestMismatch,
    /// No SHA-256 among the digests.
    #[error("the digest must be SHA-256")]
    UnsupportedDigest,
    /// The digest cannot be read.
    #[error("the digest header is malformed")]
    MalformedDigest,
    /// Signed for another server.
    #[error("the signed host is not ours")]
    HostMismatch,
    /// The key did not make this signature.
    #[error("the signature does not match the request")]
    BadSignature,
    /// The signer's server is blocked here. Never made in this crate; it is here so that one type names all answers.
    #[error("the signer's server is blocked")]
    DomainBlocked,
}

impl SignatureError {
    /// The short word for answers and counters.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotSigned => "not_signed",
            Self::MalformedSignature => "malformed_signature",
            Self::MissingParameter => "missing_parameter",
            Self::UnsupportedAlgorithm => "unsupported_algorithm",
            Self::CreatedNotAllowed => "created_not_allowed",
            Self::Stale => "stale",
            Self::WeakSignature => "weak_signature",
            Self::DigestMissing => "digest_missing",
            Self::DigestMismatch => "digest_mismatch",
            Self::UnsupportedDigest => "unsupported_digest",
            Self::MalformedDigest => "malformed_digest",
            Self::HostMismatch => "host_mismatch",
            Self::BadSignature => "bad_signature",
            Self::DomainBlocked => "domain_blocked",
        }
    }
}
