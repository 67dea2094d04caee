//! Apps, authorisation codes, tokens and sessions.

use model::{
    AccountId, ApplicationId, Scope, Scopes, SessionId, TokenId,
    member::{Member, Session},
    oauth::{Application, Token},
};

use crate::{App, Result};

/// Tokens looked up in the last seconds; a revocation is told on the bus and drops them.
#[derive(Clone)]
pub struct TokenCache;
impl TokenCache {
    /// An empty cache that listens to the bus.
    pub fn new(bus: &crate::bus::Bus) -> Self {
        todo!()
    }
}

/// Whoever holds a valid token.
#[derive(Clone, Debug)]
pub struct Principal {
    pub token_id: TokenId,
    pub application_id: Option<ApplicationId>,
    pub account_id: Option<AccountId>,
    pub scopes: Scopes,
    pub created_at: time::OffsetDateTime,
}
/// Who a bearer token belongs to. `None`: unknown, revoked, or its member may not use the server.
pub async fn authenticate(app: &App, bearer: &str) -> Result<Option<Principal>> {
    todo!()
}

/// A secret that is shown once. `Debug` hides it.
#[derive(Clone)]
pub struct Shown(String);
impl Shown {
    /// The secret.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Debug)]
pub struct NewApplication {
    pub name: String,
    pub website: Option<String>,
    pub redirect_uris: Vec<String>,
    pub scopes: Scopes,
}
/// Registers an app; refuses data:, javascript:, vbscript: and fragments in redirect URIs.
pub async fn register_application(app: &App, new: NewApplication) -> Result<(Application, Shown)> {
    todo!()
}
pub async fn find_application(app: &App, client_id: &str) -> Result<Option<Application>> {
    todo!()
}
pub async fn application(app: &App, id: ApplicationId) -> Result<Application> {
    todo!()
}
/// Whether the secret is the app's.
pub async fn check_application(
    app: &App,
    client_id: &str,
    secret: &str,
) -> Result<Option<Application>> {
    todo!()
}

/// What a member agreed to.
#[derive(Clone, Debug)]
pub struct Consent {
    pub application_id: ApplicationId,
    pub account_id: AccountId,
    pub redirect_uri: String,
    pub scopes: Scopes,
    pub pkce_challenge: Option<String>,
}
/// A code for the app, valid ten minutes, once.
pub async fn grant_code(app: &App, consent: Consent) -> Result<Shown> {
    todo!()
}
#[derive(Clone, Debug)]
pub struct Redemption<'a> {
    pub application_id: ApplicationId,
    pub code: &'a str,
    pub redirect_uri: &'a str,
    pub pkce_verifier: Option<&'a str>,
}
/// Exchanges a code for a token; a second use revokes what the first gave. `None` = invalid_grant.
pub async fn redeem_code(app: &App, redemption: Redemption<'_>) -> Result<Option<(Token, Shown)>> {
    todo!()
}
/// A token for the app itself (client credentials).
pub async fn grant_application_token(
    app: &App,
    id: ApplicationId,
    scopes: Scopes,
) -> Result<(Token, Shown)> {
    todo!()
}
/// A token made on the command line or by sign-up; `literal` only in the test profile.
pub async fn grant_member_token(
    app: &App,
    account: AccountId,
    application: Option<ApplicationId>,
    scopes: Scopes,
    literal: Option<&str>,
) -> Result<(Token, Shown)> {
    todo!()
}
/// Revokes a token of the app (RFC 7009); an unknown one is no error.
pub async fn revoke_token(app: &App, application: ApplicationId, token: &str) -> Result<()> {
    todo!()
}
/// Revokes everything somebody holds: sessions and tokens (S40).
pub async fn revoke_everything(app: &App, account: AccountId) -> Result<()> {
    todo!()
}

/// Starts a browser session; the cookie's value is shown once.
pub async fn start_session(
    app: &App,
    account: AccountId,
    user_agent: &str,
) -> Result<(Session, Shown)> {
    todo!()
}
/// Who a cookie belongs to.
pub async fn find_session(app: &App, cookie: &str) -> Result<Option<(Session, Member)>> {
    todo!()
}
pub async fn end_session(app: &App, id: SessionId) -> Result<()> {
    todo!()
}
