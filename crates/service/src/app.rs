//! Everything an operation works with.

use std::sync::Arc;

use sqlx::PgPool;

use crate::{
    auth::TokenCache,
    bus::Bus,
    clock::Clock,
    door::Door,
    instance::UsageCache,
    keys::MasterKey,
    mail::Mailer,
    moderation::{board::documents::DocumentsCache, tell::Places},
    peers::PeerCache,
    remote::RemoteLookup,
    settings::Settings,
    urls::Urls,
};

/// Handed to every operation; cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: PgPool,
    /// The time.
    pub clock: Clock,
    /// What the operator has decided.
    pub settings: Arc<Settings>,
    /// How our URLs are made and read.
    pub urls: Urls,
    /// The root of all keys.
    pub keys: Arc<MasterKey>,
    /// Tells streams and caches what has changed.
    pub bus: Bus,
    /// Finds people and posts on other servers.
    pub remote: Arc<dyn RemoteLookup>,
    /// Finds out who somebody is.
    pub ways: Arc<signin::Ways>,
    /// Sends mail.
    pub mailer: Arc<dyn Mailer>,
    /// Where moderators are told what waits.
    pub places: Arc<Places>,
    /// Tokens looked up in the last seconds.
    pub tokens: TokenCache,
    /// Figures about the server, a few minutes old.
    pub usage: UsageCache,
    /// Documents that the board has adopted, read lately.
    pub documents: DocumentsCache,
    /// Who may come in and join, as decided a few seconds ago at most.
    pub door: Door,
    /// Peers that were heard from lately.
    pub peers: PeerCache,
}
