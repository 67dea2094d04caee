//! Linking a member to whom the organisation says they are.

use model::{AccountId, Link, Username, given_name, member::Member};
use signin::Identity;

use super::{
    Proof, is_password_of,
    meet::{self, Met},
    proof,
};
use crate::{
    App, Error, Result, auth,
    mail::{self, Occasion},
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

/// What became of linking by the owner's proof.
#[derive(Debug)]
pub enum Linking {
    /// It is done; this is the member.
    Done(Box<Member>),
    /// The password is not that account's.
    Wrong,
    /// The source that knows the account's password could not be asked.
    Unavailable,
    /// The account cannot be linked to this person any more; the sentence says why.
    Refused(String),
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

/// Whether an account has a password by which its owner could show that it is theirs.
pub async fn can_be_proved(app: &App, account: AccountId) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    let links = db::identities::links_of(&mut connection, account).await?;
    if links.is_empty() {
        let known = db::identities::password_of(&mut connection, account).await?;
        return Ok(known.is_some());
    }
    Ok(!proof::usernames(&links).is_empty() && !app.ways.passwords.is_empty())
}

/// Links the account of somebody's name to them, whom a source has just recognised, when they also show the
/// account's own password: both proofs in one sitting (S47).
pub async fn with_proof(app: &App, identity: &Identity, password: &str) -> Result<Linking> {
    let Some(member) = candidate(app, identity).await? else {
        return Ok(Linking::Refused(
            "There is no longer an account of your name that could be linked. Sign in again."
                .into(),
        ));
    };
    match is_password_of(app, member.account.id, password).await? {
        Proof::Right => {}
        Proof::Wrong => return Ok(Linking::Wrong),
        Proof::Unavailable => return Ok(Linking::Unavailable),
    }
    match link(app, member.account.id, identity).await {
        Ok(member) => Ok(Linking::Done(Box::new(member))),
        Err(Error::Conflict(sentence)) => Ok(Linking::Refused(sentence)),
        Err(other) => Err(other),
    }
}

/// Links a member to somebody of a source. Everything that was open is closed, since whoever held the account until
/// now may have been another person; the member is told by mail. `Conflict` when either is linked already.
pub async fn link(app: &App, account: AccountId, identity: &Identity) -> Result<Member> {
    let mut tx = app.db.begin().await?;
    let linked = meet::link(&mut tx, app, identity, account).await?;
    if let Err(Met::Overtaken | Met::Entry(_)) = linked {
        return Err(Error::Conflict(
            "This account or this person is linked already.".into(),
        ));
    }
    meet::refresh(&mut tx, app, identity, account).await?;
    auth::revoke_everything_in(&mut tx, app, account).await?;
    mail::tell(&mut tx, account, Occasion::Linked).await?;
    let member = meet::member(&mut tx, account).await?;
    tx.commit().await?;
    auth::tell_revoked(app, account);
    Ok(member)
}
