//! An operator helps somebody who has lost everything.

use model::AccountId;
use tracing::info;

use crate::{
    App, Result, auth,
    mail::{self, Occasion},
    moderation::board::{
        directory,
        reset::{Reset, after_reset_in},
    },
};

/// Takes away all that a member has set up, and ends everything they hold (S40): whoever asks an operator for this
/// may not be who they say. The member is written to; and when the member holds an office, everybody learns of it, and
/// their votes wait until the board has confirmed it.
pub async fn reset(app: &App, account: AccountId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let settled = after_reset_in(&mut tx, app, account, Reset::SecondFactor).await?;
    db::second_factor::remove_totp(&mut tx, account).await?;
    db::second_factor::remove_passkeys_of(&mut tx, account).await?;
    db::second_factor::remove_recovery_codes_of(&mut tx, account).await?;
    db::second_factor::forget_tries(&mut tx, account).await?;
    auth::revoke_everything_in(&mut tx, app, account).await?;
    let what = "An operator of this server has taken your second factor and passkeys away, and ended all sessions and apps.".to_owned();
    mail::tell(&mut tx, account, Occasion::SecondFactorChanged { what }).await?;
    tx.commit().await?;
    auth::tell_revoked(app, account);
    settled.tell(app);
    directory::follow_account(app, account).await;
    info!(account.id = %account, "An operator has taken the second factor of an account away");
    Ok(())
}
