//! That an entry is in a tree (RFC 9162, section 2.1.3), and that one tree continues another (section 2.1.4).

use super::{TreeHead, node, root, split};
use crate::Hash;

/// What a proof that was asked for, or handed in, is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// An index or a size beyond the tree.
    #[error("the tree has {size} leaves, {asked} is beyond")]
    Beyond {
        /// How many leaves there are.
        size: u64,
        /// What was asked for.
        asked: u64,
    },
    /// More or fewer hashes than such a proof has.
    #[error("the proof has a wrong number of hashes")]
    Length,
    /// It leads to another root: the entry is not in that tree, or the earlier tree is not its beginning.
    #[error("the proof leads to another root: expected {expected}, got {found}")]
    Root {
        /// The root that was claimed.
        expected: Hash,
        /// The root that the proof leads to.
        found: Hash,
    },
}

/// The hashes with which somebody who has leaf `index` (the entry's `seq` less one) can compute the root.
pub fn inclusion(leaves: &[Hash], index: u64) -> Result<Vec<Hash>, ProofError> {
    let beyond = ProofError::Beyond {
        size: leaves.len() as u64,
        asked: index,
    };
    let index = usize::try_from(index).map_err(|_| beyond)?;
    if index >= leaves.len() {
        return Err(beyond);
    }
    let mut path = Vec::new();
    climb(leaves, index, &mut path);
    Ok(path)
}

/// PATH of section 2.1.3.1: siblings from the leaf up.
fn climb(leaves: &[Hash], index: usize, path: &mut Vec<Hash>) {
    if leaves.len() == 1 {
        return;
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    if index < left.len() {
        climb(left, index, path);
        path.push(root(right));
    } else {
        climb(right, index - left.len(), path);
        path.push(root(left));
    }
}

/// The hashes with which somebody who knows the root at size `from` can see that this tree begins with that one. Every
/// tree continues the empty one and itself: those proofs are empty.
pub fn consistency(leaves: &[Hash], from: u64) -> Result<Vec<Hash>, ProofError> {
    let beyond = ProofError::Beyond {
        size: leaves.len() as u64,
        asked: from,
    };
    let from = usize::try_from(from).map_err(|_| beyond)?;
    if from > leaves.len() {
        return Err(beyond);
    }
    let mut path = Vec::new();
    if from > 0 {
        join(leaves, from, Known::Root, &mut path);
    }
    Ok(path)
}

/// Whether the verifier already has the hash of the part under consideration.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    /// It is the earlier tree's root.
    Root,
    /// It has to be told.
    No,
}

