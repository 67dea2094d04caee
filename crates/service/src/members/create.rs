//! Somebody becomes a member.

use model::{
    Username,
    member::{Member, Role},
};

use super::{keypair, password};
use crate::{App, Error, Result};

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
        check_email(app, email)?;
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
    tx.commit().await?;
    Ok(member)
}

/// An address in the one grammar, at a domain that the operator allows.
fn check_email(app: &App, email: &str) -> Result<()> {
    let allowed = |domain: &str| app.settings.email_domains.allow(domain);
    if is_address(email) && email.rsplit('@').next().is_some_and(allowed) {
        return Ok(());
    }
    Err(Error::invalid("email", "ERR_INVALID", "is invalid"))
}

/// One strict grammar for mail addresses: no quotes, comments, routes or encoded words, which different
/// programs read differently (S55).
fn is_address(email: &str) -> bool {
    let is_local = |part: &str| {
        !part.is_empty()
            && part.len() <= 64
            && !part.starts_with('.')
            && !part.ends_with('.')
            && !part.contains("..")
            && !part.contains("=?")
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$&'*+-/=?^_`{|}~.".contains(&byte))
    };
    email.len() <= 320
        && email.split_once('@').is_some_and(|(local, domain)| {
            is_local(local) && !domain.contains(':') && model::Domain::parse(domain).is_ok()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_two_programs_read_differently_are_refused() {
        for email in [
            "a@b@c.example",
            "\"a b\"@c.example",
            "a%b@c.example",
            "a,b@c.example",
            "a@",
            "@c.example",
            "a(x)@c.example",
            ".a@c.example",
            "a@c.example:25",
        ] {
            assert!(!is_address(email), "{email}");
        }
        assert!(is_address("first.last+tag@club.example"));
    }
}
