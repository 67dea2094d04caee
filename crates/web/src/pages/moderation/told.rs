//! An entry of the log in words. What is not public is not in an entry, so that nothing can be told here by mistake.

use model::moderation::{Kind, report::Category};
use serde_json::Value;
use service::moderation::log::Entry;
use url::Url;

use crate::pages::{measures, spans};

/// An entry as a page or a feed tells it.
#[derive(Debug)]
pub(super) struct Told {
    /// Its number.
    pub(super) seq: u64,
    /// When, to the minute or the day.
    pub(super) at: String,
    /// The same, for feeds and `<time>`.
    pub(super) at_exact: String,
    /// What happened, in a few words.
    pub(super) title: String,
    /// What sort of entry it is.
    pub(super) kind: &'static str,
    /// The badge of it.
    pub(super) badge: &'static str,
    /// Of what sort the trouble was.
    pub(super) category: Option<&'static str>,
    /// Neutral, by whoever proposed it.
    pub(super) reason: String,
    /// Who decided, in words.
    pub(super) by: String,
}

impl Told {
    /// For an entry.
    pub(super) fn of(entry: &Entry) -> Self {
        let (kind, badge) = kind(&entry.kind);
        let at = entry.at.to_string();
        Self {
            seq: entry.seq,
            at: moment(&at, &entry.kind),
            at_exact: at,
            title: title(entry),
            kind,
            badge,
            category: word(entry, "category")
                .and_then(Category::from_word)
                .map(measures::category),
            reason: word(entry, "reason").unwrap_or_default().to_owned(),
            by: by(entry),
        }
    }
}

/// A text among the public fields.
pub(super) fn word<'e>(entry: &'e Entry, name: &str) -> Option<&'e str> {
    entry.public.get(name)?.as_str()
}

fn moment(at: &str, kind: &str) -> String {
    let day = at.get(..10).unwrap_or(at);
    match at.get(11..16) {
        Some(minute) if kind != "internal" => format!("{day} {minute} UTC"),
        _ => day.to_owned(),
    }
}

/// What sort of entry, and its badge.
pub(super) fn kind(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "proposal.executed" => ("Decided", "done"),
        "emergency.executed" => ("Emergency", "urgent"),
        "emergency.ratified" => ("Ratified", "done"),
        "emergency.rolled_back" => ("Rolled back", "warn"),
        "appeal.overturned" => ("Overturned on appeal", "warn"),
        "appeal.upheld" => ("Upheld on appeal", "done"),
        "board.bootstrapped" => ("First board", "open"),
        "board.changed" => ("Board", "open"),
        "board.decision" => ("Decision of the board", "open"),
        "seat.changed" => ("Seat", "open"),
        "officer.reset" => ("Reset by the operator", "warn"),
        "redaction.applied" => ("Redaction", "warn"),
        "key.rotated" => ("New key", "off"),
        "internal" => ("Housekeeping", "off"),
        _ => ("Entry", "off"),
    }
}

fn title(entry: &Entry) -> String {
    let target = entry.public.get("target").map(target);
    let action = word(entry, "action");
    if let Some(kind) = action.and_then(Kind::from_word) {
        let what = measures::kind(kind);
        return match target {
            Some(target) => format!("{what} {target}"),
            None => what.to_owned(),
        };
    }
    let what = match (entry.kind.as_str(), action) {
        ("internal", _) => "Housekeeping that is not public".to_owned(),
        ("board.bootstrapped", _) => "The operator named the first board".to_owned(),
        ("key.rotated", _) => "A new key signs the log".to_owned(),
        (_, Some(action)) => sentence(action),
        (other, None) => sentence(other),
    };
    match target {
        Some(target) => format!("{what}: {target}"),
        None => what,
    }
}

