//! One decision at a time.

use sqlx::PgConnection;

use crate::Result;

/// Waits until nobody else is changing anything that moderation decides, until the transaction ends. The first statement of every
/// operation that votes, executes or appends to the log: what it reads afterwards is what it changes, and nobody waits
/// for anybody crosswise.
pub async fn take_turn(connection: &mut PgConnection) -> Result<()> {
    sqlx::query!("SELECT seq FROM log_head FOR UPDATE")
        .fetch_one(connection)
        .await?;
    Ok(())
}
