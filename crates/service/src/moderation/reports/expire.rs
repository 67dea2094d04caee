//! What is kept of closed cases is not kept for ever.

use crate::{
    App, Result,
    moderation::{board, log},
};

/// Empties cases whose time is over, as the log does with its evidence. Answers how many.
pub(crate) async fn expire(app: &App) -> Result<u64> {
    let mut emptied = 0;
    loop {
        let mut tx = app.db.begin().await?;
        let governance = board::governance(&mut tx, app).await?;
        let end = log::made_before(&governance, app.clock.now());
        let batch = db::moderation::expire_cases(&mut tx, end).await?;
        tx.commit().await?;
        emptied += batch;
        if batch == 0 {
            return Ok(emptied);
        }
    }
}