/// SUBPROOF of section 2.1.4.1.
fn join(leaves: &[Hash], from: usize, known: Known, path: &mut Vec<Hash>) {
    if from == leaves.len() {
        if known == Known::No {
            path.push(root(leaves));
        }
        return;
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    if from <= left.len() {
        join(left, from, known, path);
        path.push(root(right));
    } else {
        join(right, from - left.len(), Known::No, path);
        path.push(root(left));
    }
}

/// Whether `leaf` is number `index` of that tree (section 2.1.3.2).
pub fn verify_inclusion(
    leaf: Hash,
    index: u64,
    tree: TreeHead,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if index >= tree.size {
        return Err(ProofError::Beyond {
            size: tree.size,
            asked: index,
        });
    }
    let (mut at, mut last) = (index, tree.size - 1);
    let mut found = leaf;
    for sibling in proof {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if at & 1 == 1 || at == last {
            found = node(*sibling, found);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            found = node(found, *sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::Length);
    }
    same(tree.root, found)
}

/// Whether the tree `to` begins with the tree `from` (section 2.1.4.2).
pub fn verify_consistency(from: TreeHead, to: TreeHead, proof: &[Hash]) -> Result<(), ProofError> {
    if from.size > to.size {
        return Err(ProofError::Beyond {
            size: to.size,
            asked: from.size,
        });
    }
    if from.size == to.size || from.size == 0 {
        if !proof.is_empty() {
            return Err(ProofError::Length);
        }
        let expected = if from.size == 0 { root(&[]) } else { to.root };
        same(from.root, expected)?;
        return if to.size == 0 {
            same(to.root, expected)
        } else {
            Ok(())
        };
    }
    // A perfect earlier tree is itself the first hash, and is left out of the proof.
    let (first, rest) = if from.size.is_power_of_two() {
        (from.root, proof)
    } else {
        let (first, rest) = proof.split_first().ok_or(ProofError::Length)?;
        (*first, rest)
    };
    let odd = (from.size - 1).trailing_ones();
    let (mut at, mut last) = ((from.size - 1) >> odd, (to.size - 1) >> odd);
    let (mut earlier, mut later) = (first, first);
    for sibling in rest {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if at & 1 == 1 || at == last {
            earlier = node(*sibling, earlier);
            later = node(*sibling, later);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            later = node(later, *sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::Length);
    }
    same(from.root, earlier)?;
    same(to.root, later)
}

fn same(expected: Hash, found: Hash) -> Result<(), ProofError> {
    if expected == found {
        Ok(())
    } else {
        Err(ProofError::Root { expected, found })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::vectors::{self, hash, hashes};
    use super::*;

    fn leaves(count: usize) -> Vec<Hash> {
        (0..count)
            .map(|n| Hash::over(&[&n.to_be_bytes()]))
            .collect()
    }

    #[test]
    fn proofs_are_those_of_certificate_transparency() {
        let leaves = vectors::leaves();

        assert_eq!(
            inclusion(&leaves, 5),
            Ok(hashes(&vectors::INCLUSION_5_OF_8))
        );
        assert_eq!(
            inclusion(&leaves[..3], 2),
            Ok(hashes(&vectors::ROOTS[1..2]))
        );
        assert_eq!(inclusion(&leaves[..1], 0), Ok(vec![]));
        assert_eq!(
            consistency(&leaves, 6),
            Ok(hashes(&vectors::CONSISTENCY_6_TO_8))
        );
        assert_eq!(
            consistency(&leaves[..5], 2),
            Ok(hashes(&vectors::CONSISTENCY_2_TO_5))
        );

        let whole = TreeHead {
            size: 8,
            root: hash(vectors::ROOTS[7]),
        };
        assert_eq!(
            verify_inclusion(leaves[5], 5, whole, &hashes(&vectors::INCLUSION_5_OF_8)),
            Ok(())
        );
        assert!(
            verify_inclusion(leaves[5], 4, whole, &hashes(&vectors::INCLUSION_5_OF_8)).is_err()
        );
        let six = TreeHead {
            size: 6,
            root: hash(vectors::ROOTS[5]),
        };
        assert_eq!(
            verify_consistency(six, whole, &hashes(&vectors::CONSISTENCY_6_TO_8)),
            Ok(())
        );
        let not_six = TreeHead {
            size: 6,
            root: hash(vectors::ROOTS[4]),
        };
        assert!(verify_consistency(not_six, whole, &hashes(&vectors::CONSISTENCY_6_TO_8)).is_err());
    }

    #[test]
    fn every_proof_of_every_small_tree_holds() {
        let all = leaves(40);
        for size in 0..=all.len() {
            let tree = &all[..size];
            let whole = TreeHead::of(tree);
            for (index, leaf) in (0..).zip(tree) {
                let proof = inclusion(tree, index).unwrap();
                assert_eq!(verify_inclusion(*leaf, index, whole, &proof), Ok(()));
            }
            for from in 0..=size {
                let proof = consistency(tree, from as u64).unwrap();
                let begun = TreeHead::of(&tree[..from]);
                assert_eq!(
                    verify_consistency(begun, whole, &proof),
                    Ok(()),
                    "{from} to {size}"
                );
            }
        }
    }

    #[test]
    fn what_is_beyond_the_tree_has_no_proof() {
        let tree = leaves(3);

        assert_eq!(
            inclusion(&tree, 3),
            Err(ProofError::Beyond { size: 3, asked: 3 })
        );
        assert_eq!(
            consistency(&tree, 4),
            Err(ProofError::Beyond { size: 3, asked: 4 })
        );
        assert!(verify_inclusion(tree[0], 3, TreeHead::of(&tree), &[]).is_err());
        assert!(verify_inclusion(tree[0], 0, TreeHead::of(&[]), &[]).is_err());
        assert!(verify_consistency(TreeHead::of(&leaves(4)), TreeHead::of(&tree), &[]).is_err());
    }

    #[test]
    fn trees_of_one_size_and_two_roots_are_a_fork() {
        let (one, empty) = (TreeHead::of(&leaves(3)), TreeHead::of(&[]));
        let other = |tree: TreeHead| TreeHead {
            root: Hash::ZERO,
            ..tree
        };

        assert!(matches!(
            verify_consistency(one, other(one), &[]),
            Err(ProofError::Root { .. })
        ));
        assert!(
            verify_consistency(other(empty), one, &[]).is_err(),
            "there is one empty tree"
        );
        assert!(verify_consistency(empty, other(empty), &[]).is_err());
    }

    proptest! {
        #[test]
        fn a_proof_with_another_hash_another_length_or_another_place_fails(
            size in 1_usize..200,
            at in any::<prop::sample::Index>(),
            from in any::<prop::sample::Index>(),
            which in any::<prop::sample::Index>(),
            bit in 0_usize..256,
        ) {
            let all = leaves(size);
            let whole = TreeHead::of(&all);
            let index = at.index(size);
            let proof = inclusion(&all, index as u64).unwrap();
            let from = 1 + from.index(size);
            let begun = TreeHead::of(&all[..from]);
            let joined = consistency(&all, from as u64).unwrap();

            let longer = |proof: &[Hash]| [proof, &[Hash::ZERO]].concat();
            prop_assert!(verify_inclusion(all[index], index as u64, whole, &longer(&proof)).is_err());
            prop_assert!(verify_consistency(begun, whole, &longer(&joined)).is_err());
            if let Some((_, shorter)) = proof.split_last() {
                prop_assert!(verify_inclusion(all[index], index as u64, whole, shorter).is_err());
                let flipped = flip(&proof, which.index(proof.len()), bit);
                prop_assert!(verify_inclusion(all[index], index as u64, whole, &flipped).is_err());
            }
            if let Some((_, shorter)) = joined.split_last() {
                prop_assert!(verify_consistency(begun, whole, shorter).is_err());
                let flipped = flip(&joined, which.index(joined.len()), bit);
                prop_assert!(verify_consistency(begun, whole, &flipped).is_err());
            }
            let elsewhere = (index + 1) % size;
            if elsewhere != index {
                prop_assert!(verify_inclusion(all[elsewhere], index as u64, whole, &proof).is_err());
                prop_assert!(verify_inclusion(all[index], elsewhere as u64, whole, &proof).is_err());
            }
        }
    }

    fn flip(proof: &[Hash], which: usize, bit: usize) -> Vec<Hash> {
        let mut flipped = proof.to_vec();
        let mut bytes = *flipped[which].as_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        flipped[which] = bytes.into();
        flipped
    }
}
