//! A status arrives: it enters homes, and those it names are told.

use db::home::Audience;
use model::{AccountId, StatusId, notification::NotificationKind};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::notify::{Notice, notify_all};
use crate::{
    App, Result,
    consequences::{FanOut, enqueue},
};

/// So many homes are written while somebody waits; more are left to a job.
const SMALL_AUDIENCE: i64 = 500;

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

/// Lets a status surface, in the transaction that wrote it.
pub(crate) async fn arrive(
    app: &App,
    connection: &mut PgConnection,
    arrived: Arrived<'_>,
) -> Result<()> {
    let now = app.clock.now();
    let audience = match arrived.followers {
        Followers::AtMost(0..=SMALL_AUDIENCE) => Audience::Small,
        _ => db::home::audience(connection, arrived.author, SMALL_AUDIENCE).await?,
    };
    match audience {
        Audience::Small => {
            db::home::distribute(connection, arrived.status, active_since(app, now), now).await?;
        }
        Audience::Large => {
            let job = FanOut {
                status_id: arrived.status,
            };
            enqueue(connection, &job).await?;
        }
    }
    let notice = Notice {
        kind: NotificationKind::Mention,
        to: arrived.author,
        from: arrived.author,
        status: Some(arrived.status),
    };
    notify_all(connection, now, notice, arrived.named).await
}

/// Writes a status into the homes of a large audience. Safe to run twice.
pub async fn fan_out(app: &App, job: &FanOut) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    db::home::distribute(&mut tx, job.status_id, active_since(app, now), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Members last seen before this are not written to; their home is made anew when they come back.
fn active_since(app: &App, now: OffsetDateTime) -> OffsetDateTime {
    now - Duration::days(app.settings.user_active_days.into())
}
