//! Which entries are others than in a copy that was kept. A root alone says that something was changed; a copy says what.

use std::collections::BTreeMap;

use ledger::export::{Line, Lines};
use service::moderation::log::Entry;

use super::fetch::{self, NotChecked};

/// The entries of an export, not checked.
pub(super) fn entries(bytes: &[u8]) -> Result<BTreeMap<u64, Entry>, NotChecked> {
    let mut entries = BTreeMap::new();
    for line in Lines::new(fetch::lines(bytes)) {
        let line = line.map_err(|error| NotChecked(error.to_string()))?;
        match Line::parse(&line) {
            Ok(Line::Entry(entry)) => {
                entries.insert(entry.seq, *entry);
            }
            Ok(Line::Header(_) | Line::Footer(_)) => {}
            Err(error) => return Err(NotChecked(error.to_string())),
        }
    }
    Ok(entries)
}

/// What is another in the log than in the copy, one sentence each. Fields that were taken back since are no change.
pub(super) fn changes(copy: &BTreeMap<u64, Entry>, log: &BTreeMap<u64, Entry>) -> Vec<String> {
    let mut changes = Vec::new();
    for (seq, kept) in copy {
        match log.get(seq) {
            None => changes.push(format!("entry {seq} is gone")),
            Some(now) if now.leaf != kept.leaf => {
                let what = differences(kept, now);
                changes.push(format!("entry {seq} is another: {what}"));
            }
            Some(_) => {}
        }
    }
    changes
}

fn differences(kept: &Entry, now: &Entry) -> String {
    let mut what = Vec::new();
    if kept.kind != now.kind {
        what.push(format!(
            "it was of type {} and is of type {}",
            kept.kind, now.kind
        ));
    }
    if kept.at != now.at {
        what.push(format!("it was of {} and is of {}", kept.at, now.at));
    }
    let names: std::collections::BTreeSet<&String> = kept
        .public
        .values
        .keys()
        .chain(now.public.values.keys())
        .collect();
    for name in names {
        let (was, is) = (kept.public.get(name), now.public.get(name));
        if was != is {
            let told = |value: Option<&serde_json::Value>| {
                value.map_or_else(|| "nothing".to_owned(), ToString::to_string)
            };
            what.push(format!("{name} was {} and is {}", told(was), told(is)));
        }
    }
    if kept.private_commitment != now.private_commitment {
        what.push("its private part is another".to_owned());
    }
    if what.is_empty() {
        what.push("what stands before it is another".to_owned());
    }
    what.join("; ")
}
