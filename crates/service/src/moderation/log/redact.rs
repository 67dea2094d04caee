//! Taking a public field back, by a decision of the moderators: its value and salt go, its commitment stays.

use model::moderation::Warrant;
use sqlx::PgConnection;

use super::rows;
use crate::{Error, Result};

/// Takes fields of an entry back. Those that are gone already stay so. The entry that says so is the caller's.
pub(crate) async fn redact(
    connection: &mut PgConnection,
    warrant: &Warrant,
    seq: i64,
    fields: &[String],
) -> Result<()> {
    let row = db::moderation::log::entry(connection, seq)
        .await?
        .ok_or(Error::NotFound)?;
    let mut entry = rows::entry(row)?;
    let there: Vec<String> = fields
        .iter()
        .filter(|name| !entry.public.withheld().any(|gone| gone == name.as_str()))
        .cloned()
        .collect();
    for name in &there {
        // Whatever could not be taken back is said now and not found out by whoever verifies the log.
        entry.redact(name).map_err(Error::internal)?;
    }
    db::moderation::log::withhold(connection, warrant, seq, &there).await?;
    Ok(())
}

/// The names of an entry's fields that can still be taken back; none when there is no such entry.
pub(crate) async fn redactable(
    connection: &mut PgConnection,
    seq: i64,
) -> Result<Option<Vec<String>>> {
    let Some(row) = db::moderation::log::entry(connection, seq).await? else {
        return Ok(None);
    };
    let entry = rows::entry(row)?;
    Ok(Some(entry.public.salts.into_keys().collect()))
}
