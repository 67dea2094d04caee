//! Who has left, of those whom the directory does not find. Pure, since everything depends on it.

use aws_lc_rs::digest::{SHA256, digest};
use model::AccountId;
use time::{Duration, OffsetDateTime};

/// Two runs that agree must be so far apart.
const APART: Duration = Duration::minutes(15);
/// So many may always be missing at once; beyond that, it is a matter of proportion.
const FEW: usize = 3;
/// One in so many members may be missing at once: 5 %.
const ONE_IN: usize = 20;

/// A member whom the directory does not find, and who had not left before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) account_id: AccountId,
    pub(super) handle: String,
    pub(super) subject: String,
    /// The first run that did not find them.
    pub(super) since: Option<OffsetDateTime>,
    /// What the directory says.
    pub(super) why: String,
}

/// What to think of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Those gone may leave.
    Plausible {
        /// Missed by two runs.
        gone: Vec<Missing>,
        /// Missed for the first time, or again but too soon to tell.
        newly: Vec<Missing>,
    },
    /// It is more likely that something is wrong with the directory.
    Implausible {
        /// As above, if it is right after all.
        gone: Vec<Missing>,
        /// As above.
        newly: Vec<Missing>,
    },
}

/// Judges a run that asked about everybody: of `linked` members these are missing, and `found` people were found.
pub(super) fn judge(
    missing: &[Missing],
    linked: usize,
    found: usize,
    now: OffsetDateTime,
) -> Verdict {
    let is_gone = |missing: &Missing| missing.since.is_some_and(|since| now - since >= APART);
    let (gone, newly): (Vec<_>, Vec<_>) = missing.iter().cloned().partition(is_gone);
    let knows_nobody = found == 0 && !missing.is_empty();
    let are_too_many = missing.len() > FEW && missing.len() * ONE_IN > linked;
    if knows_nobody || are_too_many {
        Verdict::Implausible { gone, newly }
    } else {
        Verdict::Plausible { gone, newly }
    }
}

/// The number of a set of people, by which a halted run is accepted: another set has another one.
pub(super) fn number_of(missing: &[Missing]) -> i32 {
    let mut ids: Vec<i64> = missing
        .iter()
        .map(|missing| missing.account_id.get())
        .collect();
    ids.sort_unstable();
    let bytes: Vec<u8> = ids.into_iter().flat_map(i64::to_be_bytes).collect();
    let hash = digest(&SHA256, &bytes);
    let number = hash
        .as_ref()
        .iter()
        .take(4)
        .fold(0_u32, |sum, byte| (sum << 8) | u32::from(*byte));
    i32::try_from(100_000 + number % 900_000).expect("six digits")
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-06-15 12:00 UTC);

    fn missing(count: usize, since: Option<OffsetDateTime>) -> Vec<Missing> {
        (0..count)
            .map(|number| Missing {
                account_id: AccountId::new(i64::try_from(number).unwrap()),
                handle: format!("member{number}"),
                subject: number.to_string(),
                since,
                why: String::new(),
            })
            .collect()
    }

    fn is_plausible(missing_of: (usize, usize)) -> bool {
        let (count, linked) = missing_of;
        let verdict = judge(&missing(count, None), linked, linked - count, NOW);
        matches!(verdict, Verdict::Plausible { .. })
    }

    #[test]
    fn three_may_be_missing_however_few_there_are_and_five_in_a_hundred_of_many() {
        assert!(is_plausible((3, 10)));
        assert!(!is_plausible((4, 10)));
        assert!(is_plausible((10, 200)));
        assert!(!is_plausible((11, 200)));
        assert!(is_plausible((3, 60)));
        assert!(!is_plausible((4, 79)));
        assert!(is_plausible((4, 80)));
    }

    #[test]
    fn a_directory_that_knows_nobody_is_never_believed() {
        let verdict = judge(&missing(1, Some(NOW - APART)), 1, 0, NOW);

        assert!(matches!(verdict, Verdict::Implausible { .. }));
    }

    #[test]
    fn two_runs_must_be_a_quarter_of_an_hour_apart() {
        let gone_after = |apart| match judge(&missing(1, Some(NOW - apart)), 10, 9, NOW) {
            Verdict::Plausible { gone, .. } => gone.len(),
            Verdict::Implausible { .. } => panic!("one of ten is plausible"),
        };

        assert_eq!(gone_after(APART), 1);
        assert_eq!(gone_after(APART - Duration::seconds(1)), 0);
    }

    #[test]
    fn a_number_is_that_of_one_set_in_any_order() {
        let mut people = missing(5, None);
        let number = number_of(&people);
        people.reverse();

        assert_eq!(number_of(&people), number);
        assert_ne!(number_of(&people[..4]), number);
        assert!((100_000..1_000_000).contains(&number));
    }
}
