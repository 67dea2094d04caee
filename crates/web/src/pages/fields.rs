//! The fields of a form that has as many as there are rules or posts, by name.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What was filled in. A field that is not there reads as empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// What stands in a field, without the blanks around it.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// What stands in a field, to the letter.
    pub(super) fn raw(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Whether the form had such a field.
    pub(super) fn is_there(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether a box is ticked, or a field is not empty.
    pub(super) fn has(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Whether a field holds this.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }

    /// The numbers of the boxes that are ticked among those called `PREFIXnumber`.
    pub(super) fn numbers(&self, prefix: &str) -> Vec<i64> {
        let ticked = self.0.iter().filter(|(_, value)| !value.is_empty());
        ticked
            .filter_map(|(name, _)| name.strip_prefix(prefix)?.parse().ok())
            .collect()
    }

    /// The same with this field, too.
    #[must_use]
    pub(super) fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }

    /// Every field, by name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_read_by_their_numbers() {
        let fields = Fields::default()
            .with("rule-3", "on")
            .with("rule-12", "on")
            .with("rule-x", "on")
            .with("rule-4", "");

        assert_eq!(fields.numbers("rule-"), [12, 3]);
        assert!(!fields.has("rule-4"));
        assert_eq!(fields.get("nothing"), "");
    }
}
