//! Checkpoints: size and root of the log's tree, signed, for others to hold on to.
//!
//! One is made after each entry, at most one a minute, and every day. Before anything is signed, the entries since the last
//! one are checked, and the tree against the last one: what departs from what was signed before is never signed (S71).

use db::moderation::log::CheckpointRow;
use jobs::{Failure, Job, Priority};
use ledger::{
    Checkpoint, Departure, Hash, SignedCheckpoint,
    tree::{Frontier, TreeHead},
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{
    keys::{self, LogKey},
    rows,
};
use crate::{
    App, Error, Result,
    moderation::tell::{About, Event, tell},
};

/// No two within this.
const APART: Duration = Duration::minutes(1);
/// Longer than a transaction that appends takes from reading the clock to its end.
const MARGIN: Duration = Duration::seconds(5);
/// The channels are told once in this time.
const TOLD_EVERY: Duration = Duration::days(1);
/// Entries checked at a time.
const BATCH: i64 = 500;

/// Signs what the log is by then.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignLog {
    /// The minute, since 1970, after which it is due: one job a minute. None for the one of the day.
    pub minute: Option<i64>,
}

impl Job for SignLog {
    const KIND: &'static str = "sign_log";
    const PRIORITY: Priority = Priority::LOW;

    fn dedup_key(&self) -> Option<String> {
        self.minute.map(|minute| minute.to_string())
    }
}

/// Handles [`SignLog`].
pub(crate) async fn sign_log(app: &App) -> Result<(), Failure> {
    let mut tx = app.db.begin().await.map_err(Failure::retry)?;
    let entries = db::moderation::log::count(&mut tx)
        .await
        .map_err(Failure::retry)?;
    if entries == 0 {
        return Ok(());
    }
    make(&mut tx, app).await.map_err(Failure::retry)?;
    tx.commit().await.map_err(Failure::retry)
}

/// Sees to it that the log is signed once this minute is over.
pub(super) async fn wanted(connection: &mut PgConnection, app: &App) -> Result<()> {
    let minute = app.clock.now().unix_timestamp().div_euclid(60);
    let end = OffsetDateTime::from_unix_timestamp((minute + 1) * 60).map_err(Error::internal)?;
    let job = SignLog {
        minute: Some(minute),
    };
    jobs::enqueue_at(connection, &job, end + MARGIN)
        .await
        .map(drop)
        .map_err(Error::internal)
}

/// The newest checkpoint. Makes one where there is none, or where the newest is older than a minute and the log has grown.
pub async fn checkpoint(app: &App) -> Result<SignedCheckpoint> {
    let mut connection = app.db.acquire().await?;
    let newest = db::moderation::log::newest_checkpoint(&mut connection).await?;
    let entries = db::moderation::log::count(&mut connection).await?;
    drop(connection);
    if let Some(newest) = newest {
        // That of an empty log says nothing and is no reason to wait.
        let is_young = newest.size > 0 && app.clock.now() - newest.at < APART;
        if newest.size == entries || is_young {
            return read(&newest.note);
        }
    }
    let mut tx = app.db.begin().await?;
    let made = make(&mut tx, app).await?;
    tx.commit().await?;
    Ok(made)
}

/// Signs the log as it is, in the caller's transaction. The same again where nothing has been added.
pub(super) async fn make(connection: &mut PgConnection, app: &App) -> Result<SignedCheckpoint> {
    let head = db::moderation::log::lock_head(connection).await?;
    let newest = db::moderation::log::newest_checkpoint(connection).await?;
    if let Some(newest) = newest.as_ref().filter(|newest| newest.size == head.seq) {
        return read(&newest.note);
    }
    let keys = keys::all(connection, app).await?;
    let leaves = leaves(connection, head.seq).await?;
    let signed_before = newest.map(|row| read(&row.note)).transpose()?;
    if let Some(before) = &signed_before {
        before
            .checkpoint()
            .is_continued_by(&leaves)
            .map_err(Error::internal)?;
    }
    let checked = signed_before.map_or(0, |before| before.checkpoint().size);
    check_entries(connection, &leaves, checked).await?;
    let frontier = rows::frontier(&head)?;
    if frontier != Frontier::of(&leaves) || head.leaf != last(&leaves).as_bytes() {
        return Err(Error::internal(anyhow::anyhow!(
            "the end of the log is not where its entries say"
        )));
    }
    let signed = sign(&keys, frontier.head())?;
    let row = CheckpointRow {
        size: head.seq,
        root: frontier.root().as_bytes().to_vec(),
        note: signed.to_string(),
        at: app.clock.now(),
    };
    db::moderation::log::insert_checkpoint(connection, &row).await?;
    tell_now_and_then(connection, app, head.seq).await?;
    Ok(signed)
}

