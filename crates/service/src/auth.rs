//! Apps, authorisation codes, tokens and sessions (OAuth 2, RFC 6749 and 7636, as Mastodon's clients use it).
//!
//! Secrets are shown once, to whom they are given; here they are kept as SHA-256, which is enough for values
//! of 256 random bits.

mod applications;
mod authenticate;
mod codes;
mod redirect_uri;
mod revoke;
mod secret;
mod sessions;
mod tokens;

pub use applications::{
    NewApplication, application, check_application, find_application, register_application,
};
pub use authenticate::{Principal, TokenCache, authenticate};
pub use codes::{Consent, Redemption, grant_code, redeem_code};
pub use redirect_uri::OUT_OF_BAND;
pub use revoke::{revoke_everything, revoke_token};
pub(crate) use revoke::{revoke_everything_in, tell_revoked};
pub use secret::Shown;
pub use sessions::{end_session, find_session, start_session};
pub use tokens::{grant_application_token, grant_member_token};
