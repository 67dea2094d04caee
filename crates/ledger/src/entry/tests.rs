use time::macros::datetime;

use super::*;
use crate::export::MAX_LINE;
use crate::{Draft, Private, PrivateError, SealError, Sealed};

fn counting() -> impl FnMut() -> Salt {
    let mut count = 0;
    move || {
        count += 1;
        Salt::from([count; 16])
    }
}

fn limited() -> Draft {
    Draft::new(
        At::minute(datetime!(2026-11-23 04:20:31 UTC)),
        "account.limited",
    )
    .fixed("action", "account.limit")
    .redactable("reason", "Spam")
    .kept("target", "42")
    .evidence("note", "seen by a reporter")
}

#[test]
fn the_leaf_is_the_hash_of_the_canonical_entry() {
    let sealed = limited().seal(&Head::START, counting()).unwrap();

    // Salts are asked for in the order reason, note, private part; all hashed by hand.
    let reason = Hash::over(&[&[1; 16], br#"["reason","Spam"]"#]);
    let note = Hash::over(&[&[2; 16], br#"["note","seen by a reporter"]"#]);
    let private = format!(r#"{{"note":"{note}","target":"42"}}"#);
    let private = Hash::over(&[&[3; 16], private.as_bytes()]);
    let zeros = "A".repeat(43);
    let canonical = format!(
        r#"{{"at":"2026-11-23T04:20:00Z","prev":"{zeros}","private_commitment":"{private}","public":{{"action":"account.limit","reason":"{reason}"}},"seq":1,"type":"account.limited"}}"#
    );
    assert_eq!(sealed.entry.leaf, Hash::over(&[&[0], canonical.as_bytes()]));
}

#[test]
fn each_entry_is_sealed_to_the_one_before() {
    let first = limited().seal(&Head::START, counting()).unwrap().entry;
    let second = limited().seal(&first.head(), counting()).unwrap().entry;

    assert_eq!((first.seq, first.prev), (1, Hash::ZERO));
    assert_eq!((second.seq, second.prev), (2, first.leaf));
    assert_ne!(first.leaf, second.leaf);
}

#[test]
fn what_is_published_is_read_back_and_names_nothing_private() {
    let sealed = limited().seal(&Head::START, counting()).unwrap();

    let line = sealed.entry.to_json();

    assert_eq!(serde_json::from_str::<Entry>(&line).unwrap(), sealed.entry);
    for private in [
        "reporter",
        "\"42\"",
        "note",
        "target",
        &sealed.private.salt.to_string(),
    ] {
        assert!(!line.contains(private), "{private} in {line}");
    }
}

#[test]
fn two_empty_private_parts_cannot_be_told_from_full_ones() {
    let at = At::day(datetime!(2026-11-23 04:20 UTC));
    let mut salts = counting();

    let one = Draft::new(at, "internal")
        .seal(&Head::START, &mut salts)
        .unwrap();
    let other = Draft::new(at, "internal")
        .seal(&Head::START, &mut salts)
        .unwrap();

    assert_ne!(one.entry.private_commitment, other.entry.private_commitment);
}

#[test]
fn a_redaction_keeps_the_leaf_and_the_entry_whole() {
    let mut entry = limited().seal(&Head::START, counting()).unwrap().entry;
    let leaf = entry.leaf;

    entry.redact("reason").unwrap();

    assert_eq!(entry.check(), Ok(()));
    assert_eq!(entry.leaf, leaf);
    assert!(!entry.to_json().contains("Spam"));
    assert!(entry.redact("action").is_err());
}

#[test]
fn expired_evidence_keeps_the_private_part_whole() {
    let Sealed { entry, mut private } = limited().seal(&Head::START, counting()).unwrap();

    private.expire("note").unwrap();

    assert_eq!(private.belongs_to(&entry), Ok(()));
    assert_eq!(private.fields.withheld().collect::<Vec<_>>(), ["note"]);
    assert!(private.expire("target").is_err());
}

#[test]
fn a_changed_private_part_does_not_belong() {
    let Sealed { entry, private } = limited().seal(&Head::START, counting()).unwrap();

    let mut other_target = private.clone();
    other_target
        .fields
        .values
        .insert("target".to_owned(), "43".into());
    assert!(matches!(
        other_target.belongs_to(&entry),
        Err(PrivateError::Mismatch { .. })
    ));

    let mut other_evidence = private.clone();
    other_evidence
        .fields
        .values
        .insert("note".to_owned(), "seen by nobody".into());
    assert!(matches!(
        other_evidence.belongs_to(&entry),
        Err(PrivateError::Fields(_))
    ));

    let mut other_salt = private.clone();
    other_salt.salt = Salt::ZERO;
    assert!(matches!(
        other_salt.belongs_to(&entry),
        Err(PrivateError::Mismatch { .. })
    ));
    assert!(!format!("{private:?} {:?}", limited()).contains("reporter"));
}

#[test]
fn a_private_part_is_stored_and_restored() {
    let Sealed { entry, private } = limited().seal(&Head::START, counting()).unwrap();

    let restored: Private =
        serde_json::from_value(serde_json::to_value(&private).unwrap()).unwrap();

    assert_eq!(restored.belongs_to(&entry), Ok(()));
}

#[test]
fn odd_types_and_overlong_entries_are_not_sealed() {
    for kind in ["", "Account", "account limit", ".x", &"a".repeat(65)] {
        let draft = Draft {
            kind: kind.to_owned(),
            ..limited()
        };
        assert_eq!(
            draft.seal(&Head::START, counting()).unwrap_err(),
            SealError::Kind(kind.to_owned())
        );
    }
    let overlong = limited()
        .redactable("reason", "x".repeat(MAX_LINE))
        .seal(&Head::START, counting());
    assert!(matches!(overlong, Err(SealError::TooLong(_))));
    let full = Head {
        seq: MAX_INTEGER,
        leaf: Hash::ZERO,
    };
    assert_eq!(limited().seal(&full, counting()), Err(SealError::Full));
}

#[test]
fn an_unknown_member_is_not_read_over() {
    let line = limited()
        .seal(&Head::START, counting())
        .unwrap()
        .entry
        .to_json();

    let with_more = line.replacen('{', r#"{"note":"not committed to","#, 1);

    assert!(serde_json::from_str::<Entry>(&with_more).is_err());
}

#[test]
fn what_can_be_checked_can_be_hashed_however_deep() {
    for levels in 55..70 {
        let deep = (0..levels).fold(json!(1), |inner, _| json!([inner]));
        for draft in [
            limited().fixed("deep", deep.clone()),
            limited().kept("deep", deep),
        ] {
            if let Ok(sealed) = draft.seal(&Head::START, counting()) {
                assert_eq!(sealed.entry.check(), Ok(()));
                assert_eq!(sealed.private.belongs_to(&sealed.entry), Ok(()));
            }
        }
    }
}
