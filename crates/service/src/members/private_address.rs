//! A member's private address: where they can be reached after leaving, when the organisation's may be closed to
//! them. It counts only once it was confirmed while they were a member, and it signs nobody in.

use model::{AccountId, is_mail_address};

pub use db::members::PrivateAddress;

use super::private_letters::{self, Matter};
use crate::{App, Error, Result, auth::Shown};

/// What a member has given.
pub async fn private_address(app: &App, of: AccountId) -> Result<PrivateAddress> {
    let mut connection = app.db.acquire().await?;
    Ok(db::members::private_address(&mut connection, of).await?)
}

/// A member gives an address; a letter goes there with a link that confirms it. `Unavailable` without mail.
pub async fn give_private_address(app: &App, of: AccountId, email: &str) -> Result<()> {
    if !app.mailer.reaches_people() {
        return Err(Error::Unavailable {
            what: "mail",
            source: anyhow::anyhow!("this server sends no mail"),
        });
    }
    if !is_mail_address(email) {
        return Err(Error::invalid("email", "ERR_INVALID", "is invalid"));
    }
    let mut tx = app.db.begin().await?;
    db::members::set_pending_address(&mut tx, of, email).await?;
    private_letters::write(&mut tx, of, Matter::Confirm).await?;
    tx.commit().await?;
    Ok(())
}

/// The link of that letter is followed. False when it is too old, was replaced or used, or its owner has left.
pub async fn confirm_private_address(app: &App, secret: &str) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    let hash = Shown::hash_of(secret);
    let whose =
        db::members::confirm_private_address(&mut connection, &hash, app.clock.now()).await?;
    Ok(whose.is_some())
}

/// A member wants to be reached no more.
pub async fn forget_private_address(app: &App, of: AccountId) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    Ok(db::members::remove_private_address(&mut connection, of).await?)
}
