//! A log as an organisation might have written it, and a reader of it.

use ledger::export::{Footer, Header, KeyRange, Line, LineError, Lines};
use ledger::tree::TreeHead;
use ledger::verify::{self, Problem, Report, Trust};
use ledger::{
    At, Checkpoint, Draft, Entry, Hash, Head, Salt, Sealed, SignedCheckpoint, SigningKey,
};
use time::macros::datetime;

pub(crate) const ORIGIN: &str = "social.club.example/moderation";

/// A log with its private parts.
#[derive(Clone)]
pub(crate) struct Log {
    pub(crate) sealed: Vec<Sealed>,
    salts: u64,
}

impl Log {
    pub(crate) fn new() -> Self {
        Self {
            sealed: Vec::new(),
            salts: 0,
        }
    }

    /// So many decisions, each with fixed, redactable and private fields.
    pub(crate) fn of(entries: usize) -> Self {
        let mut log = Self::new();
        for number in 0..entries {
            log.append(decision(number));
        }
        log
    }

    /// Salts are all different and the same in each run.
    pub(crate) fn append(&mut self, draft: Draft) {
        let head = self
            .sealed
            .last()
            .map_or(Head::START, |sealed| sealed.entry.head());
        let salts = &mut self.salts;
        let sealed = draft.seal(&head, || {
            *salts += 1;
            let mut salt = [0x5a; 16];
            salt[8..].copy_from_slice(&salts.to_be_bytes());
            Salt::from(salt)
        });
        self.sealed.push(sealed.unwrap());
    }

    /// An entry that names a new key.
    pub(crate) fn rotate(&mut self, to: &SigningKey) {
        let draft = Draft::new(At::minute(datetime!(2026-11-23 05:00 UTC)), "key.rotated");
        self.append(draft.fixed("vkey", to.verifier().to_string()));
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.sealed
            .iter()
            .map(|sealed| sealed.entry.clone())
            .collect()
    }

    pub(crate) fn leaves(&self) -> Vec<Hash> {
        self.sealed.iter().map(|sealed| sealed.entry.leaf).collect()
    }

    /// A checkpoint of the first so many entries.
    pub(crate) fn signed_at(&self, size: usize, by: &[&SigningKey]) -> SignedCheckpoint {
        let checkpoint = Checkpoint::of(by[0], TreeHead::of(&self.leaves()[..size]));
        let mut signed = checkpoint.sign(by[0]).unwrap();
        for other in &by[1..] {
            signed.sign(other).unwrap();
        }
        signed
    }

    /// Published under one key, with one checkpoint of everything.
    pub(crate) fn published(&self) -> Published {
        let key = first_key();
        Published {
            header: Header::new(
                ORIGIN,
                vec![KeyRange {
                    vkey: key.verifier().clone(),
                    from: 0,
                    to: None,
                }],
            ),
            entries: self.entries(),
            footer: Footer {
                checkpoints: vec![self.signed_at(self.sealed.len(), &[&key])],
            },
        }
    }
}

/// An export in its parts, for tests to change.
#[derive(Clone)]
pub(crate) struct Published {
    pub(crate) header: Header,
    pub(crate) entries: Vec<Entry>,
    pub(crate) footer: Footer,
}

impl Published {
    pub(crate) fn lines(&self) -> Vec<String> {
        let entries = self
            .entries
            .iter()
            .cloned()
            .map(|entry| Line::Entry(Box::new(entry)));
        [Line::Header(self.header.clone())]
            .into_iter()
            .chain(entries)
            .chain([Line::Footer(self.footer.clone())])
            .map(|line| line.to_json())
            .collect()
    }

    pub(crate) fn text(&self) -> String {
        self.lines().iter().flat_map(|line| [line, "\n"]).collect()
    }

    /// As somebody reads it who brings nothing along.
    pub(crate) fn read(&self) -> Result<Report, Problem> {
        self.read_with(&Trust::default())
    }

    pub(crate) fn read_with(&self, trust: &Trust) -> Result<Report, Problem> {
        read_bytes(self.text().as_bytes(), trust)
    }
}

pub(crate) fn read_bytes(bytes: &[u8], trust: &Trust) -> Result<Report, Problem> {
    verify::lines(Lines::new(bytes), trust, |_| Ok(()))
}

/// All lines as they are understood.
pub(crate) fn understood(bytes: &[u8]) -> Result<Vec<Line>, LineError> {
    Lines::new(bytes)
        .map(|line| line.and_then(|line| Line::parse(&line)))
        .collect()
}

pub(crate) fn first_key() -> SigningKey {
    key(1)
}

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(ORIGIN, &[seed; 32]).unwrap()
}

fn decision(number: usize) -> Draft {
    Draft::new(
        At::minute(datetime!(2026-11-23 04:20 UTC)),
        "account.limited",
    )
    .fixed("action", "account.limit")
    .fixed("emergency", number.is_multiple_of(2))
    .fixed(
        "reports",
        serde_json::json!({"count": number, "origin": ["member"]}),
    )
    .redactable("reason", format!("Spam, \"{number}\" times — \u{1F600}\n"))
    .redactable("target", "member-abcd2345")
    .redactable("rules", serde_json::json!([1, 3]))
    .kept("account", format!("PLANTED-account-{number}"))
    .evidence("note", format!("PLANTED-note-{number}"))
    .evidence("reporter", format!("PLANTED-reporter-{number}"))
}
