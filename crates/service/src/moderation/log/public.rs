//! What everybody sees of an entry. Whoever reads this file knows what the public log can contain: everything else is
//! private.
//!
//! | field | shown | can be taken back |
//! | --- | --- | --- |
//! | `action`, `emergency`, `digest`, `related`, `board_decision`, `by` | as they are | no: they make the entry what it is |
//! | `proposer`, `approved_by`, `objected`, `abstained`, `ratified_by` | name, handle and id of persons in office | no: nobody erases that they decided |
//! | `recused` | numbers of seats | no |
//! | `effects` | on seats, board, settings, documents, persons in office, the server itself, entries of the log | no: they can be replayed |
//! | `domain_effects` | on other servers | yes: a domain can be a person's name |
//! | `target` | see [`super::target`] | yes |
//! | `category`, `rules`, `guideline_version`, `reason`, `reports`, `duration`, `appealable_until` | as they are | yes |
//! | what a caller adds (the text of a decision) | as it is | yes, but for a new key of the log |
//!
//! Class C entries show nothing at all.

use std::collections::BTreeMap;

use db::moderation::log::Marks;
use ledger::Field;
use model::moderation::{Effect, Person, PersonId, Target};
use serde_json::{Map, Value, json};
use sqlx::PgConnection;

use super::{EntryKind, NewEntry, ReportCounts, target};
use crate::{App, Result};

/// Characters of the neutral reason.
const LONGEST_REASON: usize = 500;
/// The field in which an entry names a new key of the log; it has to stay, or nobody could check what follows.
pub(super) const NEW_KEY: &str = "vkey";

/// The public part, and by what it can be found.
#[derive(Debug, Default)]
pub(super) struct Public {
    pub(super) fields: BTreeMap<String, Field>,
    pub(super) marks: Marks,
}

impl Public {
    fn fixed(&mut self, name: &str, value: impl Into<Value>) {
        self.fields
            .insert(name.to_owned(), Field::Fixed(value.into()));
    }

    fn redactable(&mut self, name: &str, value: impl Into<Value>) {
        self.fields
            .insert(name.to_owned(), Field::Redactable(value.into()));
    }
}

/// The public part of an entry.
pub(super) async fn part(
    connection: &mut PgConnection,
    app: &App,
    entry: &NewEntry,
) -> Result<Public> {
    let mut public = Public::default();
    if entry.kind == EntryKind::Internal {
        return Ok(public);
    }
    for (name, value) in &entry.public {
        if name == NEW_KEY {
            public.fixed(name, value.clone());
        } else {
            public.redactable(name, value.clone());
        }
    }
    if let Some(action) = &entry.action {
        public.fixed("action", action.clone());
    }
    if entry.emergency {
        public.fixed("emergency", true);
    }
    if let Some(digest) = &entry.digest {
        public.fixed("digest", hex::encode(digest));
    }
    if !entry.related.is_empty() {
        public.fixed("related", entry.related.clone());
    }
    if let Some(decision) = entry.board_decision {
        public.fixed("board_decision", decision.to_string());
    }
    who(connection, entry, &mut public).await?;
    what(entry, &mut public);
    if let Some(target) = &entry.target {
        let shown = target::shown(connection, app, target, &entry.effects).await?;
        public.redactable("target", shown.value);
        public.marks = shown.marks;
    }
    effects(connection, entry, &mut public).await?;
    Ok(public)
}

/// Persons in office are named, always.
async fn who(connection: &mut PgConnection, entry: &NewEntry, public: &mut Public) -> Result<()> {
    let lists = [
        ("approved_by", &entry.approved_by),
        ("objected", &entry.objected),
        ("abstained", &entry.abstained),
        ("ratified_by", &entry.ratified_by),
    ];
    let mut ids: Vec<PersonId> = lists
        .iter()
        .flat_map(|(_, ids)| ids.iter().copied())
        .collect();
    ids.extend(entry.proposer);
    let known = db::moderation::persons(connection, &ids).await?;
    let named = |id: &PersonId| -> Value {
        known
            .iter()
            .find(|person| person.id == *id)
            .map_or_else(|| json!({"id": id.to_string()}), person)
    };
    for (name, ids) in lists {
        if !ids.is_empty() {
            public.fixed(name, ids.iter().map(named).collect::<Vec<_>>());
        }
    }
    if let Some(proposer) = &entry.proposer {
        public.fixed("proposer", named(proposer));
    }
    if !entry.recused.is_empty() {
        public.fixed("recused", entry.recused.clone());
    }
    let nobody = entry.proposer.is_none() && entry.approved_by.is_empty();
    match entry.kind {
        EntryKind::EmergencyExecuted if nobody => public.fixed("by", "operator"),
        EntryKind::BoardBootstrapped | EntryKind::OfficerReset | EntryKind::KeyRotated => {
            public.fixed("by", "operator");
        }
        EntryKind::EmergencyRolledBack if entry.approved_by.is_empty() => {
            public.fixed("by", "server");
        }
        _ => {}
    }
    Ok(())
}

