//! Exports that are cut off, put together wrongly, or meant to hurt who reads them.

use ledger::export::{Header, LineError};
use ledger::verify::{self, Problem, Trust};

use crate::written::{Log, read_bytes};

fn read(lines: &[String]) -> Problem {
    verify::lines(lines.iter().cloned().map(Ok), &Trust::default(), |_| Ok(())).unwrap_err()
}

#[test]
fn a_log_has_a_header_first_and_a_footer_last() {
    let lines = Log::of(3).published().lines();

    assert!(matches!(read(&[]), Problem::NoHeader));
    assert!(matches!(read(&lines[1..]), Problem::NoHeader));
    assert!(matches!(read(&lines[..4]), Problem::NoFooter));
    assert!(matches!(
        read(&[&lines[..2], &lines[..1]].concat()),
        Problem::Misplaced { line: 3 }
    ));
    assert!(matches!(
        read(&[&lines[..], &lines[4..]].concat()),
        Problem::Misplaced { line: 6 }
    ));
    assert!(matches!(
        read(&[&lines[..], &lines[1..2]].concat()),
        Problem::Misplaced { line: 6 }
    ));
}

#[test]
fn a_checkpoint_is_always_asked_for() {
    let mut published = Log::of(3).published();
    published.footer.checkpoints.clear();

    assert!(matches!(published.read(), Err(Problem::NoCheckpoint)));
}

#[test]
fn a_log_without_keys_or_of_another_format_is_not_checked() {
    let mut published = Log::of(1).published();
    published.header = Header {
        format: "moot-ledger/2".to_owned(),
        ..published.header
    };
    assert!(matches!(published.read(), Err(Problem::Format(_))));

    published.header = Header::new("a", vec![]);
    assert!(matches!(published.read(), Err(Problem::NoKeys)));
}

#[test]
fn a_member_given_twice_is_found_before_anybody_reads_the_wrong_one() {
    let text = Log::of(1).published().text();
    let doubled = text.replacen(
        r#""action":"account.limit""#,
        r#""action":"none","action":"account.limit""#,
        1,
    );
    assert_ne!(doubled, text);

    let problem = read_bytes(doubled.as_bytes(), &Trust::default()).unwrap_err();

    assert!(
        matches!(
            problem,
            Problem::Line {
                line: 2,
                source: LineError::Malformed(_)
            }
        ),
        "{problem}"
    );
}

#[test]
fn a_value_nested_without_end_is_refused() {
    let text = Log::of(1).published().text();
    let nest = |levels: usize| {
        let nested = format!(r#""action":{}1{}"#, "[".repeat(levels), "]".repeat(levels));
        text.replacen(r#""action":"account.limit""#, &nested, 1)
    };

    for levels in (55..70).chain([120, 20_000]) {
        assert!(
            read_bytes(nest(levels).as_bytes(), &Trust::default()).is_err(),
            "{levels} levels"
        );
    }
}

#[test]
fn numbers_that_readers_would_round_are_refused() {
    let text = Log::of(1).published().text();

    for number in ["0.0", "0e0", "9007199254740993", "18446744073709551616"] {
        let changed = text.replacen(r#""count":0"#, &format!(r#""count":{number}"#), 1);
        assert_ne!(changed, text);
        assert!(
            read_bytes(changed.as_bytes(), &Trust::default()).is_err(),
            "{number}"
        );
    }
}
