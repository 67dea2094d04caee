//! Linking a member to whom the organisation says they are.

use model::{AccountId, Link, Username, given_name, member::Member};
use signin::Identity;
use sqlx::PgConnection;

use super::{Proof, is_password_of, meet, proof};
use crate::{
    App, Error, Result, auth,
    mail::{self, Occasion},
    second_factor::{self, Verdict},
};

/// Every link there is, by member.
pub async fn all(app: &App) -> Result<Vec<Link>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::identities::all_links(&mut connection).await?)
}

/// Who a member is to every source.
pub async fn of(app: &App, account: AccountId) -> Result<Vec<Link>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::identities::links_of(&mut connection, account).await?)
}

/// What somebody shows to prove that an account is theirs.
#[derive(Clone, Copy)]
pub struct Proofs<'a> {
    /// The account's own password.
    pub password: &'a str,
    /// A code, where the account has a second factor.
    pub code: &'a str,
}

/// What became of linking by the owner's proof.
#[derive(Debug)]
pub enum Linking {
    /// It is done; this is the member.
    Done(Box<Member>),
    /// What was shown is not that account's.
    Wrong,
    /// Codes were tried too often; so many seconds from now they may be tried again.
    TooOften(u64),
    /// The source that knows the account's password could not be asked.
    Unavailable,
    /// The account cannot be linked to this person any more; the sentence says why.
    Refused(String),
}

/// By what the owner of an account can show that it is theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provable {
    /// By its password.
    Password,
    /// By its password and a code.
    PasswordAndCode,
    /// By nothing that a page can ask for.
    No,
}

/// The account that somebody would be linked to: the one whose name is theirs. `None` when there is none, or it is
/// somebody else's to the same source.
pub async fn candidate(app: &App, identity: &Identity) -> Result<Option<Member>> {
    let Ok(name) = given_name::handle_from(&identity.username) else {
        return Ok(None);
    };
    candidate_named(app, identity, &name).await
}

async fn candidate_named(
    app: &App,
    identity: &Identity,
    name: &Username,
) -> Result<Option<Member>> {
    let mut connection = app.db.acquire().await?;
    let Some(id) = db::identities::local_account(&mut connection, name).await? else {
        return Ok(None);
    };
    let links = db::identities::links_of(&mut connection, id).await?;
    if links.iter().any(|link| link.source == identity.source) {
        return Ok(None);
    }
    Ok(db::members::find(&mut connection, id).await?)
}

/// By what the owner of an account can show that it is theirs. A passkey alone is not asked for here.
pub async fn provable(app: &App, account: AccountId) -> Result<Provable> {
    let mut connection = app.db.acquire().await?;
    let links = db::identities::links_of(&mut connection, account).await?;
    let known = db::identities::password_of(&mut connection, account).await?;
    drop(connection);
    let has_password = if links.is_empty() {
        known.is_some()
    } else {
        !proof::usernames(&links).is_empty() && !app.ways.passwords.is_empty()
    };
    let factors = second_factor::factors(app, account).await?;
    let has_codes = factors.totp_since.is_some() || factors.recovery_codes > 0;
    Ok(match (has_password, factors.any()) {
        (true, false) => Provable::Password,
        (true, true) if has_codes => Provable::PasswordAndCode,
        _ => Provable::No,
    })
}

/// Links the account of somebody's name to them, whom a source has just recognised, when they also show the
/// account's own password, and its second factor if it has one: all proofs in one sitting (S47).
pub async fn with_proof(app: &App, identity: &Identity, shown: Proofs<'_>) -> Result<Linking> {
    let Some(member) = candidate(app, identity).await? else {
        return Ok(Linking::Refused(
            "There is no longer an account of your name that could be linked. Sign in again."
                .into(),
        ));
    };
    let account = member.account.id;
    let provable = provable(app, account).await?;
    match is_password_of(app, account, shown.password).await? {
        Proof::Right if provable == Provable::No => return Ok(Linking::Wrong),
        Proof::Right => {}
        Proof::Wrong => return Ok(Linking::Wrong),
        Proof::Unavailable => return Ok(Linking::Unavailable),
    }
    if provable == Provable::PasswordAndCode {
        match second_factor::check_code(app, account, shown.code).await? {
            Verdict::Right => {}
            Verdict::Wrong => return Ok(Linking::Wrong),
            Verdict::TooMany { seconds } => return Ok(Linking::TooOften(seconds)),
        }
    }
    match link(app, account, identity).await {
        Ok(member) => Ok(Linking::Done(Box::new(member))),
        Err(Error::Conflict(sentence)) => Ok(Linking::Refused(sentence)),
        Err(other) => Err(other),
    }
}

/// Links a member to somebody of a source. Everything that was open is closed, since whoever held the account until
/// now may have been another person; the member is told by mail. `Conflict` when either is linked already.
pub async fn link(app: &App, account: AccountId, identity: &Identity) -> Result<Member> {
    let mut tx = app.db.begin().await?;
    let member = link_in(&mut tx, app, account, identity).await?;
    tx.commit().await?;
    auth::tell_revoked(app, account);
    Ok(member)
}

/// The same for a member who was somebody else to that source until now, as after a directory was filled anew and
/// gave everybody another id.
pub async fn replace(app: &App, account: AccountId, identity: &Identity) -> Result<Member> {
    let mut tx = app.db.begin().await?;
    db::identities::remove_link(&mut tx, account, &identity.source).await?;
    let member = link_in(&mut tx, app, account, identity).await?;
    tx.commit().await?;
    auth::tell_revoked(app, account);
    Ok(member)
}

async fn link_in(
    tx: &mut PgConnection,
    app: &App,
    account: AccountId,
    identity: &Identity,
) -> Result<Member> {
    if meet::link(tx, app, identity, account).await?.is_err() {
        return Err(Error::Conflict(
            "This account or this person is linked already.".into(),
        ));
    }
    meet::refresh(tx, app, identity, account).await?;
    auth::revoke_everything_in(tx, app, account).await?;
    mail::tell(tx, account, Occasion::Linked).await?;
    meet::member(tx, account).await
}
