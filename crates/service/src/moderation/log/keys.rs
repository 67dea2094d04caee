//! Keys that sign the log: made at first use, sealed with the master key, replaced by an entry of the log itself.

use db::moderation::log::KeyRow;
use ledger::{SigningKey, export::KeyRange};
use sqlx::PgConnection;

use super::{EntryKind, NewEntry, append::append, checkpoint, public::NEW_KEY};
use crate::{
    App, Error, Result,
    keys::{Purpose, random_bytes},
};

/// A signing key and when it signs.
#[derive(Debug)]
pub(super) struct LogKey {
    row: KeyRow,
    pub(super) signing: SigningKey,
}

impl LogKey {
    /// Whether it is in force at a size. At the entry that names its successor both are.
    pub(super) fn signs(&self, size: i64) -> bool {
        self.row.from_seq <= size && self.row.until_seq.is_none_or(|until| size <= until)
    }

    /// As an export names it.
    pub(super) fn range(&self) -> Result<KeyRange> {
        let number = |seq: i64| u64::try_from(seq).map_err(Error::internal);
        Ok(KeyRange {
            vkey: self.signing.verifier().clone(),
            from: number(self.row.from_seq)?,
            to: self.row.until_seq.map(number).transpose()?,
        })
    }
}

/// Every key, oldest first; makes the first. Whoever calls holds the head of the log.
pub(super) async fn all(connection: &mut PgConnection, app: &App) -> Result<Vec<LogKey>> {
    let mut rows = db::moderation::log::keys(connection).await?;
    if rows.is_empty() {
        rows.push(insert(connection, app, &name(app), 0).await?);
    }
    rows.into_iter().map(|row| open(app, row)).collect()
}

/// The log's name, which its keys have: that under which it was begun.
pub(super) async fn origin(connection: &mut PgConnection, app: &App) -> Result<String> {
    let rows = db::moderation::log::keys(connection).await?;
    match rows.into_iter().next() {
        Some(first) => Ok(open(app, first)?.signing.verifier().name().to_owned()),
        None => Ok(name(app)),
    }
}

fn name(app: &App) -> String {
    format!("{}/moderation", app.settings.web_domain)
}

/// Names a new key in the log; from then on it signs. The old one signs once more, at that entry, and so vouches for it. The
/// private half of the old key stays where it is, sealed.
pub async fn rotate(app: &App) -> Result<i64> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let old = all(&mut tx, app)
        .await?
        .pop()
        .ok_or_else(|| Error::internal(anyhow::anyhow!("the log has no key")))?;
    let seed = random_bytes::<32>();
    let new =
        SigningKey::from_seed(old.signing.verifier().name(), &seed).map_err(Error::internal)?;
    let mut entry = NewEntry::new(EntryKind::KeyRotated);
    entry
        .public
        .insert(NEW_KEY.into(), new.verifier().to_string().into());
    let seq = append(&mut tx, app, entry).await?;
    db::moderation::log::end_key(&mut tx, old.row.id, seq).await?;
    keep(&mut tx, app, &new, &seed, seq).await?;
    checkpoint::make(&mut tx, app).await?;
    tx.commit().await?;
    Ok(seq)
}

async fn insert(
    connection: &mut PgConnection,
    app: &App,
    name: &str,
    from_seq: i64,
) -> Result<KeyRow> {
    let seed = random_bytes::<32>();
    let key = SigningKey::from_seed(name, &seed).map_err(Error::internal)?;
    keep(connection, app, &key, &seed, from_seq).await
}

/// The entry that named it is its id: no two are named by one.
async fn keep(
    connection: &mut PgConnection,
    app: &App,
    key: &SigningKey,
    seed: &[u8; 32],
    from_seq: i64,
) -> Result<KeyRow> {
    let row = KeyRow {
        id: from_seq,
        verifier: key.verifier().to_string(),
        sealed: app.keys.seal(Purpose::LogSigning, &context(from_seq), seed),
        from_seq,
        until_seq: None,
    };
    db::moderation::log::insert_key(connection, &row, app.clock.now()).await?;
    Ok(row)
}

fn open(app: &App, row: KeyRow) -> Result<LogKey> {
    let seed = app
        .keys
        .open(Purpose::LogSigning, &context(row.id), &row.sealed)
        .map_err(Error::internal)?;
    let seed: [u8; 32] = seed
        .try_into()
        .map_err(|_| Error::internal(anyhow::anyhow!("a key of the log has a wrong length")))?;
    let name = row.verifier.split('+').next().unwrap_or_default();
    let signing = SigningKey::from_seed(name, &seed).map_err(Error::internal)?;
    if signing.verifier().to_string() != row.verifier {
        return Err(Error::internal(anyhow::anyhow!(
            "key {} of the log is not what its row says",
            row.id
        )));
    }
    Ok(LogKey { row, signing })
}

fn context(id: i64) -> Vec<u8> {
    format!("log key {id}").into_bytes()
}
