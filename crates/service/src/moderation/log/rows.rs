//! From rows of the database to what the crate `ledger` checks. A row that cannot be an entry is our bug, or somebody's
//! hand; whoever verifies the log wants to hear which.

use db::moderation::log::{EntryRow, Head as HeadRow, PrivateRow};
use ledger::{At, Entry, Fields, Hash, Private, Salt, tree::Frontier};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{Error, Result};

/// An entry from its row.
pub(super) fn entry(row: EntryRow) -> Result<Entry> {
    let at = At::minute(row.at);
    if at.time() != row.at {
        return Err(broken(row.seq, "at"));
    }
    Ok(Entry {
        seq: number(row.seq)?,
        at,
        kind: row.kind,
        public: Fields {
            values: read(row.seq, "public", row.public)?,
            salts: read(row.seq, "field_salts", row.field_salts)?,
            commitments: read(row.seq, "field_commitments", row.field_commitments)?,
        },
        private_commitment: hash(&row.private_commitment)?,
        prev: hash(&row.prev)?,
        leaf: hash(&row.leaf)?,
    })
}

/// A private part from its row.
pub(super) fn private(row: PrivateRow) -> Result<Private> {
    Ok(Private {
        salt: Salt::try_from(row.salt.as_slice()).map_err(|_| broken(row.seq, "salt"))?,
        fields: Fields {
            values: read(row.seq, "private", row.private)?,
            salts: read(row.seq, "salts", row.salts)?,
            commitments: read(row.seq, "commitments", row.commitments)?,
        },
    })
}

/// The tree's right edge.
pub(super) fn frontier(head: &HeadRow) -> Result<Frontier> {
    let peaks = head
        .frontier
        .iter()
        .map(|peak| hash(peak))
        .collect::<Result<_>>()?;
    Frontier::restore(number(head.seq)?, peaks).map_err(Error::internal)
}

/// A hash from its bytes.
pub(super) fn hash(bytes: &[u8]) -> Result<Hash> {
    Hash::try_from(bytes).map_err(Error::internal)
}

/// A count from the database's signed numbers.
pub(super) fn number(seq: i64) -> Result<u64> {
    u64::try_from(seq).map_err(Error::internal)
}

/// As the database's JSON.
pub(super) fn json(value: &impl Serialize) -> Result<Value> {
    serde_json::to_value(value).map_err(Error::internal)
}

fn read<T: DeserializeOwned>(seq: i64, column: &'static str, value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|_| broken(seq, column))
}

fn broken(seq: i64, column: &'static str) -> Error {
    Error::internal(anyhow::anyhow!(
        "entry {seq} of the log cannot be read: {column} is not as it was written"
    ))
}
