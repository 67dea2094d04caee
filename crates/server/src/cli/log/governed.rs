//! Whether a server is as its log says: who holds the seats and sits on the board, what is set and adopted, which servers are
//! blocked.

use std::collections::{BTreeMap, BTreeSet};

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::Value;
use service::moderation::log::implied::Implied;

/// What differs, one sentence each.
pub(super) fn differences(implied: &Implied, shown: &Value) -> Vec<String> {
    let mut found = Vec::new();
    seats(implied, shown, &mut found);
    board(implied, shown, &mut found);
    settings(implied, shown, &mut found);
    documents(implied, shown, &mut found);
    found
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn word<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name)?.as_str()
}

fn seats(implied: &Implied, shown: &Value, found: &mut Vec<String>) {
    let by_log: BTreeMap<&str, &str> = implied
        .of("seat", "holder")
        .filter_map(|(no, holder)| Some((no, word(holder, "handle")?)))
        .collect();
    let by_server: BTreeMap<String, &str> = list(shown, "seats")
        .filter_map(|seat| Some((seat.get("seat")?.to_string(), word(seat, "handle")?)))
        .collect();
    let numbers: BTreeSet<&str> = by_log
        .keys()
        .copied()
        .chain(by_server.keys().map(String::as_str))
        .collect();
    for no in numbers {
        let (log, server) = (by_log.get(no), by_server.get(no));
        if log != server {
            found.push(format!(
                "seat {no}: the log says {}, the server {}",
                held(log.copied()),
                held(server.copied())
            ));
        }
    }
}

fn held(handle: Option<&str>) -> String {
    handle.map_or_else(
        || "nobody".to_owned(),
        |handle| format!("@{}", handle.trim_start_matches('@')),
    )
}

fn board(implied: &Implied, shown: &Value, found: &mut Vec<String>) {
    let by_log: BTreeSet<&str> = implied
        .of("board_member", "sits")
        .filter_map(|(_, member)| word(member, "handle"))
        .collect();
    let by_server: BTreeSet<&str> = list(shown, "board")
        .filter_map(|member| word(member, "handle"))
        .collect();
    for only in by_log.difference(&by_server) {
        found.push(format!(
            "by the log, {} sits on the board; the server does not say so",
            held(Some(only))
        ));
    }
    for only in by_server.difference(&by_log) {
        found.push(format!(
            "the server says that {} sits on the board; the log does not",
            held(Some(only))
        ));
    }
}

fn settings(implied: &Implied, shown: &Value, found: &mut Vec<String>) {
    for (name, by_log) in implied.of("setting", "setting") {
        let by_server = shown
            .get("settings")
            .and_then(|settings| settings.get(name));
        if by_server != Some(by_log) {
            let server = by_server.map_or_else(|| "nothing".to_owned(), ToString::to_string);
            found.push(format!(
                "{name}: the log says {by_log}, the server {server}"
            ));
        }
    }
}

/// A version that was adopted may not be in force yet; one in force that was never adopted, or has another text, is wrong.
fn documents(implied: &Implied, shown: &Value, found: &mut Vec<String>) {
    let number = |value: &Value| value.get("version").and_then(Value::as_i64);
    let by_log: BTreeMap<&str, &Value> = implied.of("document", "adopted").collect();
    for document in list(shown, "documents") {
        let Some((kind, version)) = word(document, "kind").zip(number(document)) else {
            continue;
        };
        if version == 0 {
            continue; // The built-in text, which nobody has adopted.
        }
        let adopted = by_log.get(kind).copied();
        match adopted.and_then(number) {
            None => found.push(format!("{kind}: version {version} is in force, and the log does not say that it was adopted")),
            Some(newest) if newest < version => {
                found.push(format!("{kind}: version {version} is in force, and the log ends with {newest}"));
            }
            Some(newest) if newest == version => {
                let digest = adopted.and_then(|adopted| word(adopted, "digest"));
                if digest != word(document, "sha256") {
                    found.push(format!("{kind}: version {version} is not the text that was adopted"));
                }
            }
            Some(_) => {}
        }
    }
}

