//! Reads variables by the table: the right name, the right kind, the default; and collects what is wrong instead of stopping at it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use secrecy::SecretString;

use super::layers::{Found, Layers, Source};
use super::table::{self, Kind, Secrecy, Variable};

/// What was found while reading: errors stop the start, warnings and notes are logged once.
#[derive(Debug, Default)]
pub struct Report {
    errors: Vec<String>,
    warnings: Vec<String>,
    notes: Vec<String>,
    read: BTreeSet<&'static str>,
}

impl Report {
    /// Whether anything forbids the start.
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// What forbids the start.
    pub fn errors(&self) -> impl Iterator<Item = &str> {
        self.errors.iter().map(String::as_str)
    }

    /// What somebody should mend.
    pub fn warnings(&self) -> impl Iterator<Item = &str> {
        self.warnings.iter().map(String::as_str)
    }

    /// What somebody should know.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().map(String::as_str)
    }

    /// Whether a section asked for this variable.
    pub fn was_read(&self, name: &str) -> bool {
        self.read.contains(name)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (word, lines) in [
            ("error", &self.errors),
            ("warning", &self.warnings),
            ("note", &self.notes),
        ] {
            for line in lines {
                writeln!(f, "{word}: {line}")?;
            }
        }
        Ok(())
    }
}

