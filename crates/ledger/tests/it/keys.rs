//! Keys that are replaced, and readers who know one of them (S71: a lost key does not end a log).

use ledger::export::{Footer, Header, KeyRange};
use ledger::verify::{Keys, Problem, Source, Trust};
use ledger::{NoteError, SigningKey};

use crate::written::{Log, ORIGIN, Published, key};

/// Three entries, a fourth that names the second key, and two more.
struct Rotated {
    log: Log,
    old: SigningKey,
    new: SigningKey,
}

impl Rotated {
    fn new() -> Self {
        let (old, new) = (key(1), key(2));
        let mut log = Log::of(3);
        log.rotate(&new);
        for sealed in Log::of(2).sealed {
            let again = ledger::Draft::new(sealed.entry.at, sealed.entry.kind);
            log.append(again);
        }
        Self { log, old, new }
    }

    fn published(&self, checkpoints: &[(usize, &[&SigningKey])]) -> Published {
        let range = |key: &SigningKey, from, to| KeyRange {
            vkey: key.verifier().clone(),
            from,
            to,
        };
        let checkpoints = checkpoints
            .iter()
            .map(|(size, by)| self.log.signed_at(*size, by))
            .collect();
        Published {
            header: Header::new(
                ORIGIN,
                vec![range(&self.old, 0, Some(4)), range(&self.new, 4, None)],
            ),
            entries: self.log.entries(),
            footer: Footer { checkpoints },
        }
    }

    /// With the handing over signed by both keys.
    fn handed_over(&self) -> Published {
        self.published(&[(4, &[&self.old, &self.new]), (6, &[&self.new])])
    }
}

fn knowing(key: &SigningKey) -> Trust {
    Trust {
        keys: vec![key.verifier().clone()],
        ..Trust::default()
    }
}

#[test]
fn who_knows_a_key_need_take_nobody_at_their_word() {
    let published = Log::of(3).published();

    assert_eq!(published.read().unwrap().trusted, Keys::Claimed);
    assert_eq!(
        published.read_with(&knowing(&key(1))).unwrap().trusted,
        Keys::Known
    );
    assert!(matches!(
        published.read_with(&knowing(&key(2))),
        Err(Problem::UnknownKeys)
    ));
}

#[test]
fn an_old_key_vouches_for_a_new_one() {
    let rotated = Rotated::new();

    for known in [&rotated.old, &rotated.new] {
        let report = rotated.handed_over().read_with(&knowing(known)).unwrap();
        assert_eq!(report.trusted, Keys::Known);
        assert_eq!(report.keys.len(), 2);
    }
}

#[test]
fn after_a_lost_key_the_log_goes_on_for_those_who_learn_the_new_one() {
    let rotated = Rotated::new();
    let lost = rotated.published(&[(6, &[&rotated.new])]);

    assert_eq!(
        lost.read_with(&knowing(&rotated.new)).unwrap().trusted,
        Keys::Known
    );
    assert_eq!(lost.read().unwrap().trusted, Keys::Claimed);
    assert!(matches!(
        lost.read_with(&knowing(&rotated.old)),
        Err(Problem::NotVouchedFor { seq: 4 })
    ));
}

#[test]
fn a_replaced_key_signs_no_more() {
    let rotated = Rotated::new();

    let problem = rotated
        .published(&[(6, &[&rotated.old])])
        .read()
        .unwrap_err();

    let Problem::Signature {
        from: Source::Published,
        size: 6,
        source,
    } = problem
    else {
        panic!("{problem}")
    };
    assert_eq!(source, NoteError::Unsigned);
}

#[test]
fn a_new_key_does_not_sign_for_the_time_before_it() {
    let rotated = Rotated::new();

    let early = rotated
        .published(&[(3, &[&rotated.new]), (6, &[&rotated.new])])
        .read();

    assert!(matches!(early, Err(Problem::Signature { size: 3, .. })));
}

#[test]
fn the_latest_checkpoint_may_be_from_before_the_new_key() {
    let rotated = Rotated::new();

    let report = rotated
        .published(&[(3, &[&rotated.old])])
        .read_with(&knowing(&rotated.old))
        .unwrap();

    assert_eq!(
        (report.trusted, report.signed.size, report.size),
        (Keys::Known, 3, 6)
    );
}

/// A forger who names the reader's key at the end, so that the header lists it.
#[test]
fn naming_a_known_key_is_not_being_trusted_by_it() {
    let forged = Rotated {
        old: key(7),
        new: key(2),
        ..Rotated::new()
    };

    let named = forged
        .published(&[(4, &[&forged.old])])
        .read_with(&knowing(&key(2)));

    assert!(matches!(named, Err(Problem::NotTrusted)), "{named:?}");
}

/// A forger who names a key of their own after the reader's, beyond what is signed.
#[test]
fn a_key_named_after_the_latest_checkpoint_vouches_for_nothing() {
    let (forgers, readers, forgers_other) = (key(7), key(2), key(8));
    let mut log = Log::of(3);
    log.rotate(&readers);
    log.rotate(&forgers_other);
    let range = |key: &SigningKey, from, to| KeyRange {
        vkey: key.verifier().clone(),
        from,
        to,
    };
    let forged = Published {
        header: Header::new(
            ORIGIN,
            vec![
                range(&forgers, 0, Some(4)),
                range(&readers, 4, Some(5)),
                range(&forgers_other, 5, None),
            ],
        ),
        entries: log.entries(),
        footer: Footer {
            checkpoints: vec![log.signed_at(3, &[&forgers, &forgers_other])],
        },
    };

    let read = forged.read_with(&knowing(&readers));

    assert!(matches!(read, Err(Problem::NotTrusted)), "{read:?}");
}

#[test]
fn the_header_lists_the_keys_that_the_entries_name() {
    let whole = Rotated::new().handed_over();

    let mut fewer = whole.clone();
    fewer.header.keys.pop();
    let mut other = whole.clone();
    other.header.keys[1].vkey = key(3).verifier().clone();
    let mut shifted = whole;
    shifted.header.keys[1].from = 5;

    for changed in [fewer, other, shifted] {
        assert!(matches!(changed.read(), Err(Problem::KeyList)));
    }
}

#[test]
fn a_key_under_another_name_is_not_the_logs() {
    let foreign = SigningKey::from_seed("elsewhere.example/log", &[2; 32]).unwrap();
    let rotated = Rotated {
        new: foreign,
        ..Rotated::new()
    };
    let mut log = Log::of(3);
    log.rotate(&rotated.new);

    let in_header = rotated.published(&[(3, &[&rotated.old])]).read();
    let mut in_entry = Log::of(3).published();
    in_entry.entries = log.entries();

    assert!(matches!(in_header, Err(Problem::ForeignKey { .. })));
    assert!(matches!(in_entry.read(), Err(Problem::ForeignKey { .. })));
}

#[test]
fn an_entry_that_names_no_key_ends_the_checking() {
    let mut published = Log::of(3).published();
    let mut log = Log::of(3);
    let draft = ledger::Draft::new(published.entries[0].at, "key.rotated");
    log.append(draft.redactable("vkey", key(2).verifier().to_string()));
    published.entries = log.entries();
    published.entries[3].redact("vkey").unwrap();

    assert!(matches!(
        published.read(),
        Err(Problem::Rotation { seq: 4 })
    ));
}

#[test]
fn a_log_may_name_its_first_key_in_an_entry() {
    let mut log = Log::new();
    log.rotate(&key(1));

    assert_eq!(log.published().read().unwrap().keys.len(), 1);
}
