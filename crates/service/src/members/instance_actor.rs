//! The server's own actor, which signs fetches and reports.

use model::account::INSTANCE_ACTOR;

use super::keypair;
use crate::{App, Result};

/// Makes the server's own actor at the first start. Its name is the domain of handles, which no member
/// can have, since names have no dots.
pub async fn ensure_instance_actor(app: &App) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    if db::accounts::by_id(&mut connection, INSTANCE_ACTOR)
        .await?
        .is_some()
    {
        return Ok(());
    }
    drop(connection);
    let keypair = keypair::generate().await?;
    let name = app.settings.local_domain.as_str();
    let mut tx = app.db.begin().await?;
    if db::members::insert_instance_actor(&mut tx, name, app.urls.base(), app.clock.now()).await? {
        keypair::store(
            &mut tx,
            app,
            INSTANCE_ACTOR,
            &app.urls.instance_actor(),
            &keypair,
        )
        .await?;
    }
    tx.commit().await?;
    Ok(())
}
