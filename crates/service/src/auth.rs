//! Apps, authorisation codes, tokens and sessions (OAuth 2, RFC 6749 and 7636, as Mastodon's clients use it).
//!
//! Secrets are shown once, to whom they are given; here they are kept as SHA-256, which is enough for values
//! of 256 random bits.

mod applications;
mod authenticate;
mod authorised;
mod codes;
mod provider_sessions;
mod redirect_uri;
mod revoke;
mod secret;
mod sessions;
mod tokens;

pub use crate::second_factor::is_stepped_up;
pub use applications::{
    NewApplication, application, check_application, find_application, register_application,
};
pub use authenticate::{Principal, TokenCache, authenticate, authenticate_newcomer};
pub use authorised::{authorised_apps, revoke_app};
pub use codes::{Consent, Redemption, grant_code, redeem_code};
pub use provider_sessions::{
    EndedThere, ProviderSession, end_provider_sessions, is_by_provider, note_provider_session,
};
pub use redirect_uri::OUT_OF_BAND;
pub use revoke::{revoke_everything, revoke_token};
pub(crate) use revoke::{revoke_everything_in, tell_revoked};
pub use secret::Shown;
pub use sessions::{
    end_other_sessions, end_session, end_session_of, find_session, sessions, start_session,
};
pub use tokens::{grant_application_token, grant_member_token};
