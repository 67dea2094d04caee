//! Checking a whole log as somebody who trusts nothing of the server: that every entry hashes to its leaf and follows the
//! one before, that what is told is what was committed to, that the tree has the root that the checkpoints sign, that
//! the keys are the reader's, and that the log continues what the reader kept of it.
//!
//! What it cannot see: entries that were never appended, and entries after the latest checkpoint that were taken away
//! before anybody kept a checkpoint that covers them. Hence checkpoints are handed out, and kept.

mod keys;
mod problem;

pub use problem::{Problem, Source};

use crate::export::{Footer, Header, KeyRange, Line, LineError, MAX_ENTRIES};
use crate::{Checkpoint, Entry, Hash, Private, SignedCheckpoint, VerifierKey};
use keys::KeyHistory;

/// What the reader brings along.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Keys of the log that the reader knows. Without any, the log's own are taken at their word ([`Keys::Claimed`]).
    pub keys: Vec<VerifierKey>,
    /// Checkpoints that the reader, or a witness, kept.
    pub kept: Vec<SignedCheckpoint>,
    /// How the log's entries name a new key.
    pub rotation: Rotation,
}

/// How entries name a new key: by their type, and in a public field that holds `name+id+base64`. An entry that names the
/// key in force changes nothing, so that a log may name its first key too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// The type of such entries.
    pub kind: String,
    /// The field with the key. It must be told: without it nobody can check what follows.
    pub field: String,
}

impl Default for Rotation {
    fn default() -> Self {
        Self {
            kind: "key.rotated".to_owned(),
            field: "vkey".to_owned(),
        }
    }
}

/// A log in which nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The log's name.
    pub origin: String,
    /// How many entries it has.
    pub size: u64,
    /// The latest signed checkpoint. Entries beyond its size follow the chain, but nobody has signed them yet.
    pub signed: Checkpoint,
    /// How far the keys can be trusted.
    pub trusted: Keys,
    /// Every key and when it signed.
    pub keys: Vec<KeyRange>,
    /// Public values that were taken back.
    pub redacted: Vec<Withheld>,
    /// How many private parts were looked at.
    pub private: u64,
    /// Private evidence that was deleted.
    pub expired: Vec<Withheld>,
}

/// Whose word the keys are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// The latest checkpoint is signed by a key that the reader knows, or by one that such a key vouched for.
    Known,
    /// The reader brought none: the log says so itself.
    Claimed,
}

/// A committed field whose value is no longer there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// The entry.
    pub seq: u64,
    /// The field.
    pub field: String,
}

/// Checks an export, line by line. `replay` sees each entry once it is known to be whole and in its place, for what the
/// caller makes of the log's content; its complaint is the problem too.
pub fn lines(
    lines: impl IntoIterator<Item = Result<String, LineError>>,
    trust: &Trust,
    mut replay: impl FnMut(&Entry) -> Result<(), String>,
) -> Result<Report, Problem> {
    let mut numbered = (1..).zip(lines).map(|(number, line)| {
        let read = line.and_then(|line| Line::parse(&line));
        read.map(|read| (number, read))
            .map_err(|source| Problem::Line {
                line: number,
                source,
            })
    });
    let Some((_, Line::Header(header))) = numbered.next().transpose()? else {
        return Err(Problem::NoHeader);
    };
    let mut verifier = Verifier::new(trust, &header)?;
    let footer = loop {
        match numbered.next().transpose()? {
            Some((_, Line::Entry(entry))) => {
                verifier.entry(&entry)?;
                replay(&entry).map_err(|complaint| Problem::Replay {
                    seq: entry.seq,
                    complaint,
                })?;
            }
            Some((_, Line::Footer(footer))) => break footer,
            Some((line, Line::Header(_))) => return Err(Problem::Misplaced { line }),
            None => return Err(Problem::NoFooter),
        }
    };
    if let Some((line, _)) = numbered.next().transpose()? {
        return Err(Problem::Misplaced { line });
    }
    verifier.finish(&footer)
}

/// Checks a log entry by entry.
#[derive(Debug)]
pub struct Verifier<'a> {
    trust: &'a Trust,
    header: Header,
    keys: KeyHistory,
    leaves: Vec<Hash>,
    redacted: Vec<Withheld>,
    private: u64,
    expired: Vec<Withheld>,
}

