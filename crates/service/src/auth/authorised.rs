//! The apps that a member has let in.

use model::{AccountId, ApplicationId, oauth::AuthorisedApp};

use super::revoke::tell_token_revoked;
use crate::{App, Result};

/// The apps that hold tokens of a member, the one let in last first.
pub async fn authorised_apps(app: &App, account: AccountId) -> Result<Vec<AuthorisedApp>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::auth::authorised_apps(&mut connection, account).await?)
}

/// Takes an app's tokens of this member away; `None` stands for those from the command line. No app is no error.
pub async fn revoke_app(
    app: &App,
    account: AccountId,
    application: Option<ApplicationId>,
) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let revoked = db::auth::revoke_app(&mut tx, account, application, app.clock.now()).await?;
    tx.commit().await?;
    for id in revoked {
        tell_token_revoked(app, id);
    }
    Ok(())
}
