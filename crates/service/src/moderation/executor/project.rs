//! Keeping the rest of the server in step with the moderation state.

use model::moderation::{Effect, Target, Warrant};
use sqlx::PgConnection;

use crate::{App, Result};

/// Changes the columns and tables that the rest of the server reads.
pub(super) async fn project(
    _connection: &mut PgConnection,
    _app: &App,
    _warrant: &Warrant,
    _effect: &Effect,
) -> Result<()> {
    todo!("effects helper")
}

/// Tells caches and streams.
pub(super) fn after_commit(_app: &App, _targets: &[Target]) {
    todo!("effects helper")
}
