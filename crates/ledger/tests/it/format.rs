//! The published format, held against a file that other programs can be tried on. A log is kept for ever: what was once
//! written has to be readable, and hash to the same, in every later version.

use ledger::export::{Footer, Header, KeyRange};
use ledger::verify::{Keys, Trust};
use ledger::{At, Draft};
use time::macros::datetime;

use crate::written::{Log, ORIGIN, Published, key, read_bytes};

const FILE: &str = include_str!("../fixtures/log.jsonl");

/// Every kind of line: plain entries, an internal one, a redacted one, a change of keys, a handing over.
fn log() -> Published {
    let (old, new) = (key(1), key(2));
    let mut log = Log::of(2);
    log.append(
        Draft::new(At::day(datetime!(2026-11-23 04:20 UTC)), "internal").kept("claimed", "7"),
    );
    log.rotate(&new);
    let mut entries = log.entries();
    entries[0].redact("target").unwrap();
    Published {
        header: Header::new(
            ORIGIN,
            vec![
                KeyRange {
                    vkey: old.verifier().clone(),
                    from: 0,
                    to: Some(4),
                },
                KeyRange {
                    vkey: new.verifier().clone(),
                    from: 4,
                    to: None,
                },
            ],
        ),
        entries,
        footer: Footer {
            checkpoints: vec![log.signed_at(4, &[&old, &new])],
        },
    }
}

#[test]
fn the_same_log_is_written_as_ever() {
    assert_eq!(log().text(), FILE);
}

#[test]
fn what_was_written_once_is_still_in_order() {
    let trust = Trust {
        keys: vec![key(1).verifier().clone()],
        ..Trust::default()
    };

    let report = read_bytes(FILE.as_bytes(), &trust).unwrap();

    assert_eq!(
        (report.size, report.trusted, report.redacted.len()),
        (4, Keys::Known, 1)
    );
}
