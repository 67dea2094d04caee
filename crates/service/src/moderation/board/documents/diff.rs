//! What differs between two versions of a text, line by line.

/// A line of one text or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// In both.
    Same(String),
    /// In the older one only.
    Removed(String),
    /// In the newer one only.
    Added(String),
}

/// Above this many comparisons everything between what is equal at both ends counts as rewritten.
const MOST_COMPARISONS: usize = 4_000_000;

/// The lines of both texts in order, with as many as possible in common.
pub fn diff(old: &str, new: &str) -> Vec<Change> {
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let start = common(old.iter(), new.iter());
    let end = common(old[start..].iter().rev(), new[start..].iter().rev());
    let (old_middle, new_middle) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    let mut changes: Vec<Change> = old[..start].iter().map(same).collect();
    if old_middle.len() * new_middle.len() > MOST_COMPARISONS {
        changes.extend(old_middle.iter().map(removed));
        changes.extend(new_middle.iter().map(added));
    } else {
        changes.extend(middle(old_middle, new_middle));
    }
    changes.extend(old[old.len() - end..].iter().map(same));
    changes
}

fn common<'a>(
    one: impl Iterator<Item = &'a &'a str>,
    other: impl Iterator<Item = &'a &'a str>,
) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}

/// The longest common subsequence, found backwards, told forwards.
fn middle(old: &[&str], new: &[&str]) -> Vec<Change> {
    let width = new.len() + 1;
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i * width + j] = if old[i] == new[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut changes = Vec::with_capacity(old.len() + new.len());
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            changes.push(same(&old[i]));
            i += 1;
            j += 1;
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            changes.push(removed(&old[i]));
            i += 1;
        } else {
            changes.push(added(&new[j]));
            j += 1;
        }
    }
    changes.extend(old[i..].iter().map(removed));
    changes.extend(new[j..].iter().map(added));
    changes
}

fn same(line: &&str) -> Change {
    Change::Same((*line).to_owned())
}

fn removed(line: &&str) -> Change {
    Change::Removed((*line).to_owned())
}

fn added(line: &&str) -> Change {
    Change::Added((*line).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_is_taken_out_and_put_in_and_the_rest_stays() {
        let changes = diff("a\nb\nc\n", "a\nB\nc\nd\n");

        assert_eq!(
            changes,
            [
                same(&"a"),
                removed(&"b"),
                added(&"B"),
                same(&"c"),
                added(&"d"),
            ]
        );
    }

    #[test]
    fn both_texts_can_be_read_off_the_difference() {
        let (old, new) = ("1\n2\n3\n4\n5", "0\n2\n4\n4\n6\n5");

        let changes = diff(old, new);

        let read = |wanted: fn(&Change) -> Option<&String>| -> Vec<String> {
            changes.iter().filter_map(wanted).cloned().collect()
        };
        let olds = read(|change| match change {
            Change::Same(line) | Change::Removed(line) => Some(line),
            Change::Added(_) => None,
        });
        let news = read(|change| match change {
            Change::Same(line) | Change::Added(line) => Some(line),
            Change::Removed(_) => None,
        });
        assert_eq!(olds.join("\n"), old);
        assert_eq!(news.join("\n"), new);
    }

    #[test]
    fn nothing_differs_from_itself() {
        assert!(
            diff("a\nb", "a\nb")
                .iter()
                .all(|change| matches!(change, Change::Same(_)))
        );
        assert_eq!(diff("", "x"), [added(&"x")]);
    }
}
