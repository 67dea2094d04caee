//! Which known name a mistyped one most resembles.

use super::table;

/// The known name closest to this one, if any is near enough to be what was meant. One that begins with
/// the same word is nearer than all others.
pub(super) fn closest(name: &str) -> Option<&'static str> {
    let names =
        table::all().flat_map(|variable| std::iter::once(&variable.name).chain(variable.old_names));
    let family = |name: &str| name.split('_').next().map(str::to_owned);
    let rank = |known: &str| (family(known) != family(name), distance(name, known));
    let best = *names
        .filter(|known| !known.ends_with('*'))
        .min_by_key(|known| rank(known))?;
    let (is_stranger, distance) = rank(best);
    let tolerance = if is_stranger {
        name.len() / 4
    } else {
        name.len() / 2
    };
    (distance <= tolerance).then_some(best)
}

/// Levenshtein's distance: how many letters must be added, dropped or changed.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let above = row[j + 1];
            let change = diagonal + usize::from(a != *b);
            row[j + 1] = change.min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_name() {
        assert_eq!(closest("MOOT_PROFLE"), Some("MOOT_PROFILE"));
        assert_eq!(closest("DB_PASSWORD"), Some("DB_PASS"));
        assert_eq!(closest("S3_BUKKET"), Some("S3_BUCKET"));
    }

    #[test]
    fn something_else_entirely_finds_nothing() {
        assert_eq!(closest("ZZZZZZZZ"), None);
    }
}