/// By the key in force; at the size at which it names its successor, by both.
fn sign(keys: &[LogKey], tree: TreeHead) -> Result<SignedCheckpoint> {
    let size = i64::try_from(tree.size).map_err(Error::internal)?;
    let mut signing = keys.iter().filter(|key| key.signs(size));
    let first = signing
        .next()
        .ok_or_else(|| Error::internal(anyhow::anyhow!("no key signs the log at size {size}")))?;
    let mut signed = Checkpoint::of(&first.signing, tree)
        .sign(&first.signing)
        .map_err(Error::internal)?;
    for key in signing {
        signed.sign(&key.signing).map_err(Error::internal)?;
    }
    Ok(signed)
}

/// That the entries after the first `checked` hash to their leaves and follow each other.
async fn check_entries(connection: &mut PgConnection, leaves: &[Hash], checked: u64) -> Result<()> {
    let mut after = i64::try_from(checked).map_err(Error::internal)?;
    let mut before = usize::try_from(checked)
        .ok()
        .and_then(|checked| last_of(leaves.get(..checked)?))
        .unwrap_or(Hash::ZERO);
    loop {
        let batch = db::moderation::log::after(connection, after, BATCH).await?;
        let Some(end) = batch.last().map(|row| row.seq) else {
            return Ok(());
        };
        for row in batch {
            let entry = rows::entry(row)?;
            entry.check().map_err(Error::internal)?;
            after += 1;
            if entry.prev != before || entry.seq != rows::number(after)? {
                return Err(Error::internal(anyhow::anyhow!(
                    "entry {} of the log does not follow the one before",
                    entry.seq
                )));
            }
            before = entry.leaf;
        }
        after = end;
    }
}

/// The leaves of the first `size` entries.
pub(super) async fn leaves(connection: &mut PgConnection, size: i64) -> Result<Vec<Hash>> {
    db::moderation::log::leaves(connection, 0, size)
        .await?
        .iter()
        .map(|leaf| rows::hash(leaf))
        .collect()
}

fn last(leaves: &[Hash]) -> Hash {
    last_of(leaves).unwrap_or(Hash::ZERO)
}

fn last_of(leaves: &[Hash]) -> Option<Hash> {
    leaves.last().copied()
}

/// Reads a checkpoint that we signed.
pub(super) fn read(note: &str) -> Result<SignedCheckpoint> {
    note.parse().map_err(Error::internal)
}

async fn tell_now_and_then(connection: &mut PgConnection, app: &App, size: i64) -> Result<()> {
    let now = app.clock.now();
    let told = db::moderation::log::last_told(connection).await?;
    if size == 0 || told.is_some_and(|at| now - at < TOLD_EVERY) {
        return Ok(());
    }
    db::moderation::log::checkpoint_was_told(connection, size, now).await?;
    tell(connection, Event::LogCheckpoint, About::Entry(size)).await
}

/// How the log differs from what was signed before.
#[derive(Debug, thiserror::Error)]
pub enum Departed {
    /// It is not what a checkpoint says it once was.
    #[error(transparent)]
    Departure(#[from] Departure),
    /// The kept checkpoint is of another log.
    #[error("the kept checkpoint is of the log {kept}, this one is {ours}")]
    OtherLog {
        /// What was kept.
        kept: String,
        /// What this is.
        ours: String,
    },
    /// It cannot be read.
    #[error("the kept checkpoint cannot be read: {0}")]
    Unreadable(String),
    /// The log cannot be read.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// Whether the log continues the newest checkpoint in the database, and one that was kept outside of it. To be asked at each
/// start, since a database may have been restored from an older copy.
pub async fn continues(app: &App, kept: Option<&str>) -> Result<(), Departed> {
    let mut connection = app.db.acquire().await.map_err(Error::from)?;
    let size = db::moderation::log::count(&mut connection)
        .await
        .map_err(Error::from)?;
    let leaves = leaves(&mut connection, size).await?;
    let newest = db::moderation::log::newest_checkpoint(&mut connection)
        .await
        .map_err(Error::from)?;
    if let Some(newest) = newest {
        read(&newest.note)?.checkpoint().is_continued_by(&leaves)?;
    }
    let Some(kept) = kept else {
        return Ok(());
    };
    let kept: SignedCheckpoint = kept
        .parse()
        .map_err(|error: ledger::CheckpointError| Departed::Unreadable(error.to_string()))?;
    let ours = keys::origin(&mut connection, app).await?;
    if kept.checkpoint().origin != ours {
        return Err(Departed::OtherLog {
            kept: kept.checkpoint().origin.clone(),
            ours,
        });
    }
    Ok(kept.checkpoint().is_continued_by(&leaves)?)
}

/// The newest checkpoint as it is kept outside of the database, without making one.
pub async fn newest(app: &App) -> Result<Option<SignedCheckpoint>> {
    let mut connection = app.db.acquire().await?;
    let newest = db::moderation::log::newest_checkpoint(&mut connection).await?;
    newest.map(|row| read(&row.note)).transpose()
}
