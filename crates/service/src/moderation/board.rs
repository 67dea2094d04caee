//! The board, the seats it gives, the settings and documents it adopts.

use model::moderation::Governance;
use sqlx::PgConnection;

use crate::{App, Result};

/// The settings in force: the board's, else the operator's, else those built in.
pub(crate) async fn governance(connection: &mut PgConnection, app: &App) -> Result<Governance> {
    let _ = (connection, app);
    todo!("board helper")
}
