//! What a decision of the board changes: one shape for each kind.
//!
//! Ids stand as text, since they are larger than what every reader of JSON keeps exact.

use std::str::FromStr;

use model::{
    AccountId,
    moderation::{
        PersonId, ProposalId, SeatNo, appeal::AppealId, board::DecisionKind,
        document::DocumentKind, vote::Digest,
    },
};
use serde_json::{Map, Value, json};
use time::{Date, macros::format_description};

use crate::{Error, Result};

/// Characters of an adopted document.
const LONGEST_DOCUMENT: usize = 200_000;

/// What a decision changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution {
    /// Somebody is given a seat: `{account_id, seat_no?}`.
    AppointModerator {
        /// Who.
        account_id: AccountId,
        /// Which seat; the lowest vacant one when the decision takes effect.
        seat_no: Option<SeatNo>,
    },
    /// Somebody loses a seat: `{seat_no}`; what was recorded also names who.
    RemoveModerator {
        /// Which.
        seat_no: SeatNo,
        /// Who held it when the decision was recorded.
        person_id: Option<PersonId>,
    },
    /// A document is in force from a day on: `{kind, text, effective_on?}`.
    AdoptDocument {
        /// Which.
        kind: DocumentKind,
        /// Markdown.
        text: String,
        /// The first day, UTC; at once when not given or past.
        effective_on: Option<Date>,
    },
    /// Settings are changed: `{changes: {name: value}}`.
    ChangeGovernance {
        /// By name.
        changes: Map<String, Value>,
    },
    /// The last word on an appeal: `{appeal_id, outcome, reason?}`.
    DecideAppeal {
        /// Which.
        appeal_id: AppealId,
        /// `overturned` or `upheld`.
        outcome: AppealOutcome,
    },
    /// The approval that is missing: `{proposal_id}`; what was recorded also names the digest.
    SubstituteApproval {
        /// Of which proposal.
        proposal_id: ProposalId,
        /// As it stood when the decision was recorded.
        digest: Option<Digest>,
    },
    /// Somebody is moderator for one proposal: `{proposal_id, account_id}`.
    AppointAdHoc {
        /// Which.
        proposal_id: ProposalId,
        /// Who.
        account_id: AccountId,
    },
    /// What becomes of posts in quarantine: `{proposal_id, outcome}`.
    DecideQuarantine {
        /// The emergency measure that put them there.
        proposal_id: ProposalId,
        /// `restore` or `remove`.
        outcome: QuarantineOutcome,
    },
    /// Somebody's votes count again after the operator's reset: `{person_id}`.
    ConfirmReset {
        /// Whose.
        person_id: PersonId,
    },
}

/// The board's word on an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppealOutcome {
    /// The decision was wrong and is undone.
    Overturned,
    /// It stands.
    Upheld,
}

/// What becomes of posts in quarantine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuarantineOutcome {
    /// They are shown again.
    Restore,
    /// They stay away for good.
    Remove,
}

