//! What happens by itself when a time is over: expiry, cooling off, rollback, reminders. Deadlines are instants in the
//! database; a job looks every minute and at start, so that neither a stopped server nor a jumping clock skips one.

use crate::{App, Result};

/// Does everything whose time has come. Safe to run twice at once.
pub async fn run(app: &App) -> Result<()> {
    let _ = app;
    todo!("lead")
}