/// `appoint_moderator` as `Appoint moderator`.
fn sentence(word: &str) -> String {
    let mut words = word.replace(['_', '.'], " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// What it is about.
pub(super) fn target(value: &Value) -> String {
    let word = |name: &str| value.get(name).and_then(Value::as_str);
    let number = |name: &str| value.get(name).and_then(Value::as_i64);
    let kind = word("type").unwrap_or_default();
    let mut told = match (kind, word("name"), word("domain")) {
        ("account", Some(name), Some(domain)) => format!("{name} of {domain}"),
        ("account", Some(name), None) => name.to_owned(),
        (_, _, Some(domain)) => domain.to_owned(),
        ("tag", Some(name), _) => format!("#{name}"),
        (_, Some(name), _) => format!("{} {name}", measures::target_type(kind)),
        ("ip_range", ..) => word("range").unwrap_or("IP addresses").to_owned(),
        ("status", ..) => spans::counted(number("count").unwrap_or(1), "post"),
        ("seat", ..) => format!("seat {}", number("seat").unwrap_or_default()),
        ("entry", ..) => format!("entry {}", number("entry").unwrap_or_default()),
        ("strike", ..) => match number("entry") {
            Some(seq) => format!("the decision of entry {seq}"),
            None => "a decision".to_owned(),
        },
        ("board_member" | "person", ..) => value.get("person").map(person).unwrap_or_default(),
        _ => measures::target_type(kind).to_owned(),
    };
    if let Some(account) = value.get("account") {
        told = format!("{told} by {}", target(account));
    }
    told
}

/// Somebody in office.
pub(super) fn person(value: &Value) -> String {
    let word = |name: &str| value.get(name).and_then(Value::as_str);
    match (word("name"), word("handle")) {
        (Some(name), Some(handle)) if !name.is_empty() => {
            format!("{name} (@{})", handle.trim_start_matches('@'))
        }
        (_, Some(handle)) => format!("@{}", handle.trim_start_matches('@')),
        _ => "somebody".to_owned(),
    }
}

fn persons(entry: &Entry, name: &str) -> Vec<String> {
    let list = entry.public.get(name).and_then(Value::as_array);
    list.into_iter().flatten().map(person).collect()
}

fn by(entry: &Entry) -> String {
    match word(entry, "by") {
        Some("operator") => return "the operator".to_owned(),
        Some("server") => return "the server itself, since nobody ratified it".to_owned(),
        _ => {}
    }
    let mut names = persons(entry, "approved_by");
    if names.is_empty() {
        names.extend(entry.public.get("proposer").map(person));
    }
    names.join(", ")
}

/// Every field with its value in words, for the page of one entry.
pub(super) fn facts(entry: &Entry) -> Vec<Fact> {
    entry
        .public
        .values
        .iter()
        .map(|(name, value)| Fact {
            label: label(name),
            values: said(name, value),
        })
        .collect()
}

/// A field in words.
#[derive(Debug)]
pub(super) struct Fact {
    /// What it is called.
    pub(super) label: String,
    /// What it says, one thing each, with where it leads.
    pub(super) values: Vec<(String, Option<String>)>,
}

fn label(name: &str) -> String {
    match name {
        "approved_by" => "Approved by".to_owned(),
        "by" => "Done by".to_owned(),
        "appealable_until" => "Can be appealed until".to_owned(),
        "reports" => "Reports".to_owned(),
        "vkey" => "Key".to_owned(),
        "target" => "About".to_owned(),
        "related" => "See also".to_owned(),
        "digest" => "Digest that was voted on".to_owned(),
        "effects" | "domain_effects" => "What changed".to_owned(),
        other => sentence(other),
    }
}

fn said(name: &str, value: &Value) -> Vec<(String, Option<String>)> {
    let plain = |text: String| vec![(text, None)];
    let each = |value: &Value, tell: fn(&Value) -> String| {
        let list = value.as_array().into_iter().flatten();
        list.map(|one| (tell(one), None)).collect()
    };
    match name {
        "target" => plain(target(value)),
        "proposer" => plain(person(value)),
        "approved_by" | "objected" | "abstained" | "ratified_by" | "board" => each(value, person),
        "related" => {
            let list = value.as_array().into_iter().flatten();
            list.map(|seq| (format!("entry {seq}"), Some(format!("/moderation/{seq}"))))
                .collect()
        }
        "category" => {
            let word = value.as_str().and_then(Category::from_word);
            plain(word.map_or_else(
                || printed(value),
                |word| measures::category(word).to_owned(),
            ))
        }
        "action" => {
            let kind = value.as_str().and_then(Kind::from_word);
            let words = kind.map(|kind| format!("{} ({})", measures::kind(kind), kind.as_str()));
            plain(words.unwrap_or_else(|| printed(value)))
        }
        "duration" => {
            let seconds = value
                .as_u64()
                .and_then(|seconds| u32::try_from(seconds).ok());
            plain(seconds.map_or_else(|| printed(value), spans::lasting))
        }
        "reports" => plain(reports(value)),
        "effects" | "domain_effects" => each(value, effect),
        "minutes_url" => {
            let address = value.as_str().unwrap_or_default();
            let is_web =
                Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            vec![(address.to_owned(), is_web.then(|| address.to_owned()))]
        }
        _ => plain(printed(value)),
    }
}

fn reports(value: &Value) -> String {
    let counts = value.as_object().into_iter().flatten();
    let told: Vec<String> = counts
        .map(|(origin, count)| {
            let from = match origin.as_str() {
                "member" => "from members",
                "remote" => "from other servers",
                "moderator" => "from moderators",
                _ => "made by this server",
            };
            format!("{count} {from}")
        })
        .collect();
    told.join(", ")
}

/// `setting threshold: 2 → 3`.
fn effect(value: &Value) -> String {
    let word = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let side = |name: &str| match value.get(name) {
        None | Some(Value::Null) => "nothing".to_owned(),
        Some(held @ Value::Object(_)) if held.get("handle").is_some() => person(held),
        Some(other) => printed(other),
    };
    let kind = measures::target_type(word("type"));
    format!(
        "{kind} {} · {}: {} → {}",
        word("key"),
        sentence(word("field")).to_lowercase(),
        side("from"),
        side("to")
    )
}

fn printed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Array(items) => items.iter().map(printed).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let told = fields.iter().map(|(name, value)| {
                format!("{}: {}", sentence(name).to_lowercase(), printed(value))
            });
            told.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn targets_are_named_as_the_log_names_them() {
        for (value, words) in [
            (
                json!({"type": "account", "name": "member-abcd2345"}),
                "member-abcd2345",
            ),
            (
                json!({"type": "status", "count": 1, "account": {"type": "account", "name": "account-x", "domain": "peer.example"}}),
                "1 post by account-x of peer.example",
            ),
            (
                json!({"type": "domain", "domain": "exa****.*om", "digest": "ab"}),
                "exa****.*om",
            ),
            (json!({"type": "ip_range", "range": "IPv4 /24"}), "IPv4 /24"),
            (
                json!({"type": "setting", "name": "threshold"}),
                "setting threshold",
            ),
            (json!({"type": "seat", "seat": 2}), "seat 2"),
            (json!({"type": "email"}), "mail address"),
        ] {
            assert_eq!(target(&value), words);
        }
    }

    #[test]
    fn housekeeping_shows_its_day_alone() {
        assert_eq!(
            moment("2026-11-23T04:20:00Z", "proposal.executed"),
            "2026-11-23 04:20 UTC"
        );
        assert_eq!(moment("2026-11-23T00:00:00Z", "internal"), "2026-11-23");
    }
}
