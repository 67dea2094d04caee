//! Ways of signing in by the organisation's own means, one chapter each. This version knows local passwords only and says so at the start.

pub mod cas;
pub mod general;
pub mod ldap;
pub mod oidc;
pub mod pam;
pub mod saml;
