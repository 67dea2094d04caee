//! Somebody becomes a member.

use model::{
    Username,
    member::{Member, Role},
};

use super::{address, keypair, password};
use crate::{
    App, Error, Result,
    mail::{self, Occasion},
    moderation::tell::tell_of_newcomer,
};

/// Who is to become a member.
#[derive(Clone)]
pub struct NewMember {
    /// The name; the handle for ever.
    pub username: Username,
    /// Address for mail.
    pub email: Option<String>,
    /// The password, unless they sign in elsewhere.
    pub password: Option<String>,
    /// What the organisation lets this person do.
    pub role: Role,
    /// The mail address is known to be theirs.
    pub confirmed: bool,
    /// They may come in at once.
    pub approved: bool,
    /// Language, ISO 639.
    pub locale: String,
    /// Why they want to join.
    pub reason: String,
}

/// Makes a member, with account and key pair. `Invalid` when the name or address is taken, or the name was
/// ever taken before (S76).
pub async fn create(app: &App, new: NewMember) -> Result<Member> {
    let taken = |field| Error::invalid(field, "ERR_TAKEN", "has already been taken");
    if let Some(email) = &new.email {
        address::check(app, email)?;
    }
    let password_hash = match new.password {
        Some(password) => Some(password::hash(app, password).await?),
        None => None,
    };
    let keypair = keypair::generate().await?;
    let now = app.clock.now();
    let row = db::members::NewMember {
        username: &new.username,
        base_url: app.urls.base(),
        email: new.email.as_deref(),
        password_hash: password_hash.as_deref(),
        role: new.role,
        locale: &new.locale,
        reason: &new.reason,
        confirmed_at: new.confirmed.then_some(now),
        approved_at: new.approved.then_some(now),
    };
    let mut tx = app.db.begin().await?;
    if db::members::is_reserved(&mut tx, &new.username).await? {
        return Err(taken("username"));
    }
    let id = db::members::insert(&mut tx, &row, now)
        .await
        .map_err(|error| match error {
            db::Error::Constraint("accounts_handle_key") => taken("username"),
            db::Error::Constraint("members_email_key") => taken("email"),
            other => other.into(),
        })?;
    let member = db::members::find(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    keypair::store(&mut tx, app, id, &member.account.uri, &keypair).await?;
    if let Some(to) = new
        .email
        .filter(|_| !new.confirmed && app.settings.confirms_mail)
    {
        mail::tell(&mut tx, id, Occasion::ConfirmAddress { to }).await?;
    }
    if new.confirmed {
        db::moderation::notify_of_sign_up(&mut tx, id, now).await?;
    }
    tell_of_newcomer(&mut tx, app, id).await?;
    tx.commit().await?;
    Ok(member)
}