impl Resolution {
    /// Reads the parameters of a decision. What is not known is refused, so that nobody confirms something that means nothing.
    pub fn read(kind: DecisionKind, params: &Value) -> Result<Self> {
        let mut fields = Fields::of(params)?;
        let read = match kind {
            DecisionKind::AppointModerator => Self::AppointModerator {
                account_id: fields.id("account_id")?,
                seat_no: fields.number("seat_no")?,
            },
            DecisionKind::RemoveModerator => Self::RemoveModerator {
                seat_no: fields
                    .number("seat_no")?
                    .ok_or_else(|| wrong("seat_no", "is missing"))?,
                person_id: fields.number::<i64>("person_id")?.map(PersonId::new),
            },
            DecisionKind::AdoptDocument => Self::AdoptDocument {
                kind: DocumentKind::from_word(&fields.text("kind")?)
                    .ok_or_else(|| wrong("kind", "is no document"))?,
                text: fields.document("text")?,
                effective_on: fields.date("effective_on")?,
            },
            DecisionKind::ChangeGovernance => Self::ChangeGovernance {
                changes: fields.map("changes")?,
            },
            DecisionKind::DecideAppeal => Self::DecideAppeal {
                appeal_id: fields.id("appeal_id")?,
                outcome: match fields.text("outcome")?.as_str() {
                    "overturned" => AppealOutcome::Overturned,
                    "upheld" => AppealOutcome::Upheld,
                    _ => return Err(wrong("outcome", "is neither overturned nor upheld")),
                },
            },
            DecisionKind::SubstituteApproval => Self::SubstituteApproval {
                proposal_id: fields.id("proposal_id")?,
                digest: fields.digest("digest")?,
            },
            DecisionKind::AppointAdHoc => Self::AppointAdHoc {
                proposal_id: fields.id("proposal_id")?,
                account_id: fields.id("account_id")?,
            },
            DecisionKind::DecideQuarantine => Self::DecideQuarantine {
                proposal_id: fields.id("proposal_id")?,
                outcome: match fields.text("outcome")?.as_str() {
                    "restore" => QuarantineOutcome::Restore,
                    "remove" => QuarantineOutcome::Remove,
                    _ => return Err(wrong("outcome", "is neither restore nor remove")),
                },
            },
            DecisionKind::ConfirmReset => Self::ConfirmReset {
                person_id: fields.id("person_id")?,
            },
        };
        fields.nothing_left()?;
        Ok(read)
    }

    /// The parameters, in the one form that is kept and confirmed.
    pub fn params(&self) -> Value {
        let mut params = Map::new();
        let mut put = |name: &str, value: Value| {
            params.insert(name.to_owned(), value);
        };
        match self {
            Self::AppointModerator {
                account_id,
                seat_no,
            } => {
                put("account_id", text(account_id));
                if let Some(no) = seat_no {
                    put("seat_no", json!(no));
                }
            }
            Self::RemoveModerator { seat_no, person_id } => {
                put("seat_no", json!(seat_no));
                if let Some(person) = person_id {
                    put("person_id", json!(person.to_string()));
                }
            }
            Self::AdoptDocument {
                kind,
                text,
                effective_on,
            } => {
                put("kind", json!(kind.as_str()));
                put("text", json!(text));
                if let Some(date) = effective_on {
                    put("effective_on", json!(date.to_string()));
                }
            }
            Self::ChangeGovernance { changes } => put("changes", json!(changes)),
            Self::DecideAppeal { appeal_id, outcome } => {
                put("appeal_id", text(appeal_id));
                put(
                    "outcome",
                    json!(match outcome {
                        AppealOutcome::Overturned => "overturned",
                        AppealOutcome::Upheld => "upheld",
                    }),
                );
            }
            Self::SubstituteApproval {
                proposal_id,
                digest,
            } => {
                put("proposal_id", text(proposal_id));
                if let Some(digest) = digest {
                    put("digest", json!(hex::encode(digest)));
                }
            }
            Self::AppointAdHoc {
                proposal_id,
                account_id,
            } => {
                put("proposal_id", text(proposal_id));
                put("account_id", text(account_id));
            }
            Self::DecideQuarantine {
                proposal_id,
                outcome,
            } => {
                put("proposal_id", text(proposal_id));
                put(
                    "outcome",
                    json!(match outcome {
                        QuarantineOutcome::Restore => "restore",
                        QuarantineOutcome::Remove => "remove",
                    }),
                );
            }
            Self::ConfirmReset { person_id } => put("person_id", text(person_id)),
        }
        Value::Object(params)
    }
}

fn text(id: &impl ToString) -> Value {
    Value::String(id.to_string())
}

fn wrong(field: &'static str, problem: &str) -> Error {
    Error::invalid(field, "ERR_INVALID", problem)
}

/// Parameters that are not read yet.
struct Fields(Map<String, Value>);

impl Fields {
    fn of(params: &Value) -> Result<Self> {
        match params {
            Value::Object(map) => Ok(Self(map.clone())),
            _ => Err(wrong("params", "is no object")),
        }
    }

    fn take(&mut self, name: &'static str) -> Option<Value> {
        self.0
            .remove(name)
            .filter(|value| !value.is_null() && *value != json!(""))
    }

