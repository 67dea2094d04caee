//! A new password for somebody who follows the link in a letter.

use db::mail::Purpose;

use super::password;
use crate::{
    App, Error, Result, auth,
    mail::{self, Occasion},
};

/// Sets a new password by a link. False when the link is used up or too old. Ends all sessions and tokens (S40).
///
/// `Forbidden` for somebody who signs in with the organisation's account, and where there are no local passwords.
pub async fn reset_password(app: &App, secret: &str, password: &str) -> Result<bool> {
    password::check_wish(password)?;
    if !app.settings.sign_in.local_passwords {
        return Err(Error::Forbidden(
            "Members of this server sign in with their organisation's account.".into(),
        ));
    }
    let hash = password::hash(app, password.to_owned()).await?;
    let mut tx = app.db.begin().await?;
    let Some(proof) = mail::take(&mut tx, app, Purpose::Reset, secret).await? else {
        return Ok(false);
    };
    let id = proof.account_id;
    let member = db::members::find(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    // A link sent to an address that has been changed since is worth nothing.
    if member.email.as_deref() != Some(proof.email.as_str()) {
        tx.commit().await?;
        return Ok(false);
    }
    if db::members::is_linked(&mut tx, id).await? {
        return Err(Error::Forbidden(
            "You sign in with your organisation's account; its password is changed there.".into(),
        ));
    }
    db::members::set_password(&mut tx, id, &hash).await?;
    auth::revoke_everything_in(&mut tx, app, id).await?;
    mail::tell(&mut tx, id, Occasion::PasswordChanged).await?;
    tx.commit().await?;
    auth::tell_revoked(app, id);
    Ok(true)
}

/// Whether the link in a letter would still give a new password.
pub async fn may_reset(app: &App, secret: &str) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    let hash = auth::Shown::hash_of(secret);
    let proof =
        db::mail::find_token(&mut connection, &hash, Purpose::Reset, app.clock.now()).await?;
    Ok(proof.is_some())
}
