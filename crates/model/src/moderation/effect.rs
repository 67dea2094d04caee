//! What a measure changes: the moderation state is a set of fields of targets, and an effect is the change of one.
//!
//! Because every change is written down with what was there before, undoing is exact, and replaying the log from empty
//! gives the state.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Target;

/// A field of the moderation state. Absent means that moderation has set nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Account: no exchange, nothing shown. Value: `true`.
    Suspended,
    /// Account: left out of public places. `true`.
    Limited,
    /// Account or post: media are hidden. `true`.
    Sensitive,
    /// Account: its member cannot sign in. `true`.
    Frozen,
    /// Account: somebody who asked was let in. `true`.
    Admitted,
    /// Account: somebody who asked was turned away. `true`.
    Rejected,
    /// Account: its data were deleted. `true`.
    Erased,
    /// Account: biography and rows of the profile's table were emptied. `true`, or how many times.
    ProfileEmptied,
    /// Post: taken away. `true`, `"deleted"` when it was deleted elsewhere too, or `"quarantined"`.
    Removed,
    /// Domain, mail domain, mail address, IP range, user name: the rule about it, an object of its id and what of
    /// [`super::Params`] matters.
    Rule,
    /// Domain: nothing is taken in for the moment. `true`.
    Paused,
    /// Domain: it may federate where only listed ones may. `{id}`.
    Allowed,
    /// Domain: everything of it was deleted. `true`, or how many times.
    Purged,
    /// Server: nobody can sign up. `true`.
    RegistrationsLocked,
    /// Case: it is closed. `"action"` or `"no_action"`.
    Closed,
    /// Case: reports of it went to the other server. `true`.
    Forwarded,
    /// Entry of the log: fields that were redacted, a list of names.
    Redacted,
    /// Seat: who holds it, `{person, handle, name}`; absent when vacant.
    Holder,
    /// Seat: `"on_leave"`, `"inactive"`, `"no_second_factor"`; absent when the holder can vote.
    Hindered,
    /// Board member: sits on the board, `{handle, name}`.
    Sits,
    /// Setting of governance: its value.
    Setting,
    /// Document: `{version, digest, effective_at}`.
    Adopted,
    /// Strike: it was overruled. `true`.
    Overruled,
    /// Person: their votes wait for the board. `true`.
    VotesWait,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 24] = [
        Self::Suspended,
        Self::Limited,
        Self::Sensitive,
        Self::Frozen,
        Self::Admitted,
        Self::Rejected,
        Self::Erased,
        Self::ProfileEmptied,
        Self::Removed,
        Self::Rule,
        Self::Paused,
        Self::Allowed,
        Self::Purged,
        Self::RegistrationsLocked,
        Self::Closed,
        Self::Forwarded,
        Self::Redacted,
        Self::Holder,
        Self::Hindered,
        Self::Sits,
        Self::Setting,
        Self::Adopted,
        Self::Overruled,
        Self::VotesWait,
    ];

    /// The word in the database and the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::Limited => "limited",
            Self::Sensitive => "sensitive",
            Self::Frozen => "frozen",
            Self::Admitted => "admitted",
            Self::Rejected => "rejected",
            Self::Erased => "erased",
            Self::ProfileEmptied => "profile_emptied",
            Self::Removed => "removed",
            Self::Rule => "rule",
            Self::Paused => "paused",
            Self::Allowed => "allowed",
            Self::Purged => "purged",
            Self::RegistrationsLocked => "registrations_locked",
            Self::Closed => "closed",
            Self::Forwarded => "forwarded",
            Self::Redacted => "redacted",
            Self::Holder => "holder",
            Self::Hindered => "hindered",
            Self::Sits => "sits",
            Self::Setting => "setting",
            Self::Adopted => "adopted",
            Self::Overruled => "overruled",
            Self::VotesWait => "votes_wait",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == word)
    }
}

/// The change of one field of one target.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Of what.
    pub target: Target,
    /// Which field.
    pub field: Field,
    /// What was set before; `None` for nothing.
    pub from: Option<Value>,
    /// What is set now; `None` for nothing.
    pub to: Option<Value>,
}

impl Effect {
    /// The change back.
    #[must_use]
    pub fn undone(&self) -> Self {
        Self {
            target: self.target.clone(),
            field: self.field,
            from: self.to.clone(),
            to: self.from.clone(),
        }
    }

    /// As the log and the database keep it: `{type, key, field, from, to}`.
    pub fn to_json(&self) -> Value {
        json!({
            "type": self.target.type_word(),
            "key": self.target.key(),
            "field": self.field.as_str(),
            "from": self.from,
            "to": self.to,
        })
    }

    /// Reads what [`Self::to_json`] wrote.
    pub fn from_json(value: &Value) -> Option<Self> {
        let word = |name: &str| value.get(name).and_then(Value::as_str);
        let set = |name: &str| value.get(name).filter(|value| !value.is_null()).cloned();
        Some(Self {
            target: Target::from_words(word("type")?, word("key")?)?,
            field: Field::from_word(word("field")?)?,
            from: set("from"),
            to: set("to"),
        })
    }
}

/// The whole moderation state, for replaying a log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State(BTreeMap<(Target, Field), Value>);

/// An effect that does not follow from the state it claims to change.
#[derive(Clone, Debug, PartialEq)]
pub struct DoesNotFollow {
    /// What the state holds.
    pub held: Option<Value>,
    /// What the effect claims it held.
    pub claimed: Option<Value>,
}

impl State {
    /// Applies one effect.
    pub fn apply(&mut self, effect: &Effect) -> Result<(), DoesNotFollow> {
        let key = (effect.target.clone(), effect.field);
        let held = self.0.get(&key);
        if held != effect.from.as_ref() {
            return Err(DoesNotFollow {
                held: held.cloned(),
                claimed: effect.from.clone(),
            });
        }
        match &effect.to {
            Some(value) => self.0.insert(key, value.clone()),
            None => self.0.remove(&key),
        };
        Ok(())
    }

    /// What is set.
    pub fn iter(&self) -> impl Iterator<Item = (&Target, Field, &Value)> {
        self.0
            .iter()
            .map(|((target, field), value)| (target, *field, value))
    }

    /// What one field of one target is.
    pub fn get(&self, target: &Target, field: Field) -> Option<&Value> {
        self.0.get(&(target.clone(), field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::AccountId;

    #[test]
    fn an_effect_and_its_undoing_leave_nothing() {
        let limit = Effect {
            target: Target::Account(AccountId::new(7)),
            field: Field::Limited,
            from: None,
            to: Some(json!(true)),
        };
        let mut state = State::default();

        state.apply(&limit).expect("nothing was set");
        assert!(state.apply(&limit).is_err(), "it is set already");
        state
            .apply(&limit.undone())
            .expect("it is what the effect left");

        assert_eq!(state, State::default());
    }

    #[test]
    fn every_field_has_a_word_of_its_own() {
        for field in Field::ALL {
            assert_eq!(Field::from_word(field.as_str()), Some(field));
        }
    }
}
