//! Apps and the tokens they hold.

use time::OffsetDateTime;

use crate::{
    id::{AccountId, ApplicationId, TokenId},
    scope::Scopes,
};

/// A registered app (RFC 6749's client).
#[derive(Clone, Debug)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// Its public name for the protocol.
    pub client_id: String,
    /// What people call it.
    pub name: String,
    /// Its page.
    pub website: Option<String>,
    /// Where people may be sent back to; compared exactly.
    pub redirect_uris: Vec<String>,
    /// The most it may ask for.
    pub scopes: Scopes,
    /// When it registered.
    pub created_at: OffsetDateTime,
}

/// An access token, without its secret, which is kept as a hash only.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// To which app it was given. Tokens made on the command line belong to none.
    pub application_id: Option<ApplicationId>,
    /// For whom it acts; `None` for an app on its own behalf.
    pub account_id: Option<AccountId>,
    /// What it may do.
    pub scopes: Scopes,
    /// When it was given.
    pub created_at: OffsetDateTime,
}

/// An app that holds tokens of a member.
#[derive(Clone, Debug)]
pub struct AuthorisedApp {
    /// Its id; none for tokens from the command line.
    pub application_id: Option<ApplicationId>,
    /// What people call it.
    pub name: Option<String>,
    /// Its page.
    pub website: Option<String>,
    /// What it may do, all its tokens together.
    pub scopes: Scopes,
    /// When the first of them was given.
    pub since: OffsetDateTime,
    /// When one of them was last used.
    pub last_used_at: Option<OffsetDateTime>,
}
