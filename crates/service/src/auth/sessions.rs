//! Browsers that are signed in.

use model::{
    AccountId, SessionId,
    member::{Member, Session, Standing},
};

use super::secret::{self, Shown};
use crate::{App, Result, members};

/// What a browser calls itself is kept up to here.
const USER_AGENT: usize = 300;

/// Starts a session; the cookie's value is shown this once. Of too many, the one used least lately ends.
pub async fn start_session(
    app: &App,
    account: AccountId,
    user_agent: &str,
) -> Result<(Session, Shown)> {
    let cookie = Shown::random();
    let user_agent: String = user_agent
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
