//! The server itself.

use model::{Emoji, instance::Usage};

use crate::{App, Result};

/// Figures for NodeInfo and the instance page; may be a few minutes old.
pub async fn usage(app: &App) -> Result<Usage> {
    todo!()
}
/// Custom emoji of this server.
pub async fn custom_emojis(_app: &App) -> Result<Vec<Emoji>> {
    Ok(Vec::new())
}
/// Domains of known peers.
pub async fn peers(app: &App) -> Result<Vec<String>> {
    todo!()
}
