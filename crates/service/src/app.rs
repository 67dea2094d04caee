//! Everything an operation works with.

use std::sync::Arc;

use sqlx::PgPool;

use crate::{
    auth::TokenCache, bus::Bus, clock::Clock, instance::UsageCache, keys::MasterKey, mail::Mailer,
    peers::PeerCache, remote::RemoteLookup, settings::Settings, urls::Urls,
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
    /// Tokens looked up in the last seconds.
    pub tokens: TokenCache,
    /// Figures about the server, a few minutes old.
    pub usage: UsageCache,
    /// Peers that were heard from lately.
    pub peers: PeerCache,
}
