//! The rules in force, by number, as reports and measures name them.

use super::board::documents;
use crate::{App, Result};

/// The rules in force, numbered from 1.
pub(crate) async fn rules(app: &App) -> Result<Vec<(i32, String)>> {
    Ok((1..).zip(documents::rules(app).await?).collect())
}