/// What can be told as it is.
fn what(entry: &NewEntry, public: &mut Public) {
    if let Some(category) = entry.category {
        public.redactable("category", category.as_str());
    }
    if !entry.rules.is_empty() {
        public.redactable("rules", entry.rules.clone());
    }
    if let Some(version) = entry.guideline_version {
        public.redactable("guideline_version", version);
    }
    let reason = reason(&entry.reason);
    if !reason.is_empty() {
        public.redactable("reason", reason);
    }
    if entry.reports != ReportCounts::default() {
        public.redactable("reports", reports(entry.reports));
    }
    if let Some(seconds) = entry.duration {
        public.redactable("duration", seconds);
    }
    if let Some(until) = entry.appealable_until {
        public.redactable("appealable_until", until.date().to_string());
    }
}

/// How somebody in office is named.
pub(super) fn person(person: &Person) -> Value {
    json!({"id": person.id.to_string(), "name": person.name, "handle": person.handle})
}

fn reason(text: &str) -> String {
    let kept: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control())
        .take(LONGEST_REASON)
        .collect();
    kept.trim().to_owned()
}

fn reports(counts: ReportCounts) -> Map<String, Value> {
    [
        ("member", counts.member),
        ("remote", counts.remote),
        ("moderator", counts.moderator),
        ("automatic", counts.automatic),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(origin, count)| (origin.to_owned(), count.into()))
    .collect()
}

/// Effects that outsiders can replay: on offices, settings, documents and servers. Those on people stay private.
async fn effects(
    connection: &mut PgConnection,
    entry: &NewEntry,
    public: &mut Public,
) -> Result<()> {
    let (mut fixed, mut of_domains) = (Vec::new(), Vec::new());
    for effect in &entry.effects {
        match &effect.target {
            Target::Domain(domain) => {
                let shown = target::domain(connection, domain, &entry.effects).await?;
                let mut told = told(effect);
                told["key"] = shown["domain"].clone();
                if let Some(digest) = shown.get("digest") {
                    told["digest"] = digest.clone();
                }
                of_domains.push(told);
            }
            Target::Seat(_)
            | Target::BoardMember(_)
            | Target::Setting(_)
            | Target::Document(_)
            | Target::Person(_)
            | Target::Entry(_)
            | Target::Server => fixed.push(effect.to_json()),
            _ => {}
        }
    }
    if !fixed.is_empty() {
        public.fixed("effects", fixed);
    }
    if !of_domains.is_empty() {
        public.redactable("domain_effects", of_domains);
    }
    Ok(())
}

/// An effect on a server without what is written about it for moderators only.
fn told(effect: &Effect) -> Value {
    const TOLD: [&str; 4] = ["severity", "reject_media", "reject_reports", "obfuscate"];
    let told = |value: &Option<Value>| match value {
        Some(Value::Object(map)) => {
            let kept = map.iter().filter(|(name, _)| TOLD.contains(&name.as_str()));
            Some(Value::Object(
                kept.map(|(name, value)| (name.clone(), value.clone()))
                    .collect(),
            ))
        }
        other => other.clone(),
    };
    Effect {
        from: told(&effect.from),
        to: told(&effect.to),
        ..effect.clone()
    }
    .to_json()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_one_line_and_an_end() {
        assert_eq!(reason(" spam\n\u{7}again "), "spam again");
        assert_eq!(reason(&"x".repeat(900)).len(), LONGEST_REASON);
    }

    #[test]
    fn what_is_written_for_moderators_about_a_server_is_not_told() {
        let effect = Effect {
            target: Target::Domain("peer.example".parse().expect("a domain")),
            field: model::moderation::Field::Rule,
            from: None,
            to: Some(json!({"severity": "suspend", "private_comment": "says Ann"})),
        };

        assert_eq!(told(&effect)["to"], json!({"severity": "suspend"}));
    }
}
