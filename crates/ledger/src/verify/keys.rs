//! Which key signs for which sizes, and how a reader's trust in one key reaches the next.
//!
//! A key is in force from the entry that names it up to and including the entry that names its successor. At that one
//! size both sign; the older one's signature there vouches for the newer.

use super::{Keys, Problem};
use crate::export::KeyRange;
use crate::{SignedCheckpoint, VerifierKey};

/// The keys of a log, oldest first. There is always one in force.
#[derive(Debug)]
pub(super) struct KeyHistory {
    replaced: Vec<KeyRange>,
    current: KeyRange,
}

impl KeyHistory {
    pub(super) fn new(first: VerifierKey) -> Self {
        Self {
            replaced: Vec::new(),
            current: KeyRange {
                vkey: first,
                from: 0,
                to: None,
            },
        }
    }

    /// An entry names a key.
    pub(super) fn name(&mut self, seq: u64, vkey: VerifierKey) {
        if vkey == self.current.vkey {
            return;
        }
        let successor = KeyRange {
            vkey,
            from: seq,
            to: None,
        };
        let replaced = std::mem::replace(&mut self.current, successor);
        self.replaced.push(KeyRange {
            to: Some(seq),
            ..replaced
        });
    }

    pub(super) fn ranges(&self) -> Vec<KeyRange> {
        self.iter().cloned().collect()
    }

    /// The keys that may sign a checkpoint of that size.
    pub(super) fn in_force_at(&self, size: u64) -> impl Iterator<Item = &VerifierKey> {
        self.iter()
            .filter(move |range| range.from <= size && range.to.is_none_or(|to| size <= to))
            .map(|range| &range.vkey)
    }

    /// Follows the trust from the newest key that the reader knows to the one that signed the latest checkpoint.
    pub(super) fn trust(
        &self,
        known: &[VerifierKey],
        latest: &SignedCheckpoint,
        published: &[SignedCheckpoint],
    ) -> Result<Keys, Problem> {
        if known.is_empty() {
            return Ok(Keys::Claimed);
        }
        let ranges = self.ranges();
        let newest_known = ranges
            .iter()
            .rposition(|range| known.contains(&range.vkey))
            .ok_or(Problem::UnknownKeys)?;
        let size = latest.checkpoint().size;
        let mut reached = vec![&ranges[newest_known].vkey];
        for successor in &ranges[newest_known + 1..] {
            if size < successor.from {
                break; // it has nothing to sign yet
            }
            let vouching = published
                .iter()
                .filter(|signed| signed.checkpoint().size == successor.from)
                .any(|signed| signed.signers(reached.last().copied()).is_ok());
            if !vouching {
                return Err(Problem::NotVouchedFor {
                    seq: successor.from,
                });
            }
            reached.push(&successor.vkey);
        }
        if latest.signers(reached).is_err() {
            return Err(Problem::NotTrusted);
        }
        Ok(Keys::Known)
    }

    fn iter(&self) -> impl Iterator<Item = &KeyRange> {
        self.replaced.iter().chain([&self.current])
    }
}
