//! What an operator, or somebody with the operator's database, might change (invariant 5: every change shows).

use ledger::verify::{Problem, Trust, Verifier};
use ledger::{Departure, Draft, EntryError, Hash, Private};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use crate::written::{Log, Published, read_bytes, understood};

#[test]
fn an_untouched_log_is_in_order() {
    let report = Log::of(5).published().read().unwrap();

    assert_eq!((report.size, report.signed.size), (5, 5));
    assert_eq!((report.redacted.len(), report.expired.len()), (0, 0));
}

#[test]
fn a_log_without_entries_is_in_order() {
    assert_eq!(Log::new().published().read().unwrap().size, 0);
}

#[test]
fn the_first_change_is_named_by_its_entry() {
    let mut published = Log::of(5).published();
    let changed = published.entries[2]
        .public
        .values
        .get_mut("action")
        .unwrap();
    *changed = "account.suspend".into();

    let problem = published.read().unwrap_err();

    assert!(
        matches!(
            problem,
            Problem::Entry {
                seq: 3,
                source: EntryError::Leaf { .. }
            }
        ),
        "{problem}"
    );
}

#[test]
fn a_dropped_entry_leaves_a_gap_even_when_renumbered() {
    let whole = Log::of(5).published();

    let mut gap = whole.clone();
    gap.entries.remove(2);
    assert!(matches!(
        gap.read(),
        Err(Problem::Order {
            expected: 3,
            found: 4
        })
    ));

    let mut renumbered = gap.clone();
    renumbered.entries[2].seq = 3;
    assert!(matches!(
        renumbered.read(),
        Err(Problem::Chain { seq: 3, .. })
    ));

    renumbered.entries[2].prev = renumbered.entries[1].leaf;
    assert!(matches!(
        renumbered.read(),
        Err(Problem::Entry {
            seq: 3,
            source: EntryError::Leaf { .. }
        })
    ));
}

#[test]
fn a_log_sealed_anew_without_an_entry_is_not_what_was_signed() {
    let whole = Log::of(5).published();
    let mut anew = Log::new();
    for entry in whole.entries.iter().filter(|entry| entry.seq != 3) {
        let draft = Draft::new(entry.at, entry.kind.clone());
        anew.append(
            entry
                .public
                .values
                .iter()
                .fold(draft, |draft, (name, value)| {
                    draft.fixed(name, value.clone())
                }),
        );
    }

    let shorter = Published {
        entries: anew.entries(),
        ..whole.clone()
    };
    assert!(matches!(
        shorter.read(),
        Err(Problem::Departure {
            source: Departure::Shortened { then: 5, now: 4 },
            ..
        })
    ));

    anew.append(Draft::new(whole.entries[0].at, "internal"));
    let filled = Published {
        entries: anew.entries(),
        ..whole
    };
    assert!(matches!(
        filled.read(),
        Err(Problem::Departure {
            source: Departure::Forked { size: 5, .. },
            ..
        })
    ));
}

#[test]
fn a_log_cut_short_is_shorter_than_its_checkpoint() {
    let mut cut = Log::of(5).published();
    cut.entries.pop();

    assert!(matches!(
        cut.read(),
        Err(Problem::Departure {
            source: Departure::Shortened { .. },
            ..
        })
    ));
}

