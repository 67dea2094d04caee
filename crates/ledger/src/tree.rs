//! The Merkle tree of RFC 9162, section 2.1, over the entries' leaves. A leaf is the leaf hash itself (an entry's leaf
//! already starts from `0x00`, as the RFC has it) and is not hashed again; a node is `SHA-256(0x01 ‖ left ‖ right)`.
//!
//! Roots and proofs are made from a slice of all leaves, which for a log of a hundred thousand entries is a few
//! milliseconds; a [`Frontier`] gives the root after each append for the price of a handful of hashes.

mod frontier;
mod proofs;

pub use frontier::{Frontier, FrontierError};
pub use proofs::{ProofError, consistency, inclusion, verify_consistency, verify_inclusion};

use crate::Hash;

/// What a tree is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// How many leaves it has.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}

impl TreeHead {
    /// Of the tree over all these leaves.
    pub fn of(leaves: &[Hash]) -> Self {
        Self {
            size: leaves.len() as u64,
            root: root(leaves),
        }
    }
}

/// The root of a tree over all these leaves. Of none it is the hash of nothing.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::over(&[]),
        [leaf] => *leaf,
        more => {
            let (left, right) = more.split_at(split(more.len()));
            node(root(left), root(right))
        }
    }
}

fn node(left: Hash, right: Hash) -> Hash {
    Hash::over(&[&[1], left.as_bytes(), right.as_bytes()])
}

/// How many of `size` leaves are in the left half: the largest power of two smaller than `size`, which is at least 2.
fn split(size: usize) -> usize {
    1 << (size - 1).ilog2()
}

#[cfg(test)]
mod vectors;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_those_of_certificate_transparency() {
        let leaves = vectors::leaves();

        assert_eq!(root(&[]), vectors::hash(vectors::EMPTY));
        for (size, expected) in (1..).zip(vectors::ROOTS) {
            assert_eq!(
                root(&leaves[..size]),
                vectors::hash(expected),
                "size {size}"
            );
        }
    }
}
