//! What happens to appeals by themselves: a stage ends when its time is over.

use model::moderation::appeal::Stage;

use super::settle;
use crate::{
    App, Result,
    moderation::tell::{About, Event, tell},
};

/// Settles what time, seats or recusals have changed: appeals go on to the board when their time with the moderators is over,
/// and the board is told again when its own is. Safe to run twice at once.
pub async fn run_due(app: &App) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    let open = db::moderation::open_appeals(&mut connection).await?;
    drop(connection);
    for appeal in open {
        let mut tx = app.db.begin().await?;
        db::moderation::take_turn(&mut tx).await?;
        let settled = settle::settle(&mut tx, app, appeal.id).await?;
        let now = app.clock.now();
        let is_late = appeal.stage == Stage::Board && appeal.due_at.is_some_and(|due| now >= due);
        if is_late && db::moderation::appeal_was_reminded(&mut tx, appeal.id, now).await? {
            tell(&mut tx, Event::AppealEscalated, About::Appeal(appeal.id)).await?;
        }
        tx.commit().await?;
        settled.tell(app);
    }
    Ok(())
}
