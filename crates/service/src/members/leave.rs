//! Somebody leaves the organisation.
//!
//! Access ends, and nothing else: the account and its posts stay where they are, others go on following it, and
//! what moderation has decided is as it was. For a while (the grace period) the leaver can open one page of their own
//! (see [`super::exit`]); then the end comes that the operator has configured (see [`super::end`]).

use model::AccountId;
use sqlx::PgConnection;

use super::private_letters::{self, Matter};
use crate::{
    App, Result, auth,
    mail::{self, Occasion},
};

/// Ends somebody's access, in the caller's transaction; call [`auth::tell_revoked`] after its commit. False when they
/// had left before.
pub(super) async fn leave_in(
    connection: &mut PgConnection,
    app: &App,
    id: AccountId,
) -> Result<bool> {
    let now = app.clock.now();
    let ends_at = now + app.settings.sign_in.grace;
    if !db::members::leave(connection, id, now, ends_at).await? {
        return Ok(false);
    }
    auth::revoke_everything_in(connection, app, id).await?;
    mail::tell(connection, id, Occasion::Left).await?;
    // The organisation's address may be closed to them by now.
    private_letters::write(connection, id, Matter::Left).await?;
    Ok(true)
}
