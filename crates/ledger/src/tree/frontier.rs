//! The right edge of a growing tree: what has to be kept to know the root after the next append.

use serde::{Deserialize, Serialize};

use super::{TreeHead, node};
use crate::Hash;

/// The roots of the perfect trees that a tree consists of, largest first: one for each bit set in its size. For a
/// million leaves at most twenty hashes, whatever is appended costs one hash on average and the root at most twenty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// A stored frontier with more or fewer hashes than its size asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a frontier of size {size} has {expected} hashes, not {found}")]
pub struct FrontierError {
    size: u64,
    expected: usize,
    found: usize,
}

impl Frontier {
    /// Of a tree without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// Of a tree over all these leaves.
    pub fn of(leaves: &[Hash]) -> Self {
        let mut frontier = Self::new();
        for leaf in leaves {
            frontier.push(*leaf);
        }
        frontier
    }

    /// Puts together what was stored.
    pub fn restore(size: u64, peaks: Vec<Hash>) -> Result<Self, FrontierError> {
        let expected = size.count_ones() as usize;
        if peaks.len() != expected {
            return Err(FrontierError {
                size,
                expected,
                found: peaks.len(),
            });
        }
        Ok(Self { size, peaks })
    }

    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of its perfect trees, largest first.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Appends a leaf, joining perfect trees of one size as one carries when adding one.
    pub fn push(&mut self, leaf: Hash) {
        let mut joined = leaf;
        for _ in 0..self.size.trailing_ones() {
            let left = self
                .peaks
                .pop()
                .expect("there is a peak for each bit set in the size");
            joined = node(left, joined);
        }
        self.peaks.push(joined);
        self.size += 1;
    }

    /// Size and root of the tree.
    pub fn head(&self) -> TreeHead {
        TreeHead {
            size: self.size,
            root: self.root(),
        }
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        let Some((smallest, larger)) = self.peaks.split_last() else {
            return super::root(&[]);
        };
        larger
            .iter()
            .rev()
            .fold(*smallest, |right, left| node(*left, right))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    size: u64,
    peaks: Vec<Hash>,
}

impl TryFrom<Wire> for Frontier {
    type Error = FrontierError;

    fn try_from(wire: Wire) -> Result<Self, FrontierError> {
        Self::restore(wire.size, wire.peaks)
    }
}

impl From<Frontier> for Wire {
    fn from(frontier: Frontier) -> Self {
        Self {
            size: frontier.size,
            peaks: frontier.peaks,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_after_each_append_is_that_of_the_whole_tree() {
        let leaves: Vec<Hash> = (0_u16..300)
            .map(|n| Hash::over(&[&n.to_be_bytes()]))
            .collect();
        let mut frontier = Frontier::new();
        assert_eq!(frontier.root(), super::super::root(&[]));

        for size in 1..=leaves.len() {
            frontier.push(leaves[size - 1]);

            assert_eq!(
                frontier.root(),
                super::super::root(&leaves[..size]),
                "size {size}"
            );
            assert_eq!(frontier.peaks().len(), size.count_ones() as usize);
        }
        assert_eq!(frontier, Frontier::of(&leaves));
    }

    #[test]
    fn a_stored_frontier_grows_on() {
        let leaves: Vec<Hash> = (0_u8..9).map(|n| Hash::over(&[&[n]])).collect();
        let stored = serde_json::to_string(&Frontier::of(&leaves[..7])).unwrap();

        let mut restored: Frontier = serde_json::from_str(&stored).unwrap();
        restored.push(leaves[7]);
        restored.push(leaves[8]);

        assert_eq!(restored.root(), super::super::root(&leaves));
    }

    #[test]
    fn a_frontier_that_lacks_a_hash_is_refused() {
        assert!(Frontier::restore(7, vec![Hash::ZERO; 2]).is_err());
        assert!(Frontier::restore(8, vec![Hash::ZERO; 2]).is_err());
        assert!(serde_json::from_str::<Frontier>(r#"{"size":1,"peaks":[]}"#).is_err());
    }
}
