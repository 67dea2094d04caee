//! Readers who kept a checkpoint (S71: an older copy restored, one bit changed, two logs shown to two witnesses).

use ledger::verify::{Problem, Source, Trust};
use ledger::{Departure, SignedCheckpoint, SigningKey};

use crate::written::{Log, first_key, key};

fn keeping(kept: SignedCheckpoint) -> Trust {
    Trust {
        kept: vec![kept],
        ..Trust::default()
    }
}

#[test]
fn a_log_that_went_on_continues_what_was_kept() {
    let log = Log::of(7);

    for size in 0..=7 {
        let kept = log.signed_at(size, &[&first_key()]);
        assert!(
            log.published().read_with(&keeping(kept)).is_ok(),
            "kept at {size}"
        );
    }
}

#[test]
fn a_log_restored_from_an_older_copy_is_shorter_than_what_was_kept() {
    let kept = Log::of(7).signed_at(7, &[&first_key()]);

    let restored = Log::of(5).published().read_with(&keeping(kept));

    let Err(Problem::Departure {
        from: Source::Kept,
        source,
    }) = restored
    else {
        panic!("{restored:?}")
    };
    assert_eq!(source, Departure::Shortened { then: 7, now: 5 });
}

#[test]
fn a_log_with_another_past_is_a_fork_though_its_own_checkpoint_fits() {
    let (log, mut other) = (Log::of(4), Log::of(3));
    other.rotate(&first_key()); // any other fourth entry
    let kept = log.signed_at(4, &[&first_key()]);

    assert!(
        other.published().read().is_ok(),
        "by itself nothing is wrong with it"
    );
    let forked = other.published().read_with(&keeping(kept));

    assert!(matches!(
        forked,
        Err(Problem::Departure {
            from: Source::Kept,
            source: Departure::Forked { size: 4, .. }
        })
    ));
}

#[test]
fn a_fork_is_told_as_one_also_when_all_keys_are_new() {
    let kept = Log::of(4).signed_at(2, &[&key(9)]);
    let mut other = Log::new();
    other.rotate(&first_key());
    other.rotate(&first_key());

    let forked = other.published().read_with(&keeping(kept));

    assert!(matches!(
        forked,
        Err(Problem::Departure {
            from: Source::Kept,
            ..
        })
    ));
}

#[test]
fn a_kept_checkpoint_that_no_known_key_signed_is_not_believed() {
    let log = Log::of(4);
    let kept = log.signed_at(2, &[&key(9)]);

    let doubted = log.published().read_with(&keeping(kept));

    assert!(matches!(
        doubted,
        Err(Problem::Signature {
            from: Source::Kept,
            size: 2,
            ..
        })
    ));
}

#[test]
fn a_checkpoint_of_another_log_does_not_apply() {
    let elsewhere = SigningKey::from_seed("elsewhere.example/log", &[1; 32]).unwrap();
    let kept = Log::of(4).signed_at(2, &[&elsewhere]);

    let confused = Log::of(4).published().read_with(&keeping(kept));

    assert!(matches!(
        confused,
        Err(Problem::OtherLog {
            from: Source::Kept,
            ..
        })
    ));
}
