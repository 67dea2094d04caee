//! What the names that are set say before any value is used: unknown ones, refused ones, ones without counterpart, wrong kinds;
//! and the table printed by `moot config check`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::closest::closest;
use super::layers::{Layers, Source};
use super::reader::{Reader, effective, fits, parse_boolean};
use super::table::{self, Effect, Kind, SECTIONS, Secrecy, Variable, Verdict};

/// Prefixes of Mastodon's own variables: a name that starts so and is unknown is most likely mistyped.
const MASTODON_PREFIXES: &[&str] = &[
    "LDAP_", "SAML_", "OIDC_", "CAS_", "PAM_", "SMTP_", "S3_", "DB_", "REDIS_", "ES_",
];

/// Names that every process has in its environment; they say nothing about the administrator's wishes.
const AMBIENT: &[&str] = &["PATH", "CI"];

/// Checks every name that is set against the table.
pub fn names(reader: &mut Reader<'_>) {
    let names: Vec<&str> = reader.layers().names().collect();
    let mut waiting: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut idle = Vec::new();
    for name in names {
        let Some(variable) = known(name) else {
            unknown(reader, name);
            continue;
        };
        check_kind(reader, name, variable);
        match (variable.verdict, variable.effect) {
            (Verdict::Refuse(advice), _) if !is_switched_off(reader.layers(), name, variable) => {
                reader.error(format!("{name} is not supported: {advice}"));
            }
            (Verdict::NoOp(_), _) if !AMBIENT.contains(&name) => idle.push(name),
            (Verdict::Accept | Verdict::Map(_), Effect::With(feature)) => {
                waiting.entry(feature).or_default().push(name);
            }
            _ => {}
        }
    }
    for (feature, names) in waiting {
        reader.note(format!(
            "{} — kept; takes effect with {feature}, not yet in this version",
            names.join(", ")
        ));
    }
    if !idle.is_empty() {
        reader.note(format!(
            "{} — accepted, no counterpart in Moot",
            idle.join(", ")
        ));
    }
}

/// The row of a name, or of the secret whose `NAME_FILE` it is.
fn known(name: &str) -> Option<&'static Variable> {
    table::find(name).or_else(|| {
        name.strip_suffix("_FILE")
            .and_then(table::find)
            .filter(|variable| variable.secrecy == Secrecy::Secret)
    })
}

fn unknown(reader: &mut Reader<'_>, name: &str) {
    let hint = closest(name).map_or_else(String::new, |known| format!("; did you mean {known}?"));
    if name.starts_with("MOOT_") {
        reader.error(format!("{name} is not a variable of Moot{hint}"));
    } else if MASTODON_PREFIXES
        .iter()
        .any(|prefix| name.starts_with(prefix))
    {
        reader.warn(format!(
            "{name} is not known, neither to Moot nor to Mastodon{hint}"
        ));
    }
}

/// A wrong kind is an error where the value is used, and a warning where it only waits.
fn check_kind(reader: &mut Reader<'_>, name: &str, variable: &Variable) {
    let Some(found) = reader
        .layers()
        .find(name)
        .filter(|_| name == variable.name || variable.old_names.contains(&name))
    else {
        return;
    };
    if fits(variable.kind, &found.text) {
        return;
    }
    let shown = if variable.secrecy == Secrecy::Open {
        format!(" ({})", found.text)
    } else {
        String::new()
    };
    match (variable.kind, variable.verdict, variable.effect) {
        (Kind::Boolean, ..) => reader.warn(format!(
            "{name}{shown} is neither true nor false and counts as false"
        )),
        (_, Verdict::Accept | Verdict::Map(_), Effect::Now) => {
            reader.error(format!(
                "{name}{shown} must be {}",
                variable.kind.describe().replace('`', "")
            ));
        }
        (_, Verdict::Accept | Verdict::Map(_), _) => reader.warn(format!(
            "{name}{shown} should be {}",
            variable.kind.describe().replace('`', "")
        )),
        _ => {}
    }
}

