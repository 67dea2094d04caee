//! The table of variables: the one place that says what each means and what Moot does with it.

use super::{
    channels, database, federation, files, governance, identity, limits, mail, moot, network,
    observability, presentation, redis, secrets, sign_on, sign_up, storage,
};

/// One variable of the environment or the env file. A name that ends in `*` stands for all names that start so.
#[derive(Debug, Clone, Copy)]
pub struct Variable {
    /// Its name, or the start of its names followed by `*`.
    pub name: &'static str,
    /// What its text must look like.
    pub kind: Kind,
    /// What holds when it is unset; empty for nothing.
    pub default: &'static str,
    /// What Moot does with it.
    pub verdict: Verdict,
    /// One sentence for the administrator.
    pub meaning: &'static str,
    /// Whether its value is masked wherever it is shown, and may come from `NAME_FILE`.
    pub secrecy: Secrecy,
    /// Whether this version already acts on it.
    pub effect: Effect,
    /// Names it had earlier and still answers to.
    pub old_names: &'static [&'static str],
}

/// What Moot does with a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It means what it means in Mastodon (or is Moot's own).
    Accept,
    /// It is understood and carried out by another mechanism, named here.
    Map(&'static str),
    /// It has no counterpart; taken with one log line. The text says why.
    NoOp(&'static str),
    /// The start fails, since ignoring it would be unsafe. The text is the advice.
    Refuse(&'static str),
}

impl Verdict {
    /// The word printed in reports and in the documentation.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Map(_) => "map",
            Self::NoOp(_) => "no-op",
            Self::Refuse(_) => "refuse",
        }
    }
}

/// Whether a value may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// Shown as it is.
    Open,
    /// Masked, and readable from a file named by `NAME_FILE`.
    Secret,
}

/// From when on a variable has an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// This version acts on it.
    Now,
    /// It is checked and kept, and takes effect with the feature named here.
    With(&'static str),
}

/// What the text of a variable must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// `true`, `1`, `yes`, `on`; or `false`, `0`, `no`, `off`.
    Boolean,
    /// A whole number, not negative.
    Integer,
    /// A number with a decimal point if need be.
    Decimal,
    /// Several texts, divided by the character given.
    List(char),
    /// One of these words.
    Choice(&'static [&'static str]),
}

impl Kind {
    /// How the documentation calls it.
    pub fn describe(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Boolean => "boolean".to_owned(),
            Self::Integer => "number".to_owned(),
            Self::Decimal => "decimal".to_owned(),
            Self::List(divider) => format!(
                "list, `{}`",
                if divider == '|' {
                    "\\|".to_owned()
                } else {
                    divider.to_string()
                }
            ),
            Self::Choice(words) => words
                .iter()
                .map(|word| format!("`{word}`"))
                .collect::<Vec<_>>()
                .join(", "),
        }
    }
}

/// Variables that belong together, as one chapter of the documentation.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// What must be known before the table is read.
    pub introduction: &'static str,
    /// The rows.
    pub variables: &'static [Variable],
}

/// Every section, in the order of the documentation.
pub const SECTIONS: &[&Section] = &[
    &moot::SECTION,
    &identity::SECTION,
    &presentation::SECTION,
    &federation::SECTION,
    &governance::SECTION,
    &sign_up::SECTION,
    &limits::SECTION,
    &secrets::SECTION,
    &network::SECTION,
    &network::MASTODON_PROCESSES,
    &storage::SECTION,
    &observability::SECTION,
    &database::SECTION,
    &redis::SECTION,
    &redis::SEARCH,
    &mail::SECTION,
    &channels::SECTION,
    &files::SECTION,
    &sign_on::general::SECTION,
    &sign_on::ldap::SECTION,
    &sign_on::pam::SECTION,
    &sign_on::kerberos::SECTION,
    &sign_on::proxy::SECTION,
    &sign_on::cas::SECTION,
    &sign_on::oidc::SECTION,
    &sign_on::saml::SECTION,
];

/// Every variable, section by section.
pub fn all() -> impl Iterator<Item = &'static Variable> {
    SECTIONS.iter().flat_map(|section| section.variables)
}

/// The row that speaks for this name: itself, an old name of it, or a family it belongs to.
pub fn find(name: &str) -> Option<&'static Variable> {
    all()
        .find(|variable| variable.name == name || variable.old_names.contains(&name))
        .or_else(|| all().find(|variable| variable.is_family_of(name)))
}

