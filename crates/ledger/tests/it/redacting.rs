//! Taking values back, and what was never told.

use ledger::Salt;
use ledger::verify::{Trust, Verifier, Withheld};
use proptest::prelude::*;

use crate::written::Log;

proptest! {
    #[test]
    fn whatever_is_redacted_leaves_the_log_in_order(mask in 0_u16..512) {
        let before = Log::of(3).published();
        let mut after = before.clone();
        let mut taken = Vec::new();
        for (place, field) in ["reason", "target", "rules"].iter().cycle().take(9).enumerate() {
            let entry = &mut after.entries[place / 3];
            if mask & (1 << place) != 0 {
                entry.redact(field).unwrap();
                taken.push(Withheld { seq: entry.seq, field: (*field).to_owned() });
            }
        }

        let mut report = after.read().unwrap();

        taken.sort_by(|a, b| (a.seq, &a.field).cmp(&(b.seq, &b.field)));
        report.redacted.sort_by(|a, b| (a.seq, &a.field).cmp(&(b.seq, &b.field)));
        prop_assert_eq!(report.redacted, taken);
        prop_assert_eq!(report.signed, before.read().unwrap().signed);
    }
}

#[test]
fn what_is_redacted_is_gone_from_every_byte_of_the_export() {
    let mut published = Log::of(1).published();
    let salt = published.entries[0].public.salts["target"].to_string();
    assert!(published.text().contains("member-abcd2345") && published.text().contains(&salt));

    published.entries[0].redact("target").unwrap();

    assert!(!published.text().contains("member-abcd2345") && !published.text().contains(&salt));
}

#[test]
fn nothing_private_is_published() {
    let log = Log::of(20);

    let text = log.published().text();

    for private in ["PLANTED", "note", "reporter", "\"account\""] {
        assert!(!text.contains(private), "{private}");
    }
    for sealed in &log.sealed {
        let inner = &sealed.private.fields;
        let salts = inner
            .salts
            .values()
            .chain([&sealed.private.salt])
            .map(Salt::to_string);
        for hidden in salts.chain(inner.commitments.values().map(ToString::to_string)) {
            assert!(
                !text.contains(&hidden),
                "an inner salt or commitment is told"
            );
        }
    }
}

#[test]
fn deleted_evidence_is_counted_as_expired() {
    let mut log = Log::of(3);
    log.sealed[1].private.expire("note").unwrap();
    let trust = Trust::default();
    let published = log.published();
    let mut verifier = Verifier::new(&trust, &published.header).unwrap();

    for sealed in &log.sealed {
        verifier.entry(&sealed.entry).unwrap();
        verifier.private(&sealed.entry, &sealed.private).unwrap();
    }
    let report = verifier.finish(&published.footer).unwrap();

    assert_eq!(
        report.expired,
        [Withheld {
            seq: 2,
            field: "note".to_owned()
        }]
    );
    assert_eq!(report.private, 3);
}

#[test]
fn equal_values_cannot_be_told_to_be_equal() {
    let log = Log::of(2);
    let [one, other] = [0, 1].map(|at| &log.sealed[at].entry.public);

    assert_eq!(one.values["target"], other.values["target"]);
    assert_ne!(one.commitments["target"], other.commitments["target"]);
}
