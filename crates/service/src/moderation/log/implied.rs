//! What the public log implies when it is replayed from empty: who holds which seat, who sits on the board, what is set, adopted
//! and blocked. It reads nothing but entries, so that an outsider can hold a server against its own log.

use std::collections::{BTreeMap, BTreeSet};

use ledger::Entry;
use serde_json::Value;

/// State that everybody can work out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Implied {
    fields: BTreeMap<(String, String, String), Value>,
    /// Entries whose effects on servers were taken back: what they did is not known any more.
    unknown: Vec<u64>,
    /// Fields that the log says were taken back, by entry.
    redactions: BTreeMap<u64, BTreeSet<String>>,
}

impl Implied {
    /// Follows the next entry. Says what does not follow from the ones before.
    pub fn follow(&mut self, entry: &Entry) -> Result<(), String> {
        for name in ["effects", "domain_effects"] {
            match entry.public.get(name) {
                Some(Value::Array(effects)) => {
                    for effect in effects {
                        self.apply(effect)?;
                    }
                }
                Some(_) => return Err(format!("its {name} are no list")),
                None if entry.public.withheld().any(|gone| gone == name) => {
                    self.unknown.push(entry.seq);
                }
                None => {}
            }
        }
        Ok(())
    }

    fn apply(&mut self, effect: &Value) -> Result<(), String> {
        let word = |name: &str| {
            let found = effect.get(name).and_then(Value::as_str);
            found.ok_or_else(|| format!("an effect has no {name}"))
        };
        let (kind, field) = (word("type")?, word("field")?);
        // An obfuscated name is not one server's alone; its digest is.
        let key = match effect.get("digest").and_then(Value::as_str) {
            Some(digest) => digest,
            None => word("key")?,
        };
        let set = |name: &str| effect.get(name).filter(|value| !value.is_null());
        let place = (kind.to_owned(), key.to_owned(), field.to_owned());
        let held = self.fields.get(&place);
        // Servers about which an entry was taken back may have been changed there.
        let is_known = kind != "domain" || self.unknown.is_empty();
        if is_known && held != set("from") {
            return Err(format!(
                "it changes {field} of {kind} {key} from {}, but before it was {}",
                printed(set("from")),
                printed(held)
            ));
        }
        if kind == "entry" && field == "redacted" {
            self.redacted(key, set("to"));
        }
        match set("to") {
            Some(value) => self.fields.insert(place, value.clone()),
            None => self.fields.remove(&place),
        };
        Ok(())
    }

    fn redacted(&mut self, key: &str, names: Option<&Value>) {
        let Ok(seq) = key.parse() else { return };
        let names = names.and_then(Value::as_array).into_iter().flatten();
        let names = names.filter_map(Value::as_str).map(str::to_owned);
        self.redactions.entry(seq).or_default().extend(names);
    }

    /// Whether the log says that a field was taken back.
    pub fn says_redacted(&self, seq: u64, field: &str) -> bool {
        self.redactions
            .get(&seq)
            .is_some_and(|names| names.contains(field))
    }

    /// What one field of a type of thing is, by the thing's key.
    pub fn of<'s>(
        &'s self,
        kind: &'s str,
        field: &'s str,
    ) -> impl Iterator<Item = (&'s str, &'s Value)> {
        self.fields
            .iter()
            .filter(move |((of, _, named), _)| of == kind && named == field)
            .map(|((_, key, _), value)| (key.as_str(), value))
    }

    /// Entries whose effects on servers are not known any more.
    pub fn unknown(&self) -> &[u64] {
        &self.unknown
    }
}

fn printed(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use ledger::{At, Draft, Head, Salt};
    use serde_json::json;
    use time::OffsetDateTime;

    use super::*;

    fn entry(effects: Value) -> Entry {
        Draft::new(At::minute(OffsetDateTime::UNIX_EPOCH), "board.decision")
            .fixed("effects", effects)
            .seal(&Head::START, Salt::random)
            .expect("it can be sealed")
            .entry
    }

    fn setting(from: &Value, to: &Value) -> Entry {
        entry(
            json!([{"type": "setting", "key": "threshold", "field": "setting", "from": from, "to": to}]),
        )
    }

    #[test]
    fn what_follows_is_followed_and_what_does_not_is_told() {
        let mut implied = Implied::default();

        implied
            .follow(&setting(&Value::Null, &json!(2)))
            .expect("nothing was set");
        implied
            .follow(&setting(&json!(2), &json!(3)))
            .expect("it was 2");
        let complaint = implied.follow(&setting(&json!(2), &json!(4))).unwrap_err();

        assert!(complaint.contains("before it was 3"), "{complaint}");
        let set: Vec<_> = implied.of("setting", "setting").collect();
        assert_eq!(set, [("threshold", &json!(3))]);
    }
}
