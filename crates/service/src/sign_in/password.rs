//! A name and a password.

use db::identities::LoginRow;
use model::{canonical_login, member::Member};
use secrecy::SecretString;
use signin::{Identity, Refusal, Steps};

use super::{Entry, meet};
use crate::{App, Result, members};

/// Comes in with a name and a password: the organisation's first, then this server's own for members who are
/// linked to nothing.
///
/// Whatever the name and whoever knows it, a password that the organisation does not recognise costs one comparison
/// here, so that neither the answer nor its time tells unknown names from known ones, nor linked from others (S49).
pub async fn with_password(app: &App, login: &str, password: &str) -> Result<Entry> {
    let login = canonical_login(login);
    let secret = SecretString::from(password);
    let refusal = match app
        .ways
        .check_password(&login, &secret, &mut Steps::default())
        .await
    {
        Ok(identity) => return meet::with_identity(app, identity).await,
        Err(refusal) => refusal,
    };
    let member = by_local_password(app, &login, password).await?;
    Ok(match (refusal, member) {
        (Refusal::NotEntitled(_), _) => Entry::Refused(NOT_ENTITLED.into()),
        (_, Some(member)) => Entry::Member(Box::new(member)),
        (Refusal::Unavailable { .. }, None) => Entry::Unavailable,
        (Refusal::Wrong, None) => Entry::Wrong,
    })
}

/// Comes in as somebody whom a proxy in front has recognised, once the directory, if there is one, says who that is.
pub async fn with_name(app: &App, identity: Identity) -> Result<Entry> {
    match app.ways.in_directory(identity, &mut Steps::default()).await {
        Ok(identity) => meet::with_identity(app, identity).await,
        Err(Refusal::NotEntitled(_) | Refusal::Wrong) => Ok(Entry::Refused(NOT_ENTITLED.into())),
        Err(Refusal::Unavailable { .. }) => Ok(Entry::Unavailable),
    }
}

const NOT_ENTITLED: &str = "Your organisation knows you, but does not let you use this server. Ask whoever looks after your account.";

/// The member with this name or address, in its one form, and password of this server's own. One source of truth:
/// whoever is linked is never let in by an old password (S48).
pub async fn by_local_password(app: &App, login: &str, password: &str) -> Result<Option<Member>> {
    let found = find(app, login).await?;
    let counts = app.settings.sign_in.local_passwords;
    let (id, known) = match found {
        Some(row) if counts && !row.is_linked => (Some(row.account_id), row.hash),
        _ => (None, None),
    };
    let is_right = members::compare_password(app, password, known).await?;
    let Some(id) = id.filter(|_| is_right) else {
        return Ok(None);
    };
    let mut connection = app.db.acquire().await?;
    Ok(db::members::find(&mut connection, id).await?)
}

pub(super) async fn find(app: &App, login: &str) -> Result<Option<LoginRow>> {
    // PostgreSQL's texts have no NUL.
    if login.is_empty() || login.contains('\0') {
        return Ok(None);
    }
    let mut connection = app.db.acquire().await?;
    Ok(db::identities::find_login(&mut connection, login).await?)
}
