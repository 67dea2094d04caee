//! Apps, authorisation codes, tokens and sessions. Secrets come in as hashes only.

mod applications;
mod authorised;
mod codes;
mod provider_sessions;
mod sessions;
mod tokens;

pub use applications::{
    NewApplication, application_by_client_id, application_by_id, insert_application, secret_hash,
};
pub use authorised::{authorised_apps, revoke_app};
pub use codes::{CodeRow, NewCode, insert_code, lock_code, remove_codes_of, use_code};
pub use provider_sessions::{
    EndedThere, end_provider_attempts, end_provider_sessions, is_by_provider, note_provider_session,
};
pub use sessions::{
    end_other_sessions, end_session, end_session_of, end_sessions_of, find_session, insert_session,
    list_sessions, session_seen, session_stepped_up, trim_sessions,
};
pub use tokens::{
    NewToken, TokenRow, find_token, insert_token, revoke_token_by_hash, revoke_token_by_id,
    revoke_tokens_of, token_stepped_up_at, token_used,
};
