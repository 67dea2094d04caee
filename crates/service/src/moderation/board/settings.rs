//! The settings of governance in force.

use model::moderation::Governance;
use serde_json::{Map, Value};
use sqlx::PgConnection;

use crate::{App, Error, Result};

/// The settings in force: the board's; until there is one, the operator's, or else those built in.
pub(crate) async fn governance(connection: &mut PgConnection, app: &App) -> Result<Governance> {
    let decided = db::moderation::governance_settings(connection).await?;
    if decided.is_empty() {
        return Ok(app.settings.governance.clone());
    }
    // A setting that this version does not know any more, or not yet, says nothing here.
    let known = as_map(&app.settings.governance)?;
    let decided = decided
        .into_iter()
        .filter(|(name, _)| known.contains_key(name))
        .collect();
    with(&app.settings.governance, decided)
}

/// The settings in force, for whoever asks.
pub async fn current(app: &App) -> Result<Governance> {
    let mut connection = app.db.acquire().await?;
    governance(&mut connection, app).await
}

/// Names of the settings that the board, or the naming of the first one, has fixed.
pub async fn origins(app: &App) -> Result<Vec<String>> {
    let mut connection = app.db.acquire().await?;
    let decided = db::moderation::governance_settings(&mut connection).await?;
    Ok(decided.into_iter().map(|(name, _)| name).collect())
}

/// Settings as a map, by name.
pub(super) fn as_map(governance: &Governance) -> Result<Map<String, Value>> {
    match serde_json::to_value(governance).map_err(Error::internal)? {
        Value::Object(map) => Ok(map),
        other => Err(Error::internal(anyhow::anyhow!(
            "settings are no object but {other}"
        ))),
    }
}

/// These settings with some of them changed. Fails on names and values that no setting has.
pub(super) fn with(governance: &Governance, changes: Map<String, Value>) -> Result<Governance> {
    let mut map = as_map(governance)?;
    map.extend(changes);
    serde_json::from_value(Value::Object(map)).map_err(Error::internal)
}
