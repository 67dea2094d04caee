//! An OpenID Connect provider.

/// An OpenID Connect provider.
#[derive(Debug)]
pub struct Oidc {}
