//! Taking tokens and sessions away. The one place, whatever the cause (S40).

use model::{AccountId, ApplicationId, TokenId};
use sqlx::PgConnection;

use super::secret;
use crate::{App, Result, bus::Event};

/// Revokes a token of the app (RFC 7009). One that it does not hold is no error.
pub async fn revoke_token(app: &App, application: ApplicationId, token: &str) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    let hash = secret::hash(token);
    let revoked =
        db::auth::revoke_token_by_hash(&mut connection, application, &hash, app.clock.now())
            .await?;
    if let Some(id) = revoked {
        tell_token_revoked(app, id);
    }
    Ok(())
}

/// Revokes everything somebody holds: sessions, tokens, codes that are on their way to become tokens, and what
/// is half done: sign-ins, challenges to passkeys, and an authenticator app that is being set up.
pub async fn revoke_everything(app: &App, account: AccountId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    revoke_everything_in(&mut tx, app, account).await?;
    tx.commit().await?;
    tell_revoked(app, account);
    Ok(())
}

/// The same inside the caller's transaction; call [`tell_revoked`] after its commit.
pub(crate) async fn revoke_everything_in(
    tx: &mut PgConnection,
    app: &App,
    account: AccountId,
) -> Result<()> {
    db::auth::remove_codes_of(tx, account).await?;
    db::identities::remove_attempts_of(tx, account).await?;
    db::second_factor::remove_pending_of(tx, account).await?;
    db::members::remove_leaver_keys_of(tx, account).await?;
    db::auth::end_sessions_of(tx, account).await?;
    db::auth::revoke_tokens_of(tx, account, app.clock.now()).await?;
    Ok(())
}

/// Tells caches and streams that everything of an account was revoked.
pub(crate) fn tell_revoked(app: &App, account: AccountId) {
    app.tokens.forget_account(account);
    app.bus.tell(Event::EverythingRevoked(account));
}

/// Tells caches and streams that a token was revoked.
pub(super) fn tell_token_revoked(app: &App, id: TokenId) {
    app.tokens.forget(id);
    app.bus.tell(Event::TokenRevoked(id));
}