#[test]
fn what_the_caller_makes_of_an_entry_can_be_the_problem() {
    let published = Log::of(3).published();
    let mut seen = Vec::new();

    let lines = published.lines().into_iter().map(Ok);
    let problem = ledger::verify::lines(lines, &Trust::default(), |entry| {
        seen.push(entry.seq);
        if entry.seq == 2 {
            Err("nobody holds that seat".to_owned())
        } else {
            Ok(())
        }
    });

    assert!(matches!(problem, Err(Problem::Replay { seq: 2, .. })));
    assert_eq!(seen, [1, 2]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Any bit of the file: the keys, an entry, the checkpoint, a newline. What still reads as the very same (the case of
    /// a letter in an escape) is no change.
    #[test]
    fn one_flipped_bit_anywhere_is_found(at in any::<Index>(), bit in 0_u8..8) {
        let original = Log::of(3).published().text().into_bytes();
        let mut flipped = original.clone();
        let at = at.index(flipped.len());
        flipped[at] ^= 1 << bit;

        let same = understood(&flipped).is_ok_and(|lines| lines == understood(&original).unwrap());

        prop_assert!(same || read_bytes(&flipped, &Trust::default()).is_err(), "byte {at}, bit {bit}");
    }

    #[test]
    fn a_changed_public_value_is_found(entry in 0_usize..4, field in any::<Index>(), at in any::<Index>()) {
        let mut published = Log::of(4).published();
        let values = &mut published.entries[entry].public.values;
        let name = values.keys().nth(field.index(values.len())).unwrap().clone();
        change(values.get_mut(&name).unwrap(), at);

        let problem = published.read().unwrap_err();

        prop_assert!(matches!(problem, Problem::Entry { seq, .. } if seq == entry as u64 + 1), "{}", problem);
    }

    #[test]
    fn a_changed_private_value_is_found(entry in 0_usize..4, field in any::<Index>(), at in any::<Index>()) {
        let mut log = Log::of(4);
        let values = &mut log.sealed[entry].private.fields.values;
        let name = values.keys().nth(field.index(values.len())).unwrap().clone();
        change(values.get_mut(&name).unwrap(), at);

        let problem = audit(&log).unwrap_err();

        prop_assert!(matches!(problem, Problem::Private { seq, .. } if seq == entry as u64 + 1), "{}", problem);
    }

    #[test]
    fn private_parts_do_not_fit_other_entries(one in 0_usize..4, other in 0_usize..4) {
        let mut log = Log::of(4);
        let swapped: Private = log.sealed[other].private.clone();
        log.sealed[one].private = swapped;

        prop_assert_eq!(audit(&log).is_ok(), one == other);
    }

    #[test]
    fn a_dropped_doubled_or_moved_entry_is_found(one in 0_usize..6, other in 0_usize..6) {
        let whole = Log::of(6).published();

        let mut dropped = whole.clone();
        dropped.entries.remove(one);
        prop_assert!(dropped.read().is_err());

        let mut doubled = whole.clone();
        doubled.entries.insert(other, whole.entries[one].clone());
        prop_assert!(doubled.read().is_err());

        let mut swapped = whole;
        swapped.entries.swap(one, other);
        prop_assert_eq!(swapped.read().is_err(), one != other);
    }

    #[test]
    fn a_changed_salt_or_hash_is_found(entry in 0_usize..4, which in 0_usize..5, bit in 0_usize..256) {
        let mut published = Log::of(4).published();
        let entry = &mut published.entries[entry];
        match which {
            0 => flip(&mut entry.prev, bit),
            1 => flip(&mut entry.leaf, bit),
            2 => flip(&mut entry.private_commitment, bit),
            3 => flip(entry.public.commitments.get_mut("reason").unwrap(), bit),
            _ => {
                let salt = entry.public.salts.get_mut("reason").unwrap();
                let mut bytes = *salt.as_bytes();
                bytes[bit / 16] ^= 1 << (bit % 8);
                *salt = bytes.into();
            }
        }

        prop_assert!(published.read().is_err());
    }
}

/// Reads the log as a moderator would, private parts included.
fn audit(log: &Log) -> Result<(), Problem> {
    let trust = Trust::default();
    let published = log.published();
    let mut verifier = Verifier::new(&trust, &published.header)?;
    for sealed in &log.sealed {
        verifier.entry(&sealed.entry)?;
        verifier.private(&sealed.entry, &sealed.private)?;
    }
    let report = verifier.finish(&published.footer)?;
    assert_eq!(report.private, log.sealed.len() as u64);
    Ok(())
}

/// Another value of the same kind, changed in one place.
fn change(value: &mut Value, at: Index) {
    match value {
        Value::String(text) => {
            let mut letters: Vec<char> = text.chars().collect();
            let at = at.index(letters.len());
            letters[at] = if letters[at] == 'x' { 'y' } else { 'x' };
            *text = letters.into_iter().collect();
        }
        Value::Bool(flag) => *flag = !*flag,
        Value::Number(number) => *number = (number.as_u64().unwrap() + 1).into(),
        Value::Array(items) => change(items.first_mut().unwrap(), at),
        Value::Object(members) => change(members.values_mut().next().unwrap(), at),
        Value::Null => *value = 0.into(),
    }
}

fn flip(hash: &mut Hash, bit: usize) {
    let mut bytes = *hash.as_bytes();
    bytes[bit / 8] ^= 1 << (bit % 8);
    *hash = bytes.into();
}
