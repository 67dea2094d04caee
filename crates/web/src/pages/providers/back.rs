//! Somebody has come back from a provider and is recognised: from here on it is as with every way.

use axum::response::Response;
use http::HeaderMap;
use service::{auth::ProviderSession, sign_in};
use signin::Identity;

use crate::{
    State,
    pages::{PageError, sign_in::arrive},
    session::{Browser, Coming, How, LocalPath},
};

/// Who has come back, and where.
pub(super) struct Back<'a> {
    pub(super) state: &'a State,
    pub(super) browser: &'a Browser,
    pub(super) headers: &'a HeaderMap,
    pub(super) next: LocalPath,
    /// The session there, if it is one that can end those here.
    pub(super) by: Option<ProviderSession>,
}

/// Lets in whom a provider has recognised.
pub(super) async fn let_in(back: Back<'_>, identity: Identity) -> Result<Response, PageError> {
    let entry = sign_in::with_identity(&back.state.app, identity).await?;
    let coming = Coming {
        headers: back.headers,
        next: back.next,
        how: How::Provider,
        by: back.by,
        login: "",
    };
    arrive(back.state, back.browser, entry, coming).await
}
