//! What the board has set.

use serde_json::Value;
use sqlx::PgConnection;

use crate::Result;

/// The settings that the board has changed, by name.
pub async fn governance_settings(
    connection: &mut PgConnection,
) -> Result<serde_json::Map<String, Value>> {
    let rows = sqlx::query!("SELECT name, value FROM governance_settings")
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.value)).collect())
}