/// Reads typed values and gathers the report.
pub struct Reader<'a> {
    layers: &'a Layers,
    report: Report,
    failed_secrets: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Reader<'a> {
    /// A reader of these sources with an empty report.
    pub fn new(layers: &'a Layers) -> Self {
        Self {
            layers,
            report: Report::default(),
            failed_secrets: RefCell::default(),
        }
    }

    /// The sources read from.
    pub fn layers(&self) -> &'a Layers {
        self.layers
    }

    /// The report, when all has been read.
    pub fn finish(self) -> Report {
        self.report
    }

    /// Notes what forbids the start.
    pub fn error(&mut self, text: impl Into<String>) {
        self.report.errors.push(text.into());
    }

    /// Notes what somebody should mend.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.report.warnings.push(text.into());
    }

    /// Notes what somebody should know.
    pub fn note(&mut self, text: impl Into<String>) {
        self.report.notes.push(text.into());
    }

    /// The text of a variable, or its default; `None` when there is neither. Empty counts as unset, as in Mastodon.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        let variable = self.row(name);
        let found = self.effective(variable);
        (!found.text.is_empty()).then_some(found.text)
    }

    /// The text that was set, leaving the default aside.
    pub fn text_if_set(&mut self, name: &'static str) -> Option<String> {
        let variable = self.row(name);
        let found = self.effective(variable);
        (found.source != Source::Default && !found.text.is_empty()).then_some(found.text)
    }

    /// A secret, wrapped so that it cannot be printed.
    pub fn secret(&mut self, name: &'static str) -> Option<SecretString> {
        self.text(name).map(SecretString::from)
    }

    /// A yes or no. Anything that is neither is taken as no, with a warning (the check of names gives it).
    pub fn boolean(&mut self, name: &'static str) -> bool {
        self.text(name)
            .as_deref()
            .and_then(parse_boolean)
            .unwrap_or(false)
    }

    /// A yes or no, or nothing when unset.
    pub fn boolean_if_set(&mut self, name: &'static str) -> Option<bool> {
        self.text_if_set(name).as_deref().and_then(parse_boolean)
    }

    /// A number. What does not parse is an error in the report, and the default is given so that reading can go on.
    ///
    /// # Panics
    /// When the table's own default is no such number: a mistake of ours that the tests find.
    pub fn number<N: FromStr>(&mut self, name: &'static str) -> N {
        let default: N = Self::row_default(name)
            .parse()
            .unwrap_or_else(|_| panic!("the default of {name} is a number of its kind"));
        let Some(text) = self.text(name) else {
            return default;
        };
        let Ok(number) = text.trim().parse() else {
            self.error(format!("{name} is not a number of the expected size"));
            return default;
        };
        number
    }

    /// A list, its items trimmed, empty ones dropped.
    pub fn list(&mut self, name: &'static str) -> Vec<String> {
        let Kind::List(divider) = self.row(name).kind else {
            unreachable!("{name} is read as the list the table says it is")
        };
        let text = self.text(name).unwrap_or_default();
        text.split(divider)
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Parses a variable; what does not parse is an error with this explanation.
    pub fn parsed<T: FromStr>(&mut self, name: &'static str, expected: &str) -> Option<T> {
        let text = self.text(name)?;
        let parsed = text.trim().parse().ok();
        if parsed.is_none() {
            self.error(format!("{name} must be {expected}"));
        }
        parsed
    }

    fn row_default(name: &'static str) -> &'static str {
        table::find(name).map_or("", |variable| variable.default)
    }

    fn row(&mut self, name: &'static str) -> &'static Variable {
        self.report.read.insert(name);
        table::find(name).unwrap_or_else(|| panic!("{name} stands in the table of variables"))
    }

    fn effective(&mut self, variable: &'static Variable) -> Found {
        match effective(self.layers, variable) {
            Ok(found) => found,
            Err(text) => {
                if self.failed_secrets.borrow_mut().insert(variable.name) {
                    self.error(text);
                }
                Found {
                    text: String::new(),
                    source: Source::Default,
                }
            }
        }
    }
}

/// The value in force and where it comes from: the name itself, then its old names, then the default.
///
/// # Errors
/// A sentence for the administrator when a secret's file cannot be read.
pub fn effective(layers: &Layers, variable: &Variable) -> Result<Found, String> {
    for name in std::iter::once(&variable.name).chain(variable.old_names) {
        let found = match variable.secrecy {
            Secrecy::Secret => layers.find_secret(name)?,
            Secrecy::Open => layers.find(name),
        };
        if let Some(found) = found.filter(|found| !found.text.is_empty()) {
            return Ok(found);
        }
    }
    Ok(Found {
        text: variable.default.to_owned(),
        source: Source::Default,
    })
}

/// Yes, no, or neither.
pub fn parse_boolean(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// Whether a text is of this kind.
pub fn fits(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Text | Kind::List(_) => true,
        Kind::Boolean => parse_boolean(text).is_some(),
        Kind::Integer => text.trim().parse::<u64>().is_ok(),
        Kind::Decimal => text.trim().parse::<f64>().is_ok_and(f64::is_finite),
        Kind::Choice(words) => words.contains(&text.trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn booleans_are_read_as_administrators_write_them() {
        for (text, expected) in [
            ("true", Some(true)),
            ("TRUE", Some(true)),
            ("1", Some(true)),
            ("yes", Some(true)),
            ("on", Some(true)),
            ("false", Some(false)),
            ("0", Some(false)),
            ("off", Some(false)),
            ("enabled", None),
            ("tru", None),
        ] {
            assert_eq!(parse_boolean(text), expected, "{text}");
        }
    }

    #[test]
    fn lists_are_divided_as_mastodon_divides_them() {
        let layers = Layers::of(&[
            ("ALTERNATE_DOMAINS", "a.example, b.example,,"),
            ("EMAIL_DOMAIN_ALLOWLIST", "one.example|two.example"),
        ]);
        let mut reader = Reader::new(&layers);

        assert_eq!(reader.list("ALTERNATE_DOMAINS"), ["a.example", "b.example"]);
        assert_eq!(
            reader.list("EMAIL_DOMAIN_ALLOWLIST"),
            ["one.example", "two.example"]
        );
    }

    #[test]
    fn an_old_name_still_answers_and_the_new_one_wins() {
        let old = Layers::of(&[("EMAIL_DOMAIN_WHITELIST", "old.example")]);
        let both = Layers::of(&[
            ("EMAIL_DOMAIN_WHITELIST", "old.example"),
            ("EMAIL_DOMAIN_ALLOWLIST", "new.example"),
        ]);

        assert_eq!(
            Reader::new(&old).list("EMAIL_DOMAIN_ALLOWLIST"),
            ["old.example"]
        );
        assert_eq!(
            Reader::new(&both).list("EMAIL_DOMAIN_ALLOWLIST"),
            ["new.example"]
        );
    }

    #[test]
    fn an_empty_value_counts_as_unset() {
        let layers = Layers::of(&[("PORT", "")]);

        assert_eq!(Reader::new(&layers).number::<u16>("PORT"), 3000);
    }
}
