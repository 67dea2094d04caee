//! Who may reply to or quote a post, as its author declares it (FEP-044f, `GoToSocial`).
//!
//! Advisory: what proves a quote is the quoted author's stamp, not this.

use serde_json::Value;

use crate::audience::{PUBLIC, is_public};
use crate::json;

/// Most entries kept of one list.
const MAX_ENTRIES: usize = 100;

/// Who may do one kind of thing. Entries are the public collection, the author's followers or following, or actors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Whoever may without asking.
    pub automatic: Vec<String>,
    /// Whoever may ask.
    pub manual: Vec<String>,
}

impl Policy {
    /// Reads `canReply`, `canQuote` and the like; `None` when the author declares nothing.
    pub(super) fn of(post: &Value, what: &str) -> Option<Self> {
        let policy =
            json::get(post, "interactionPolicy").and_then(|policies| json::get(policies, what))?;
        // The second names are those of GoToSocial before 0.20.
        Some(Self {
            automatic: entries(policy, "automaticApproval", "always"),
            manual: entries(policy, "manualApproval", "approvalRequired"),
        })
    }
}

fn entries(policy: &Value, key: &str, older_key: &str) -> Vec<String> {
    let key = if json::get(policy, key).is_some() {
        key
    } else {
        older_key
    };
    json::ids_at(policy, key)
        .into_iter()
        .take(MAX_ENTRIES)
        .map(|entry| {
            if is_public(entry) {
                PUBLIC.to_owned()
            } else {
                entry.to_owned()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn older_names_and_single_entries_are_understood() {
        let post = json!({"interactionPolicy": {
            "canReply": {"always": "as:Public", "approvalRequired": ["https://a.example/f"]},
            "canQuote": {"automaticApproval": "https://a.example/u", "always": "Public"},
        }});

        let reply = Policy::of(&post, "canReply").unwrap();
        let quote = Policy::of(&post, "canQuote").unwrap();

        assert_eq!(
            (reply.automatic, reply.manual),
            (
                vec![PUBLIC.to_owned()],
                vec!["https://a.example/f".to_owned()]
            )
        );
        assert_eq!(
            (quote.automatic, quote.manual),
            (vec!["https://a.example/u".to_owned()], vec![])
        );
        assert_eq!(Policy::of(&post, "canLike"), None);
    }
}
