//! How long things are kept that nobody asked to keep. The table is in docs/retention.md; this enforces it.

use db::retention::Kept;
use jobs::{Failure, Job, Priority};
use model::AccountId;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use tracing::info;

use crate::{
    App, Result, members,
    moderation::{log, reports},
    peers,
};

const IDEMPOTENCY_KEYS: Duration = Duration::hours(1);
const REVOKED_TOKENS: Duration = Duration::days(30);
const UNUSED_APPLICATIONS: Duration = Duration::days(1);
/// As long as a page with the secret is taken up again.
const UNCONFIRMED_TOTP: Duration = Duration::hours(1);
/// Longer than anybody can appeal, and the board decide.
const REMOVED_POSTS: Duration = Duration::days(180);
/// A thread in a channel is not taken up again after so long.
const TOLD: Duration = Duration::days(180);
const DEAD_JOBS: Duration = Duration::days(30);

/// Every so often: remove what has been kept long enough.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "sweep";
    const PRIORITY: Priority = Priority::BACKGROUND;
    const MAX_ATTEMPTS: u16 = 1;
}

/// Handles [`Sweep`]. Each kind of thing is swept by itself, so that one that fails keeps none of the
/// others (R22).
pub async fn sweep(app: &App) -> Result<(), Failure> {
    let now = app.clock.now();
    let kinds = [
        (
            "idempotency keys",
            Kept::IdempotencyKeys,
            now - IDEMPOTENCY_KEYS,
        ),
        ("tombstones", Kept::Tombstones, now),
        ("authorisation codes", Kept::AuthorisationCodes, now),
        (
            "sessions",
            Kept::Sessions,
            now - app.settings.limits.idle_session,
        ),
        ("tokens", Kept::Tokens, now - REVOKED_TOKENS),
        (
            "applications",
            Kept::Applications,
            now - UNUSED_APPLICATIONS,
        ),
        ("sign-ins left half-way", Kept::SignInAttempts, now),
        ("links in letters", Kept::MailTokens, now),
        ("keys to the page of leavers", Kept::LeaverKeys, now),
        (
            "known places",
            Kept::KnownPlaces,
            now - members::PLACES_KEPT,
        ),
        ("passkey challenges", Kept::PasskeyCeremonies, now),
        (
            "unconfirmed authenticator apps",
            Kept::TotpSetups,
            now - UNCONFIRMED_TOTP,
        ),
    ];
    let mut outcomes = vec![
        ("outbound documents", peers::expire_outbound(app).await),
        ("home entries", homes(app).await),
        (
            "posts that moderators took away",
            removed_posts(app, now - REMOVED_POSTS).await,
        ),
        ("entries with evidence", log::expire_evidence(app).await),
        ("evidence of cases", reports::expire(app).await),
        ("messages to channels", told(app, now - TOLD).await),
        ("dead jobs", dead_jobs(app, now - DEAD_JOBS).await),
    ];
    for (what, kept, time) in kinds {
        outcomes.push((what, batches(app, kept, time).await));
    }
    let mut failed = Vec::new();
    for (what, outcome) in outcomes {
        match outcome {
            Ok(0) => {}
            Ok(count) => info!(count, "Removed {what} that were kept long enough"),
            Err(error) => failed.push(format!("{what}: {error:#}")),
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::retry(anyhow::anyhow!(failed.join("; "))))
    }
}

/// Where messages stand in the moderators' channels.
async fn told(app: &App, before: OffsetDateTime) -> Result<u64> {
    let mut connection = app.db.acquire().await?;
    Ok(db::moderation::forget_messages_before(&mut connection, before).await?)
}

async fn batches(app: &App, kept: Kept, time: OffsetDateTime) -> Result<u64> {
    let mut removed = 0;
    loop {
        let mut connection = app.db.acquire().await?;
        let batch = db::retention::remove(&mut connection, kept, time).await?;
        drop(connection);
        removed += batch;
        if batch == 0 {
            return Ok(removed);
        }
    }
}

/// Cuts homes back to what anybody scrolls, from home to home.
async fn homes(app: &App) -> Result<u64> {
    let mut removed = 0;
    let mut after = AccountId::new(i64::MIN);
    loop {
        let mut connection = app.db.acquire().await?;
        let trimmed = db::home::trim(&mut connection, after).await?;
        drop(connection);
        removed += trimmed.entries.unsigned_abs();
        match trimmed.last {
            Some(last) => after = last,
            None => return Ok(removed),
        }
    }
}

/// Nobody can bring them back any more.
async fn removed_posts(app: &App, taken_before: OffsetDateTime) -> Result<u64> {
    let mut removed = 0;
    loop {
        let mut connection = app.db.acquire().await?;
        let batch =
            db::moderation::effects::expire_removed(&mut connection, taken_before, app.clock.now())
                .await?;
        drop(connection);
        removed += batch;
        if batch == 0 {
            return Ok(removed);
        }
    }
}

async fn dead_jobs(app: &App, given_up_before: OffsetDateTime) -> Result<u64> {
    let mut connection = app.db.acquire().await?;
    jobs::purge_dead(&mut connection, given_up_before)
        .await
        .map_err(crate::Error::internal)
}
