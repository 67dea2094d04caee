//! A member gives themselves another password.

use model::AccountId;

use super::password;
use crate::{App, Error, Result, second_factor, second_factor::Verdict};

/// Changes a password, for whoever knows the old one. Ends all sessions and tokens (S40); the caller starts a new
/// session for this browser. The old password is counted among the tries of all proofs (S42).
///
/// `Forbidden` for somebody who signs in with the organisation's account, and where there are no local passwords;
/// `Invalid` when the new one is too short or too long.
pub async fn change_password(
    app: &App,
    account: AccountId,
    old: &str,
    new: &str,
) -> Result<Verdict> {
    if !has_local_password(app, account).await? {
        return Err(Error::Forbidden(
            "You sign in with your organisation's account; its password is changed there.".into(),
        ));
    }
    password::check_wish(new)?;
    if let Some(seconds) = second_factor::count_try(app, account).await? {
        return Ok(Verdict::TooMany { seconds });
    }
    let mut connection = app.db.acquire().await?;
    let known = db::identities::password_of(&mut connection, account).await?;
    drop(connection);
    if !password::compare(app, old, known).await? {
        return Ok(Verdict::Wrong);
    }
    password::set_password(app, account, new).await?;
    second_factor::forget_tries(app, account).await?;
    Ok(Verdict::Right)
}

/// Whether a member's password is one of this server's own.
pub async fn has_local_password(app: &App, account: AccountId) -> Result<bool> {
    if !app.settings.sign_in.local_passwords {
        return Ok(false);
    }
    let mut connection = app.db.acquire().await?;
    let links = db::identities::links_of(&mut connection, account).await?;
    Ok(links.is_empty())
}
