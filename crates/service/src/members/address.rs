//! A member's mail address: given, confirmed, changed.

use db::mail::Purpose;
use jobs::{Failure, Job, Priority};
use model::{AccountId, ApplicationId, is_mail_address, member::Member};
use serde::{Deserialize, Serialize};

use crate::{
    App, Error, Result,
    consequences::enqueue,
    mail::{self, Occasion},
};

/// An address in the one grammar, at a domain that the operator allows.
pub(crate) fn check(app: &App, email: &str) -> Result<()> {
    let allowed = |domain: &str| app.settings.email_domains.allow(domain);
    if is_mail_address(email) && email.rsplit('@').next().is_some_and(allowed) {
        return Ok(());
    }
    Err(Error::invalid("email", "ERR_INVALID", "is invalid"))
}

/// Somebody follows the link in a letter: the address is theirs. `None` when the link is used up or too old;
/// `Conflict` when the address has become another member's meanwhile.
pub async fn confirm_address(app: &App, secret: &str) -> Result<Option<Member>> {
    let mut tx = app.db.begin().await?;
    let Some(proof) = mail::take(&mut tx, app, Purpose::Confirm, secret).await? else {
        return Ok(None);
    };
    let id = proof.account_id;
    let before = db::members::find(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    db::members::confirm_address(&mut tx, id, &proof.email, app.clock.now())
        .await
        .map_err(|error| match error {
            db::Error::Constraint("members_email_key") => {
                Error::Conflict("This address belongs to another account by now.".into())
            }
            other => other.into(),
        })?;
    let replaced = before
        .email
        .filter(|old| before.confirmed_at.is_some() && !old.eq_ignore_ascii_case(&proof.email));
    if let Some(to) = replaced {
        mail::tell(&mut tx, id, Occasion::AddressChanged { to }).await?;
    }
    if before.confirmed_at.is_none() {
        db::moderation::notify_of_sign_up(&mut tx, id, app.clock.now()).await?;
    }
    let member = db::members::find(&mut tx, id).await?;
    tx.commit().await?;
    Ok(member)
}

/// Whether the link in a letter would still confirm an address; which one.
pub async fn address_of_link(app: &App, secret: &str) -> Result<Option<String>> {
    let mut connection = app.db.acquire().await?;
    let hash = crate::auth::Shown::hash_of(secret);
    let proof =
        db::mail::find_token(&mut connection, &hash, Purpose::Confirm, app.clock.now()).await?;
    Ok(proof.map(|proof| proof.email))
}

/// A member gives another address. It becomes theirs when they follow the link that is sent there; without mail, at
/// once. `Forbidden` when the organisation's directory says what it is.
pub async fn change_address(app: &App, id: AccountId, email: &str) -> Result<()> {
    if !is_mail_address(email) {
        return Err(Error::invalid("email", "ERR_INVALID", "is invalid"));
    }
    if app.settings.email_domains.bind_later {
        check(app, email)?;
    }
    let mut tx = app.db.begin().await?;
    if db::members::is_linked(&mut tx, id).await? {
        return Err(Error::Forbidden(
            "Your address comes from your organisation's directory; change it there.".into(),
        ));
    }
    if app.mailer.reaches_people() {
        db::members::set_unconfirmed_address(&mut tx, id, Some(email)).await?;
        let to = email.to_owned();
        mail::tell(&mut tx, id, Occasion::ConfirmAddress { to }).await?;
    } else {
        db::members::confirm_address(&mut tx, id, email, app.clock.now())
            .await
            .map_err(|error| match error {
                db::Error::Constraint("members_email_key") => {
                    Error::invalid("email", "ERR_TAKEN", "has already been taken")
                }
                other => other.into(),
            })?;
    }
    tx.commit().await?;
    Ok(())
}

/// Whether a directory or provider says who a member is, and what their address is.
pub async fn is_linked(app: &App, id: AccountId) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    Ok(db::members::is_linked(&mut connection, id).await?)
}

/// The address that a member has given and not confirmed yet.
pub async fn unconfirmed_address(app: &App, id: AccountId) -> Result<Option<String>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::members::unconfirmed_address(&mut connection, id).await?)
}

/// Sends the link to a member's unconfirmed address once more, to `corrected` if they have mistyped it.
/// `Forbidden` when there is nothing to confirm.
pub async fn confirm_again(app: &App, id: AccountId, corrected: Option<&str>) -> Result<()> {
    if let Some(email) = corrected {
        check(app, email)?;
    }
    let mut tx = app.db.begin().await?;
    let Some(given) = db::members::unconfirmed_address(&mut tx, id).await? else {
        return Err(Error::Forbidden(
            "This method is only available while the e-mail is awaiting confirmation".into(),
        ));
    };
    if let Some(email) = corrected {
        db::members::set_unconfirmed_address(&mut tx, id, Some(email)).await?;
    }
    let to = corrected.map_or(given, str::to_owned);
    mail::tell(&mut tx, id, Occasion::ConfirmAddress { to }).await?;
    tx.commit().await?;
    Ok(())
}

/// The app that somebody signed up with.
pub async fn signed_up_with(app: &App, id: AccountId) -> Result<Option<ApplicationId>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::members::signed_up_with(&mut connection, id).await?)
}

/// Notes the app that somebody has signed up with; it may ask for their letter once more.
pub async fn note_app(app: &App, id: AccountId, application: ApplicationId) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    Ok(db::members::set_signed_up_with(&mut connection, id, application).await?)
}

/// Somebody at an address asks for a letter. All the caller learns is that the wish was taken: who has the
/// address is looked up by a job, so that neither answer nor time says whether anybody has (S49).
pub async fn ask_for_letter(app: &App, email: &str, wish: Wish) -> Result<()> {
    let email = email.trim();
    if !is_mail_address(email) {
        return Ok(());
    }
    let job = AskForLetter {
        email: email.to_owned(),
        wish,
    };
    let mut connection = app.db.acquire().await?;
    enqueue(&mut connection, &job).await
}

/// Which letter somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    /// The link that confirms the address.
    Confirmation,
    /// The link to a new password.
    Reset,
}

/// Somebody at an address has asked for a letter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AskForLetter {
    email: String,
    wish: Wish,
}

impl Job for AskForLetter {
    const KIND: &'static str = "ask_for_letter";
    const PRIORITY: Priority = Priority::URGENT;
    const MAX_ATTEMPTS: u16 = 3;
}

/// Handles [`AskForLetter`].
pub(crate) async fn answer_wish(app: &App, job: AskForLetter) -> Result<(), Failure> {
    let mut tx = app.db.begin().await?;
    let Some(id) = db::members::find_by_address(&mut tx, &job.email).await? else {
        return Ok(());
    };
    let is_confirmed = db::members::find(&mut tx, id)
        .await?
        .is_some_and(|member| member.confirmed_at.is_some());
    match job.wish {
        Wish::Confirmation if !is_confirmed => {
            let to = job.email;
            mail::tell(&mut tx, id, Occasion::ConfirmAddress { to }).await?;
        }
        // An address that was never confirmed may be somebody else's, typed by mistake or on purpose.
        Wish::Reset if is_confirmed => mail::tell(&mut tx, id, Occasion::ResetPassword).await?,
        Wish::Confirmation | Wish::Reset => {}
    }
    tx.commit().await?;
    Ok(())
}
