//! The server itself.

use std::time::Duration;

use model::{Emoji, instance::Usage};
use moka::future::Cache;

use crate::{App, Result};

/// Figures that read much and may be a few minutes old.
#[derive(Clone, Debug)]
pub struct UsageCache(Cache<(), Usage>);

impl Default for UsageCache {
    fn default() -> Self {
        Self(
            Cache::builder()
                .max_capacity(1)
                .time_to_live(Duration::from_mins(5))
                .build(),
        )
    }
}

/// Figures for NodeInfo and the instance page; up to five minutes old.
pub async fn usage(app: &App) -> Result<Usage> {
    let load = async {
        let mut connection = app.db.acquire().await?;
        Ok(db::instance::usage(&mut connection, app.clock.now()).await?)
    };
    app.usage
        .0
        .try_get_with((), load)
        .await
        .map_err(|error| shared(&error))
}

/// Domains of known peers.
pub async fn peers(app: &App) -> Result<Vec<String>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::instance::peers(&mut connection).await?)
}

/// Custom emoji of this server. There are none before uploads exist.
#[expect(
    clippy::unused_async,
    reason = "reads them from the database once uploads exist"
)]
pub async fn custom_emojis(_app: &App) -> Result<Vec<Emoji>> {
    Ok(Vec::new())
}

/// An error that several callers waited for together.
fn shared(error: &crate::Error) -> crate::Error {
    match error {
        crate::Error::Unavailable { what, .. } => crate::Error::Unavailable {
            what,
            source: anyhow::anyhow!("{error:#}"),
        },
        _ => crate::Error::internal(anyhow::anyhow!("{error:#}")),
    }
}
