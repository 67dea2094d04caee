//! How the runs went.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::SOURCE;
use crate::Result;

/// How the runs went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncStatus {
    /// The last run that was through.
    pub succeeded_at: Option<OffsetDateTime>,
    /// The last run that was not.
    pub failed_at: Option<OffsetDateTime>,
    /// Why the last run was not through; nothing when it was.
    pub problem: Option<String>,
    /// The number of the run that waits to be accepted.
    pub waits_for: Option<i32>,
    /// How many members that run missed.
    pub missing: usize,
}

/// How the runs went.
pub async fn sync_status(connection: &mut PgConnection) -> Result<SyncStatus> {
    let state = db::members::sync_state(connection, SOURCE).await?;
    let waiting = state.halted.filter(|halted| halted.accepted_at.is_none());
    Ok(SyncStatus {
        succeeded_at: state.succeeded_at,
        failed_at: state.failed_at,
        problem: state.problem,
        waits_for: waiting.as_ref().map(|halted| halted.number),
        missing: waiting.map_or(0, |halted| halted.people.len()),
    })
}