    fn id<T: From<i64>>(&mut self, name: &'static str) -> Result<T> {
        self.number::<i64>(name)?
            .map(T::from)
            .ok_or_else(|| wrong(name, "is missing"))
    }

    fn number<N: FromStr>(&mut self, name: &'static str) -> Result<Option<N>> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let text = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            _ => return Err(wrong(name, "is no number")),
        };
        text.trim()
            .parse()
            .map(Some)
            .map_err(|_| wrong(name, "is no number"))
    }

    fn text(&mut self, name: &'static str) -> Result<String> {
        match self.take(name) {
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(wrong(name, "is no text")),
            None => Err(wrong(name, "is missing")),
        }
    }

    /// A text as it is kept: with Unix line ends and without what no page shows.
    fn document(&mut self, name: &'static str) -> Result<String> {
        let text = self.text(name)?.replace("\r\n", "\n").replace('\0', "");
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::invalid(name, "ERR_BLANK", "can't be blank"));
        }
        if text.chars().count() > LONGEST_DOCUMENT {
            return Err(Error::invalid(name, "ERR_TOO_LONG", "is too long"));
        }
        Ok(format!("{text}\n"))
    }

    fn date(&mut self, name: &'static str) -> Result<Option<Date>> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let parsed = value.as_str().and_then(|text| {
            Date::parse(text.trim(), format_description!("[year]-[month]-[day]")).ok()
        });
        parsed
            .map(Some)
            .ok_or_else(|| wrong(name, "is no date like 2026-11-30"))
    }

    fn digest(&mut self, name: &'static str) -> Result<Option<Digest>> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let bytes = value.as_str().and_then(|text| hex::decode(text).ok());
        bytes
            .and_then(|bytes| Digest::try_from(bytes.as_slice()).ok())
            .map(Some)
            .ok_or_else(|| wrong(name, "is no digest"))
    }

    fn map(&mut self, name: &'static str) -> Result<Map<String, Value>> {
        match self.take(name) {
            Some(Value::Object(map)) if !map.is_empty() => Ok(map),
            _ => Err(wrong(name, "names nothing")),
        }
    }

    fn nothing_left(self) -> Result<()> {
        let Some(name) = self.0.into_iter().find(|(_, value)| !value.is_null()) else {
            return Ok(());
        };
        Err(wrong("params", &format!("has no place for {}", name.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_says_the_same_as_what_was_sent() {
        for (kind, params) in [
            (
                DecisionKind::AppointModerator,
                json!({"account_id": 112_233, "seat_no": "2"}),
            ),
            (DecisionKind::RemoveModerator, json!({"seat_no": 3})),
            (
                DecisionKind::AdoptDocument,
                json!({"kind": "rules", "text": "- Be kind.\r\n", "effective_on": "2026-12-01"}),
            ),
            (
                DecisionKind::ChangeGovernance,
                json!({"changes": {"threshold": 3}}),
            ),
            (
                DecisionKind::DecideQuarantine,
                json!({"proposal_id": "12", "outcome": "restore"}),
            ),
        ] {
            let read = Resolution::read(kind, &params).unwrap();

            assert_eq!(
                Resolution::read(kind, &read.params()).unwrap(),
                read,
                "{kind:?}"
            );
        }
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for (kind, params) in [
            (DecisionKind::RemoveModerator, json!({})),
            (
                DecisionKind::RemoveModerator,
                json!({"seat_no": 1, "also": "this"}),
            ),
            (DecisionKind::ChangeGovernance, json!({"changes": {}})),
            (
                DecisionKind::AdoptDocument,
                json!({"kind": "poem", "text": "x"}),
            ),
            (
                DecisionKind::AdoptDocument,
                json!({"kind": "rules", "text": "  "}),
            ),
            (
                DecisionKind::DecideAppeal,
                json!({"appeal_id": "1", "outcome": "maybe"}),
            ),
        ] {
            assert!(
                matches!(Resolution::read(kind, &params), Err(Error::Invalid(_))),
                "{kind:?} {params}"
            );
        }
    }
}
