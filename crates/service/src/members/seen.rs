//! Members are seen; those who come back after long find their home written again.

use model::AccountId;
use time::Duration;

use crate::{App, Result, surface};

/// Notes that a member is here; writes at most once an hour. Home of somebody who was away for longer than
/// `USER_ACTIVE_DAYS`, and to which nothing was written meanwhile, is made anew.
pub async fn seen(app: &App, id: AccountId) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(before) = db::members::seen(&mut tx, id, now).await? else {
        return Ok(());
    };
    let away = Duration::days(app.settings.user_active_days.into());
    if before.is_none_or(|before| before < now - away) {
        surface::rebuild_home(&mut tx, id).await?;
    }
    tx.commit().await?;
    Ok(())
}
