//! Checkpoints (C2SP tlog-checkpoint): the log's size and root at one moment, signed, for others to hold on to.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::tree::{self, TreeHead};
use crate::{Hash, Note, NoteError, SigningKey, VerifierKey};

/// What a log was at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: the name that its keys have too.
    pub origin: String,
    /// How many entries it had.
    pub size: u64,
    /// The root of its tree.
    pub root: Hash,
}

/// A checkpoint with its signatures, those of witnesses included, as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
}

/// Why a note is no checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not even a note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text is not origin, size and root.
    #[error("the note is not origin, size and root of a tree")]
    Malformed,
    /// The key that was to sign is another log's.
    #[error("the key is not named for the log {0}")]
    OtherName(String),
}

/// How a log differs from what a checkpoint says it once was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Departure {
    /// It has fewer entries than it had.
    #[error("the log once had {then} entries and now has {now}")]
    Shortened {
        /// The checkpoint's size.
        then: u64,
        /// The log's.
        now: u64,
    },
    /// The entries up to the checkpoint's size are not the ones it had.
    #[error(
        "the first {size} entries are not those of the checkpoint: its root is {expected}, theirs {found}"
    )]
    Forked {
        /// The checkpoint's size.
        size: u64,
        /// The checkpoint's root.
        expected: Hash,
        /// The root of the log's first `size` entries.
        found: Hash,
    },
}

impl Checkpoint {
    /// Of a tree, under the name of the key that will sign it.
    pub fn of(key: &SigningKey, tree: TreeHead) -> Self {
        Self {
            origin: key.verifier().name().to_owned(),
            size: tree.size,
            root: tree.root,
        }
    }

    /// Size and root, for proofs.
    pub fn tree(&self) -> TreeHead {
        TreeHead {
            size: self.size,
            root: self.root,
        }
    }

    /// Whether a log with these leaves continues this checkpoint. To be asked of the last published checkpoint before
    /// the next is signed, and when the program starts: a log must never sign what departs from what it signed before.
    pub fn is_continued_by(&self, leaves: &[Hash]) -> Result<(), Departure> {
        let now = leaves.len() as u64;
        let begun = usize::try_from(self.size)
            .ok()
            .and_then(|size| leaves.get(..size));
        let Some(begun) = begun else {
            return Err(Departure::Shortened {
                then: self.size,
                now,
            });
        };
        let found = tree::root(begun);
        if found != self.root {
            return Err(Departure::Forked {
                size: self.size,
                expected: self.root,
                found,
            });
        }
        Ok(())
    }

    /// Whether two checkpoints alone prove that a log showed different people different things: one log, one size, two
    /// roots. For other sizes a consistency proof decides.
    pub fn contradicts(&self, other: &Self) -> bool {
        self.origin == other.origin && self.size == other.size && self.root != other.root
    }

    /// Signs it. The key has to be named for the log.
    pub fn sign(&self, key: &SigningKey) -> Result<SignedCheckpoint, CheckpointError> {
        let text = format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            STANDARD.encode(self.root.as_bytes())
        );
        let mut signed = SignedCheckpoint {
            checkpoint: self.clone(),
            note: Note::new(text),
        };
        signed.sign(key)?;
        Ok(signed)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        // Further lines are extensions, which must not be empty and mean nothing here.
        if origin.is_empty() || lines.any(str::is_empty) {
            return None;
        }
        let parsed_size: u64 = size.parse().ok()?;
        if parsed_size.to_string() != size {
            return None;
        }
        let root = Hash::try_from(STANDARD.decode(root).ok()?.as_slice()).ok()?;
        Some(Self {
            origin: origin.to_owned(),
            size: parsed_size,
            root,
        })
    }
}

impl SignedCheckpoint {
    /// What is signed. Not to be believed before [`SignedCheckpoint::signers`] has named somebody.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The note, with everybody's signatures.
    pub fn note(&self) -> &Note {
        &self.note
    }

    /// Adds the log's signature by another of its keys, as when one key vouches for the next.
    pub fn sign(&mut self, key: &SigningKey) -> Result<(), CheckpointError> {
        if key.verifier().name() != self.checkpoint.origin {
            return Err(CheckpointError::OtherName(self.checkpoint.origin.clone()));
        }
        self.note.sign(key);
        Ok(())
    }

    /// Which of the known keys signed it for the log. Keys under another name than the log's, a witness's, do not count.
    pub fn signers<'a>(
        &self,
        known: impl IntoIterator<Item = &'a VerifierKey>,
    ) -> Result<Vec<&'a VerifierKey>, NoteError> {
        let of_the_log: Vec<_> = known
            .into_iter()
            .filter(|key| key.name() == self.checkpoint.origin)
            .collect();
        self.note.signers(&of_the_log)
    }
}

impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.note.fmt(f)
    }
}

impl FromStr for SignedCheckpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let note = Note::parse(text)?;
        let checkpoint = Checkpoint::parse(note.text()).ok_or(CheckpointError::Malformed)?;
        Ok(Self { checkpoint, note })
    }
}

impl Serialize for SignedCheckpoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SignedCheckpoint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of C2SP's page on checkpoints.
    const EXAMPLE: &str = "example.com/behind-the-sofa\n\
        20852163\n\
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\
        \n\
        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

    fn key(name: &str, seed: u8) -> SigningKey {
        SigningKey::from_seed(name, &[seed; 32]).unwrap()
    }

    fn leaves(count: u8) -> Vec<Hash> {
        (0..count).map(|n| Hash::over(&[&[n]])).collect()
    }

    #[test]
    fn the_published_example_is_read_and_written_back() {
        let signed: SignedCheckpoint = EXAMPLE.parse().unwrap();

        assert_eq!(signed.checkpoint().origin, "example.com/behind-the-sofa");
        assert_eq!(signed.checkpoint().size, 20_852_163);
        assert_eq!(signed.to_string(), EXAMPLE);
    }

    #[test]
    fn a_signed_checkpoint_names_its_signer() {
        let key = key("club.example/log", 1);
        let checkpoint = Checkpoint::of(&key, TreeHead::of(&leaves(3)));

        let read: SignedCheckpoint = checkpoint.sign(&key).unwrap().to_string().parse().unwrap();

        assert_eq!(read.checkpoint(), &checkpoint);
        assert_eq!(read.signers([key.verifier()]), Ok(vec![key.verifier()]));
    }

    #[test]
    fn a_witness_does_not_sign_for_the_log() {
        let (log, witness) = (key("club.example/log", 1), key("witness.example", 2));
        let mut signed = Checkpoint::of(&log, TreeHead::of(&leaves(3)))
            .sign(&log)
            .unwrap();
        signed.note.sign(&witness);

        assert_eq!(
            signed.signers([witness.verifier()]),
            Err(NoteError::Unsigned)
        );
        assert_eq!(
            signed.signers([witness.verifier(), log.verifier()]),
            Ok(vec![log.verifier()])
        );
        assert!(signed.sign(&witness).is_err());
        assert_eq!(signed.note().signatures().len(), 2);
    }

    #[test]
    fn sizes_and_roots_have_one_spelling() {
        let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
        for text in [
            format!("\n1\n{root}\n"),
            format!("a\n01\n{root}\n"),
            format!("a\n+1\n{root}\n"),
            format!("a\n-1\n{root}\n"),
            "a\n1\nAAAA\n".to_owned(),
            "a\n1\n".to_owned(),
            format!("a\n1\n{root}\n\nx\n"),
            format!("a\n1\n{root}"),
            format!("a\n99999999999999999999\n{root}\n"),
        ] {
            assert_eq!(Checkpoint::parse(&text), None, "{text}");
        }
        assert!(Checkpoint::parse(&format!("a\n0\n{root}\nan extension\n")).is_some());
    }

    /// S71: a restored older copy, and a changed bit, are seen before anything more is signed.
    #[test]
    fn a_log_that_departs_from_its_last_checkpoint_is_told_apart() {
        let key = key("club.example/log", 1);
        let published = Checkpoint::of(&key, TreeHead::of(&leaves(5)));
        let mut changed = leaves(6);
        changed[2] = Hash::ZERO;

        assert_eq!(published.is_continued_by(&leaves(5)), Ok(()));
        assert_eq!(published.is_continued_by(&leaves(6)), Ok(()));
        assert_eq!(
            published.is_continued_by(&leaves(4)),
            Err(Departure::Shortened { then: 5, now: 4 })
        );
        assert!(matches!(
            published.is_continued_by(&changed),
            Err(Departure::Forked { size: 5, .. })
        ));
    }

    /// S71: two witnesses who were shown two logs need only compare what they were given.
    #[test]
    fn two_checkpoints_of_one_size_and_two_roots_contradict_each_other() {
        let key = key("club.example/log", 1);
        let mut other = leaves(5);
        other[4] = Hash::ZERO;

        let shown_to_one = Checkpoint::of(&key, TreeHead::of(&leaves(5)));
        let shown_to_other = Checkpoint::of(&key, TreeHead::of(&other));

        assert!(shown_to_one.contradicts(&shown_to_other));
        assert!(!shown_to_one.contradicts(&shown_to_one));
        assert!(!shown_to_one.contradicts(&Checkpoint::of(&key, TreeHead::of(&leaves(6)))));
    }
}
