//! A status arrives: it enters homes, and those it names are told.

use db::home::{Audience, Entry};
use model::{AccountId, StatusId, notification::NotificationKind};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::notify::{Notice, notify_all};
use crate::{
    App, Result,
    consequences::{FanOut, enqueue},
};

/// So many homes are written while somebody waits; more are left to a job.
pub(crate) const SMALL_AUDIENCE: i64 = 500;

/// A status that was just written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrived<'a> {
    /// The status.
    pub(crate) status: StatusId,
    /// Who wrote or boosted it.
    pub(crate) author: AccountId,
    /// Who is to be told that they are mentioned.
    pub(crate) named: &'a [AccountId],
    /// How many follow the author.
    pub(crate) followers: Followers,
}

/// What is known of the number of an author's followers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Followers {
    /// Members and others together.
    AtMost(i64),
    /// Nothing; a peer's claims do not count.
    Unknown,
}

/// Lets a status surface, in the transaction that wrote it. Answers whether its author has followers elsewhere, or may have.
pub(crate) async fn arrive(
    app: &App,
    connection: &mut PgConnection,
    arrived: Arrived<'_>,
) -> Result<bool> {
    let now = app.clock.now();
    let audience = match arrived.followers {
        Followers::AtMost(0..=SMALL_AUDIENCE) => Audience::Small,
        _ => db::home::audience(connection, arrived.author, SMALL_AUDIENCE).await?,
    };
    let is_followed_elsewhere = match audience {
        Audience::Small => {
            let active_since = active_since(app, now);
            db::home::distribute(connection, arrived.status, Entry::First, active_since, now)
                .await?
                .is_followed_elsewhere
        }
        Audience::Large => {
            let job = FanOut {
                status_id: arrived.status,
            };
            enqueue(connection, &job).await?;
            true
        }
    };
    let notice = Notice {
        kind: NotificationKind::Mention,
        to: arrived.author,
        from: arrived.author,
        status: Some(arrived.status),
    };
    notify_all(connection, now, notice, arrived.named).await?;
    Ok(is_followed_elsewhere)
}

/// Writes a status into the homes of a large audience. Safe to run twice.
pub async fn fan_out(app: &App, job: &FanOut) -> Result<()> {
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    let active_since = active_since(app, now);
    db::home::distribute(
        &mut connection,
        job.status_id,
        Entry::Again,
        active_since,
        now,
    )
    .await?;
    Ok(())
}

/// Members last seen before this are not written to; their home is made anew when they come back.
fn active_since(app: &App, now: OffsetDateTime) -> OffsetDateTime {
    now - Duration::days(app.settings.user_active_days.into())
}
