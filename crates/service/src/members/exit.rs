//! The way to the leaver's page: links that work once, and the sessions they open.
//!
//! Whom moderators have suspended or frozen comes here as well, to appeal and to take their data along.
//!
//! A leaver's session is of its own kind. It opens that one page and nothing else, and it ends with the grace
//! period, with coming back, and with everything else that is revoked (S40).

use db::members::LeaverKey;
use jobs::{Failure, Job, Priority};
use model::{AccountId, Username, member::Member};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::private_letters::{self, Matter};
use crate::{App, Error, Result, auth::Shown, consequences::enqueue};

/// How long a link waits to be used.
const LINK: Duration = Duration::days(7);
/// How long a browser shows the page.
const SESSION: Duration = Duration::hours(12);

/// Makes a link for a leaver, for the operator to hand on: the last part of its address, shown this once.
/// `Conflict` for who has not left, or whose grace is over.
pub async fn exit_link(app: &App, id: AccountId) -> Result<Shown> {
    let mut tx = app.db.begin().await?;
    let member = db::members::find(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    let Some(until) = grace_of(&member, app.clock.now()) else {
        return Err(Error::Conflict(
            if member.left_at.is_some() {
                "Their time to take their data with them is over."
            } else {
                "They have not left the organisation: they can sign in as ever."
            }
            .into(),
        ));
    };
    let link = make(&mut tx, app, id, LeaverKey::Link, until).await?;
    tx.commit().await?;
    Ok(link)
}

/// Where a link leads.
pub fn address_of(app: &App, link: &Shown) -> String {
    format!("{}/auth/leaving/{}", app.urls.base(), link.reveal())
}

/// Whether a link would still open the page.
pub async fn is_exit_link(app: &App, link: &str) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    let hash = Shown::hash_of(link);
    let found =
        db::members::find_leaver_key(&mut connection, &hash, LeaverKey::Link, app.clock.now())
            .await?;
    Ok(found.is_some())
}

/// Uses a link up; the value of the leaver's cookie, shown this once. `None` when it was used before, is too old, or
/// its owner's grace is over.
pub async fn open_exit(app: &App, link: &str) -> Result<Option<Shown>> {
    let now = app.clock.now();
    let hash = Shown::hash_of(link);
    let mut tx = app.db.begin().await?;
    let found = db::members::find_leaver_key(&mut tx, &hash, LeaverKey::Link, now).await?;
    let Some(id) = found else {
        return Ok(None);
    };
    if !db::members::remove_leaver_key(&mut tx, &hash, LeaverKey::Link).await? {
        return Ok(None);
    }
    let cookie = begin(&mut tx, app, id).await?;
    tx.commit().await?;
    Ok(cookie)
}

/// Opens the page for a leaver, or for somebody whom moderators have shut out, who has proved otherwise who they are. `None` when it is not open to them.
pub async fn open_exit_as(app: &App, id: AccountId) -> Result<Option<Shown>> {
    let mut tx = app.db.begin().await?;
    let cookie = begin(&mut tx, app, id).await?;
    tx.commit().await?;
    Ok(cookie)
}

/// The leaver whose cookie this is.
pub async fn find_leaver(app: &App, cookie: &str) -> Result<Option<Member>> {
    let mut connection = app.db.acquire().await?;
    let hash = Shown::hash_of(cookie);
    let found =
        db::members::find_leaver_key(&mut connection, &hash, LeaverKey::Session, app.clock.now())
            .await?;
    match found {
        Some(id) => Ok(db::members::find(&mut connection, id).await?),
        None => Ok(None),
    }
}

/// Closes the page in a browser.
pub async fn close_exit(app: &App, cookie: &str) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    let hash = Shown::hash_of(cookie);
    db::members::remove_leaver_key(&mut connection, &hash, LeaverKey::Session).await?;
    Ok(())
}

/// Somebody who says they have left under this name asks for a link to be sent to their private address. The answer
/// is the same, and takes as long, whoever there is: a job finds out.
pub async fn ask_for_exit_link(app: &App, name: &str) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    let username: String = name
        .trim()
        .trim_start_matches('@')
        .chars()
        .take(100)
        .collect();
    enqueue(&mut connection, &SendExitLink { username }).await
}

/// Somebody has asked for a link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendExitLink {
    /// The name they gave.
    pub username: String,
}

impl Job for SendExitLink {
    const KIND: &'static str = "send_exit_link";
    const PRIORITY: Priority = Priority::URGENT;
}

/// Handles [`SendExitLink`].
pub(crate) async fn send_exit_link(app: &App, job: &SendExitLink) -> Result<(), Failure> {
    let Ok(username) = Username::for_member(&job.username) else {
        return Ok(());
    };
    let Some(member) = super::find_by_username(app, &username).await? else {
        return Ok(());
    };
    if grace_of(&member, app.clock.now()).is_some() {
        let mut connection = app.db.acquire().await?;
        private_letters::write(&mut connection, member.account.id, Matter::Link).await?;
    }
    Ok(())
}

/// Makes a link for a letter; its last part. `None` when the page is not open to them.
pub(super) async fn link_for_letter(app: &App, member: &Member) -> Result<Option<Shown>> {
    let Some(until) = grace_of(member, app.clock.now()) else {
        return Ok(None);
    };
    let mut connection = app.db.acquire().await?;
    let link = make(
        &mut connection,
        app,
        member.account.id,
        LeaverKey::Link,
        until,
    )
    .await?;
    Ok(Some(link))
}

/// Until when a leaver may open the page.
fn grace_of(member: &Member, now: OffsetDateTime) -> Option<OffsetDateTime> {
    member.left_at?;
    member.ends_at.filter(|end| *end > now)
}

async fn begin(tx: &mut PgConnection, app: &App, id: AccountId) -> Result<Option<Shown>> {
    let now = app.clock.now();
    let member = db::members::find(tx, id).await?;
    let until = member.and_then(|member| {
        let shut_out = member.is_shut_out().then(|| now + SESSION);
        grace_of(&member, now).or(shut_out)
    });
    let Some(until) = until else {
        return Ok(None);
    };
    make(tx, app, id, LeaverKey::Session, until).await.map(Some)
}

async fn make(
    connection: &mut PgConnection,
    app: &App,
    id: AccountId,
    kind: LeaverKey,
    until: OffsetDateTime,
) -> Result<Shown> {
    let key = Shown::random();
    let now = app.clock.now();
    let lasts = match kind {
        LeaverKey::Link => LINK,
        LeaverKey::Session => SESSION,
    };
    let expires_at = until.min(now + lasts);
    db::members::insert_leaver_key(connection, &key.hash(), kind, id, now, expires_at).await?;
    Ok(key)
}