impl Variable {
    const fn new(
        name: &'static str,
        kind: Kind,
        default: &'static str,
        verdict: Verdict,
        meaning: &'static str,
    ) -> Self {
        Self {
            name,
            kind,
            default,
            verdict,
            meaning,
            secrecy: Secrecy::Open,
            effect: Effect::Now,
            old_names: &[],
        }
    }

    /// This variable, masked wherever it is shown.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secrecy = Secrecy::Secret;
        self
    }

    /// This variable, without effect until the feature named here exists.
    #[must_use]
    pub const fn with(mut self, feature: &'static str) -> Self {
        self.effect = Effect::With(feature);
        self
    }

    /// This variable, answering to names it had earlier.
    #[must_use]
    pub const fn formerly(mut self, old_names: &'static [&'static str]) -> Self {
        self.old_names = old_names;
        self
    }

    /// Whether this row stands for a family that `name` belongs to.
    pub fn is_family_of(&self, name: &str) -> bool {
        self.name
            .strip_suffix('*')
            .is_some_and(|start| name.starts_with(start) && name.len() > start.len())
    }
}

/// A variable that keeps its meaning.
pub const fn accept(
    name: &'static str,
    kind: Kind,
    default: &'static str,
    meaning: &'static str,
) -> Variable {
    Variable::new(name, kind, default, Verdict::Accept, meaning)
}

/// A variable that is understood and carried out in another way.
pub const fn map(
    name: &'static str,
    kind: Kind,
    default: &'static str,
    how: &'static str,
) -> Variable {
    Variable::new(name, kind, default, Verdict::Map(how), how)
}

/// A variable without counterpart.
pub const fn no_op(name: &'static str, why: &'static str) -> Variable {
    Variable::new(name, Kind::Text, "", Verdict::NoOp(why), why)
}

/// A variable that must not be ignored and cannot be obeyed.
pub const fn refuse(name: &'static str, kind: Kind, advice: &'static str) -> Variable {
    Variable::new(name, kind, "", Verdict::Refuse(advice), advice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_name_stands_in_the_table_twice() {
        let mut seen = BTreeSet::new();
        for variable in all() {
            for name in std::iter::once(&variable.name).chain(variable.old_names) {
                assert!(seen.insert(*name), "{name} stands twice");
            }
        }
    }

    #[test]
    fn verdicts_are_those_promised_to_mastodons_administrators() {
        for (name, word) in [
            ("LOCAL_DOMAIN", "accept"),
            ("WHITELIST_MODE", "accept"),
            ("SELF_DESTRUCT", "map"),
            ("SOURCE_BASE_URL", "map"),
            ("RAILS_ENV", "no-op"),
            ("SIDEKIQ_CONCURRENCY", "map"),
            ("REDIS_NAMESPACE", "map"),
            ("REDIS_DRIVER", "no-op"),
            ("SIDEKIQ_REDIS_URL", "no-op"),
            ("CACHE_REDIS_URL", "accept"),
            ("ES_ENABLED", "no-op"),
            ("OTEL_TRACES_EXPORTER", "accept"),
            ("SWIFT_TENANT", "refuse"),
            ("AZURE_CONTAINER_NAME", "refuse"),
            ("SAML_IDP_CERT", "refuse"),
            ("SAML_ANYTHING_ELSE", "refuse"),
            ("BULK_SMTP_SERVER", "accept"),
        ] {
            assert_eq!(
                find(name)
                    .unwrap_or_else(|| panic!("{name} is missing"))
                    .verdict
                    .word(),
                word,
                "{name}"
            );
        }
    }

    #[test]
    fn what_sounds_secret_is_masked() {
        for variable in all() {
            let name = variable.name;
            let sounds_secret = [
                "PASSWORD",
                "_PASS",
                "SECRET",
                "PRIVATE_KEY",
                "MASTER_KEY",
                "API_KEY",
            ]
            .iter()
            .any(|part| name.ends_with(part));
            if sounds_secret {
                assert_eq!(variable.secrecy, Secrecy::Secret, "{name}");
            }
        }
    }

    #[test]
    fn a_default_is_of_its_own_kind() {
        for variable in all().filter(|variable| !variable.default.is_empty()) {
            assert!(
                super::super::reader::fits(variable.kind, variable.default),
                "{}",
                variable.name
            );
        }
    }
}
