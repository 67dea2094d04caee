//! Browsers that are signed in.

use model::{
    AccountId, SessionId,
    member::{Member, Session, Standing},
};

use super::secret::{self, Shown};
use crate::{App, Error, Result, members};

/// What a browser calls itself is kept up to here.
const USER_AGENT: usize = 300;

/// Starts a session; the cookie's value is shown this once. Of too many, the one used least lately ends. The member
/// is written to when the place is new.
pub async fn start_session(
    app: &App,
    account: AccountId,
    place: members::Place<'_>,
) -> Result<(Session, Shown)> {
    let cookie = Shown::random();
    let user_agent: String = place
        .user_agent
        .chars()
        .filter(|letter| !letter.is_control())
        .take(USER_AGENT)
        .collect();
    let mut tx = app.db.begin().await?;
    let session = db::auth::insert_session(
        &mut tx,
        &cookie.hash(),
        account,
        &user_agent,
        app.clock.now(),
    )
    .await?;
    db::auth::trim_sessions(&mut tx, account, app.settings.limits.sessions).await?;
    let place = members::Place {
        user_agent: &user_agent,
        ..place
    };
    members::note_place(&mut tx, app, account, place).await?;
    tx.commit().await?;
    members::seen(app, account).await?;
    Ok((session, cookie))
}

/// The session a cookie belongs to, with its member. `None` when it is over, or its member may not sign in.
pub async fn find_session(app: &App, cookie: &str) -> Result<Option<(Session, Member)>> {
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    let hash = secret::hash(cookie);
    let Some(session) = db::auth::find_session(
        &mut connection,
        &hash,
        now - app.settings.limits.idle_session,
    )
    .await?
    else {
        return Ok(None);
    };
    let Some(member) = db::members::find(&mut connection, session.account_id).await? else {
        return Ok(None);
    };
    if matches!(
        member.standing(),
        Standing::Disabled | Standing::Suspended | Standing::Left
    ) {
        return Ok(None);
    }
    db::auth::session_seen(&mut connection, session.id, now).await?;
    Ok(Some((session, member)))
}

/// Signs a browser out.
pub async fn end_session(app: &App, id: SessionId) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    Ok(db::auth::end_session(&mut connection, id).await?)
}

/// The browsers a member is signed in with, newest first. One that has been idle too long is no longer among them.
pub async fn sessions(app: &App, account: AccountId) -> Result<Vec<Session>> {
    let seen_after = app.clock.now() - app.settings.limits.idle_session;
    let mut connection = app.db.acquire().await?;
    let mut sessions = db::auth::list_sessions(&mut connection, account).await?;
    sessions.retain(|session| session.seen_at > seen_after);
    Ok(sessions)
}

/// Signs a browser of this member out. `NotFound` when the member has no such.
pub async fn end_session_of(app: &App, account: AccountId, id: SessionId) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    if db::auth::end_session_of(&mut connection, account, id).await? {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// Signs all browsers of a member out but this one.
pub async fn end_other_sessions(app: &App, kept: &Session) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    Ok(db::auth::end_other_sessions(&mut connection, kept.account_id, kept.id).await?)
}
