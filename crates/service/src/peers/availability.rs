//! Whether a peer can be reached.
//!
//! Deliveries that fail on seven distinct days make a peer unavailable (Mastodon's rule): nothing is
//! queued for it until it is heard from again or a delivery succeeds.

use std::time::Duration;

use db::peers::Availability;
use model::Domain;
use moka::sync::Cache;

use crate::{App, Result};

/// Distinct days with failures that make a peer unavailable.
const DAYS: i32 = 7;

/// Peers in good standing that were heard from lately: their next request costs no query.
#[derive(Clone, Debug)]
pub struct PeerCache(Cache<Domain, ()>);

impl Default for PeerCache {
    fn default() -> Self {
        Self(
            Cache::builder()
                .max_capacity(10_000)
                .time_to_live(Duration::from_mins(1))
                .build(),
        )
    }
}

/// Notes that a delivery failed. True when the peer is given up by it: its lane can be dropped.
pub async fn delivery_failed(app: &App, domain: &Domain) -> Result<bool> {
    app.peers.0.invalidate(domain);
    let mut connection = app.db.acquire().await?;
    Ok(db::peers::record_failure(&mut connection, domain, app.clock.now(), DAYS).await?)
}

/// Notes that a delivery arrived, which clears all marks.
pub async fn delivery_succeeded(app: &App, domain: &Domain) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    if db::peers::availability(&mut connection, domain).await? != Availability::Good {
        db::peers::clear_failures(&mut connection, domain, Some(app.clock.now())).await?;
    }
    Ok(())
}

/// A signed request of the peer has arrived, which clears its marks. True when it had been given up: its
/// lane is to be woken then.
pub async fn heard_from(app: &App, domain: &Domain) -> Result<bool> {
    if app.peers.0.contains_key(domain) {
        return Ok(false);
    }
    let mut connection = app.db.acquire().await?;
    let was_given_up = match db::peers::availability(&mut connection, domain).await? {
        Availability::Good => false,
        Availability::Failing | Availability::Unavailable => {
            db::peers::clear_failures(&mut connection, domain, None).await?
        }
    };
    app.peers.0.insert(domain.clone(), ());
    Ok(was_given_up)
}

/// Whether anything is to be sent to the peer at all.
pub async fn is_available(app: &App, domain: &Domain) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    Ok(db::peers::availability(&mut connection, domain).await? != Availability::Unavailable)
}