/// What differs between the servers that the log says are blocked and those that the server lists
/// (`GET /api/v1/instance/domain_blocks`). Rules that block nothing are not listed.
pub(super) fn blocks(implied: &Implied, listed: &Value) -> Vec<String> {
    let by_log: BTreeMap<String, &str> = implied
        .of("domain", "rule")
        .filter_map(|(key, rule)| Some((hashed(key), word(rule, "severity")?)))
        .filter(|(_, severity)| *severity != "noop")
        .collect();
    let by_server: BTreeMap<String, &str> = listed
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|block| {
            let digest = match word(block, "digest") {
                Some(digest) => digest.to_owned(),
                None => hashed(word(block, "domain")?),
            };
            Some((digest, word(block, "severity")?))
        })
        .collect();
    let name = |digest: &str| {
        let keys = implied.of("domain", "rule").map(|(key, _)| key.to_owned());
        let listed = listed
            .as_array()
            .into_iter()
            .flatten()
            .filter(|block| word(block, "digest") == Some(digest))
            .filter_map(|block| word(block, "domain").map(str::to_owned));
        keys.filter(|key| hashed(key) == digest)
            .chain(listed)
            .next()
            .unwrap_or_else(|| digest.to_owned())
    };
    let digests: BTreeSet<&String> = by_log.keys().chain(by_server.keys()).collect();
    digests
        .into_iter()
        .filter(|digest| by_log.get(*digest) != by_server.get(*digest))
        .map(|digest| {
            let told = |severity: Option<&&str>| {
                severity.map_or("no rule".to_owned(), |one| (*one).to_owned())
            };
            format!(
                "{}: the log says {}, the server {}",
                name(digest),
                told(by_log.get(digest)),
                told(by_server.get(digest))
            )
        })
        .collect()
}

/// An obfuscated server stands in the log by its digest already.
fn hashed(key: &str) -> String {
    let is_digest = key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_digest {
        key.to_owned()
    } else {
        hex::encode(digest(&SHA256, key.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use ledger::{At, Draft, Head, Salt};
    use serde_json::json;
    use time::OffsetDateTime;

    use super::*;

    fn implied(effects: Value, domains: Value) -> Implied {
        let entry = Draft::new(At::minute(OffsetDateTime::UNIX_EPOCH), "board.decision")
            .fixed("effects", effects)
            .redactable("domain_effects", domains)
            .seal(&Head::START, Salt::random)
            .unwrap()
            .entry;
        let mut implied = Implied::default();
        implied.follow(&entry).unwrap();
        implied
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write it down on the spot"
    )]
    fn effect(kind: &str, key: &str, field: &str, to: Value) -> Value {
        json!({"type": kind, "key": key, "field": field, "from": null, "to": to})
    }

    #[test]
    fn a_server_that_hides_a_moderator_is_found_out() {
        let implied = implied(
            json!([
                effect(
                    "seat",
                    "1",
                    "holder",
                    json!({"person": "7", "handle": "ann", "name": "Ann"})
                ),
                effect("setting", "threshold", "setting", json!(2)),
            ]),
            json!([]),
        );
        let honest = json!({"seats": [{"seat": 1, "handle": "ann"}, {"seat": 2, "handle": null}], "settings": {"threshold": 2}});
        let lying = json!({"seats": [{"seat": 1, "handle": "eve"}], "settings": {"threshold": 1}});

        assert_eq!(differences(&implied, &honest), Vec::<String>::new());
        assert_eq!(
            differences(&implied, &lying),
            [
                "seat 1: the log says @ann, the server @eve",
                "threshold: the log says 2, the server 1"
            ]
        );
    }

    #[test]
    fn a_block_that_is_not_in_the_log_is_found_out() {
        let hidden = hex::encode(digest(&SHA256, b"hidden.example"));
        let mut obfuscated = effect(
            "domain",
            "hid***.*ple",
            "rule",
            json!({"severity": "suspend"}),
        );
        obfuscated["digest"] = hidden.clone().into();
        let implied = implied(
            json!([]),
            json!([
                effect(
                    "domain",
                    "peer.example",
                    "rule",
                    json!({"severity": "silence"})
                ),
                obfuscated
            ]),
        );
        let listed = json!([
            {"domain": "peer.example", "digest": hex::encode(digest(&SHA256, b"peer.example")), "severity": "silence"},
            {"domain": "hid***.*ple", "digest": hidden, "severity": "suspend"},
        ]);

        assert_eq!(blocks(&implied, &listed), Vec::<String>::new());
        assert_eq!(
            blocks(&implied, &json!([listed[1]])),
            ["peer.example: the log says silence, the server no rule"]
        );
    }
}