fn is_switched_off(layers: &Layers, name: &str, variable: &Variable) -> bool {
    let text = layers
        .find(name)
        .map(|found| found.text)
        .unwrap_or_default();
    (variable.kind == Kind::Boolean || name.ends_with("_ENABLED"))
        && parse_boolean(&text) == Some(false)
}

/// Every variable with its value, source and verdict, as `moot config check` prints it. Secrets are masked (S43).
pub fn table(layers: &Layers) -> String {
    let mut out = String::new();
    for section in SECTIONS {
        let _ = writeln!(out, "\n# {}", section.title);
        for variable in section.variables {
            let _ = writeln!(out, "{}", line(layers, variable));
        }
    }
    out
}

fn line(layers: &Layers, variable: &Variable) -> String {
    let (value, source) = match effective(layers, variable) {
        Ok(found) => (shown(variable, &found.text), found.source),
        Err(problem) => (format!("({problem})"), Source::Default),
    };
    let value = if variable.name.ends_with('*') {
        family(layers, variable)
    } else {
        value
    };
    let note = match variable.effect {
        Effect::With(feature)
            if !matches!(variable.verdict, Verdict::NoOp(_) | Verdict::Refuse(_)) =>
        {
            format!("; takes effect with {feature}")
        }
        _ => String::new(),
    };
    let url = layers
        .find(variable.name)
        .filter(|_| variable.secrecy == Secrecy::Open)
        .is_some_and(|found| found.text.contains('@'));
    let value = if url { without_password(&value) } else { value };
    format!(
        "{} = {value}  [{source}; {}{note}]",
        variable.name,
        variable.verdict.word()
    )
}

/// Which names of a family are set; their values are not shown, since nobody knows which are secret.
fn family(layers: &Layers, variable: &Variable) -> String {
    let set: Vec<&str> = layers
        .names()
        .filter(|name| {
            variable.is_family_of(name) && known(name).is_some_and(|row| row.name == variable.name)
        })
        .collect();
    if set.is_empty() {
        "(unset)".to_owned()
    } else {
        set.join(", ")
    }
}

fn shown(variable: &Variable, text: &str) -> String {
    match (variable.secrecy, text.is_empty()) {
        (_, true) => "(unset)".to_owned(),
        (Secrecy::Secret, false) => "(secret, set)".to_owned(),
        (Secrecy::Open, false) => text.to_owned(),
    }
}

/// A URL with its password replaced, for variables that are not secret and may yet hold one.
fn without_password(text: &str) -> String {
    let Ok(mut parsed) = url::Url::parse(text) else {
        return text.to_owned();
    };
    if parsed.password().is_none() || parsed.set_password(Some("***")).is_err() {
        return text.to_owned();
    }
    parsed.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_shows_value_source_and_verdict() {
        let table = table(&Layers::of(&[("PORT", "4000")]));

        assert!(
            table.contains("PORT = 4000  [environment; accept]"),
            "{table}"
        );
        assert!(
            table.contains("BIND = 127.0.0.1  [default; accept]"),
            "{table}"
        );
    }

    /// S43: secrets are masked, also inside URLs.
    #[test]
    fn the_check_masks_secrets() {
        let planted = "hunter2hunter2";
        let url = format!("postgres://moot:{planted}@db/moot");
        let proxy = format!("http://user:{planted}@proxy:3128");

        let table = table(&Layers::of(&[
            ("DATABASE_URL", &url),
            ("SMTP_PASSWORD", planted),
            ("http_proxy", &proxy),
            ("OTEL_EXPORTER_OTLP_HEADERS", planted),
        ]));

        assert!(!table.contains(planted), "{table}");
        assert!(table.contains("SMTP_PASSWORD = (secret, set)"), "{table}");
        assert!(table.contains("OTEL_EXPORTER_OTLP_HEADERS"), "{table}");
    }

    #[test]
    fn a_boolean_that_is_neither_warns_and_counts_as_false() {
        let layers = Layers::of(&[("AUTHORIZED_FETCH", "ja")]);
        let mut reader = Reader::new(&layers);

        names(&mut reader);

        assert!(!reader.boolean("AUTHORIZED_FETCH"));
        assert!(
            reader
                .finish()
                .to_string()
                .contains("AUTHORIZED_FETCH (ja)")
        );
    }
}
