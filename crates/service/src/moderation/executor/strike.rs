//! What a member is told and what follows for them.

use model::moderation::Warrant;
use sqlx::PgConnection;

use super::Measure;
use crate::{App, Result};

/// Strike, notice, notifications, and what follows elsewhere.
pub(super) async fn follow_up(
    _connection: &mut PgConnection,
    _app: &App,
    _warrant: &Warrant,
    _measure: &Measure<'_>,
) -> Result<()> {
    todo!("effects helper")
}
