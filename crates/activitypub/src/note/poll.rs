//! Polls: the choices of a `Question`.

use serde_json::Value;
use time::OffsetDateTime;

use crate::json;

/// Most options kept.
pub const MAX_OPTIONS: usize = 500;
/// Longest option kept, in characters.
const MAX_OPTION_CHARS: usize = 1_000;

/// A poll as its origin counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    /// Whether several options may be chosen.
    pub multiple: bool,
    /// At least one.
    pub options: Vec<PollOption>,
    /// When it ends or ended; `None` for an endless one.
    pub ends_at: Option<OffsetDateTime>,
    /// Whether its author closed it, whatever the time.
    pub closed: bool,
    /// How many people voted, where the origin says so.
    pub voters: Option<u64>,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollOption {
    /// Plain text; a vote repeats it exactly.
    pub title: String,
    /// Votes counted at the origin.
    pub votes: u64,
}

impl Poll {
    /// `oneOf` is a single choice, `anyOf` several. `None` without any option.
    pub(super) fn of(question: &Value) -> Option<Self> {
        let multiple = json::get(question, "oneOf").is_none();
        let key = if multiple { "anyOf" } else { "oneOf" };
        let options: Vec<_> = json::list_at(question, key)
            .filter_map(option)
            .take(MAX_OPTIONS)
            .collect();
        if options.is_empty() {
            return None;
        }
        let closed_at = json::date_at(question, "closed");
        Some(Self {
            multiple,
            options,
            ends_at: json::date_at(question, "endTime").or(closed_at),
            closed: closed_at.is_some() || json::flag_at(question, "closed"),
            voters: json::count_at(question, "votersCount"),
        })
    }
}

fn option(value: &Value) -> Option<PollOption> {
    let title = json::text_of(value, "name").or_else(|| json::text_of(value, "content"))?;
    Some(PollOption {
        title: json::shorten(title, MAX_OPTION_CHARS).to_owned(),
        votes: json::total_at(value, "replies").unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_poll_may_have_no_end() {
        let poll = Poll::of(
            &json!({"oneOf": [{"name": "x"}, {"content": "y", "replies": {"totalItems": 2}}, 5]}),
        )
        .unwrap();

        assert_eq!(
            (poll.multiple, poll.closed, poll.ends_at, poll.voters),
            (false, false, None, None)
        );
        assert_eq!(
            poll.options
                .iter()
                .map(|option| option.votes)
                .collect::<Vec<_>>(),
            [0, 2]
        );
    }

    #[test]
    fn a_closed_poll_says_so_by_date_or_flag() {
        for closed in [json!("2026-07-01T10:00:00Z"), json!(true)] {
            assert!(
                Poll::of(&json!({"anyOf": [{"name": "x"}], "closed": closed}))
                    .unwrap()
                    .closed
            );
        }
        assert_eq!(Poll::of(&json!({"anyOf": []})), None);
    }
}