impl<'a> Verifier<'a> {
    /// Begins with what the log says of itself.
    pub fn new(trust: &'a Trust, header: &Header) -> Result<Self, Problem> {
        if header.format != crate::export::FORMAT {
            return Err(Problem::Format(header.format.clone()));
        }
        let first = header.keys.first().ok_or(Problem::NoKeys)?;
        if let Some(other) = header
            .keys
            .iter()
            .find(|key| key.vkey.name() != header.origin)
        {
            return Err(Problem::ForeignKey {
                vkey: other.vkey.clone(),
            });
        }
        Ok(Self {
            trust,
            header: header.clone(),
            keys: KeyHistory::new(first.vkey.clone()),
            leaves: Vec::new(),
            redacted: Vec::new(),
            private: 0,
            expired: Vec::new(),
        })
    }

    /// The next entry.
    pub fn entry(&mut self, entry: &Entry) -> Result<(), Problem> {
        let size = self.leaves.len() as u64;
        if size >= MAX_ENTRIES {
            return Err(Problem::TooMany);
        }
        if entry.seq != size + 1 {
            return Err(Problem::Order {
                expected: size + 1,
                found: entry.seq,
            });
        }
        let before = self.leaves.last().copied().unwrap_or(Hash::ZERO);
        if entry.prev != before {
            return Err(Problem::Chain {
                seq: entry.seq,
                expected: before,
                found: entry.prev,
            });
        }
        entry.check().map_err(|source| Problem::Entry {
            seq: entry.seq,
            source,
        })?;
        if entry.kind == self.trust.rotation.kind {
            self.rotate(entry)?;
        }
        self.leaves.push(entry.leaf);
        self.redacted
            .extend(withheld(entry.seq, entry.public.withheld()));
        Ok(())
    }

    /// The private part of an entry, for those who may see it.
    pub fn private(&mut self, entry: &Entry, private: &Private) -> Result<(), Problem> {
        private
            .belongs_to(entry)
            .map_err(|source| Problem::Private {
                seq: entry.seq,
                source,
            })?;
        self.private += 1;
        self.expired
            .extend(withheld(entry.seq, private.fields.withheld()));
        Ok(())
    }

    /// Holds the tree against the checkpoints: the log's own, and those that the reader kept.
    pub fn finish(self, footer: &Footer) -> Result<Report, Problem> {
        if self.header.keys != self.keys.ranges() {
            return Err(Problem::KeyList);
        }
        for kept in &self.trust.kept {
            self.hold_against(kept, Source::Kept)?;
        }
        for published in &footer.checkpoints {
            self.hold_against(published, Source::Published)?;
        }
        let latest = footer
            .checkpoints
            .iter()
            .max_by_key(|signed| signed.checkpoint().size);
        let latest = latest.ok_or(Problem::NoCheckpoint)?;
        let trusted = self
            .keys
            .trust(&self.trust.keys, latest, &footer.checkpoints)?;
        Ok(Report {
            origin: self.header.origin,
            size: self.leaves.len() as u64,
            signed: latest.checkpoint().clone(),
            trusted,
            keys: self.header.keys,
            redacted: self.redacted,
            private: self.private,
            expired: self.expired,
        })
    }

    fn rotate(&mut self, entry: &Entry) -> Result<(), Problem> {
        let named = entry
            .public
            .get(&self.trust.rotation.field)
            .and_then(|value| value.as_str()?.parse().ok());
        let Some(key): Option<VerifierKey> = named else {
            return Err(Problem::Rotation { seq: entry.seq });
        };
        if key.name() != self.header.origin {
            return Err(Problem::ForeignKey { vkey: key });
        }
        self.keys.name(entry.seq, key);
        Ok(())
    }

    /// Root first, signature second: a fork is a fork, whoever signed for it.
    fn hold_against(&self, signed: &SignedCheckpoint, from: Source) -> Result<(), Problem> {
        let checkpoint = signed.checkpoint();
        if checkpoint.origin != self.header.origin {
            return Err(Problem::OtherLog {
                from,
                expected: self.header.origin.clone(),
                found: checkpoint.origin.clone(),
            });
        }
        checkpoint
            .is_continued_by(&self.leaves)
            .map_err(|source| Problem::Departure { from, source })?;
        let of_the_log = self.keys.in_force_at(checkpoint.size);
        let signers = match from {
            Source::Published => signed.signers(of_the_log),
            Source::Kept => signed.signers(of_the_log.chain(&self.trust.keys)),
        };
        signers.map_err(|source| Problem::Signature {
            from,
            size: checkpoint.size,
            source,
        })?;
        Ok(())
    }
}

fn withheld<'f>(seq: u64, fields: impl Iterator<Item = &'f str>) -> impl Iterator<Item = Withheld> {
    fields.map(move |field| Withheld {
        seq,
        field: field.to_owned(),
    })
}
