//! Named values of which some are committed to rather than told: the public part of an entry, and its private part.
//!
//! A committed field stands in the hashed form as `SHA-256(salt ‖ JCS([name, value]))`. Whoever has value and salt can
//! check it; once both are dropped, nobody can find the value by trying all that are likely, and no hash changes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::jcs::{self, JcsError};
use crate::{Hash, Salt};

/// How many fields one part may have.
pub(crate) const MAX_FIELDS: usize = 64;

/// How long a name may be, in bytes.
pub(crate) const MAX_NAME: usize = 64;

/// A value on its way into the log, with what may become of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// Stays as long as the log does.
    Fixed(Value),
    /// Committed to, so that the value can be taken back: a descriptive field that may turn out to be a mistake, or
    /// private evidence that is kept for a time only.
    Redactable(Value),
}

/// Fields as they are stored and published. Three maps, for a database to keep as three columns or as one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// What is told: fixed values, and committed ones until they are withheld.
    pub values: BTreeMap<String, Value>,
    /// The salt of each committed value that is still told.
    pub salts: BTreeMap<String, Salt>,
    /// The commitment of each committed field, for ever.
    pub commitments: BTreeMap<String, Hash>,
}

/// What is wrong with fields.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldsError {
    /// A name that is not a small letter followed by small letters, digits and `_`.
    #[error("{0:?} is not a name for a field")]
    Name(String),
    /// More than 64 of them.
    #[error("more than {MAX_FIELDS} fields")]
    TooMany,
    /// A value that has no canonical form.
    #[error("the value of {name} has no canonical form")]
    Value {
        /// The field.
        name: String,
        /// Why it has none.
        source: JcsError,
    },
    /// A value and its salt do not give the commitment.
    #[error("the value of {name} is not what was committed to: expected {expected}, got {found}")]
    Mismatch {
        /// The field.
        name: String,
        /// The commitment that stands in the log.
        expected: Hash,
        /// What value and salt give.
        found: Hash,
    },
    /// A committed field with a value and no salt, so that nobody can check it.
    #[error("{0} is told without its salt")]
    MissingSalt(String),
    /// A salt for a field that has no commitment or no value any more. Once a value is withheld its salt has to go too.
    #[error("{0} has a salt that opens nothing")]
    StraySalt(String),
    /// A fixed value that reads like a commitment; it might be a withheld field in disguise.
    #[error("{0} is told as a fixed value and looks like a commitment")]
    Ambiguous(String),
    /// No such committed field, or it is already withheld.
    #[error("there is no {0} that could be withheld")]
    NotWithholdable(String),
}

impl Fields {
    /// Commits to fields, taking one salt for each that is redactable.
    pub(crate) fn seal(
        fields: BTreeMap<String, Field>,
        salts: &mut impl FnMut() -> Salt,
    ) -> Result<Self, FieldsError> {
        let mut sealed = Self::default();
        for (name, field) in fields {
            let (value, committed) = match field {
                Field::Fixed(value) => {
                    let disguised = looks_like_a_commitment(&value);
                    (value, disguised)
                }
                Field::Redactable(value) => (value, true),
            };
            if committed {
                let salt = salts();
                sealed
                    .commitments
                    .insert(name.clone(), commitment(salt, &name, &value)?);
                sealed.salts.insert(name.clone(), salt);
            }
            sealed.values.insert(name, value);
        }
        sealed.check()?;
        Ok(sealed)
    }

    /// The value of a field, unless it is withheld.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// The names of the fields whose values were taken back.
    pub fn withheld(&self) -> impl Iterator<Item = &str> {
        self.commitments
            .keys()
            .map(String::as_str)
            .filter(|name| !self.values.contains_key(*name))
    }

    /// Drops value and salt of a committed field. The commitment stays, so no hash changes.
    pub fn withhold(&mut self, name: &str) -> Result<(), FieldsError> {
        if !self.commitments.contains_key(name) || self.values.remove(name).is_none() {
            return Err(FieldsError::NotWithholdable(name.to_owned()));
        }
        self.salts.remove(name);
        Ok(())
    }

    /// Whether everything told is what was committed to, and nothing stands in two ways that could be confused.
    pub fn check(&self) -> Result<(), FieldsError> {
        if self.values.len() + self.withheld().count() > MAX_FIELDS {
            return Err(FieldsError::TooMany);
        }
        if let Some(name) = self
            .values
            .keys()
            .chain(self.commitments.keys())
            .find(|name| !is_name(name))
        {
            return Err(FieldsError::Name(name.clone()));
        }
        let opens_nothing = |name: &&String| {
            !(self.values.contains_key(*name) && self.commitments.contains_key(*name))
        };
        if let Some(name) = self.salts.keys().find(opens_nothing) {
            return Err(FieldsError::StraySalt(name.clone()));
        }
        for (name, value) in &self.values {
            self.check_value(name, value)?;
        }
        Ok(())
    }

    fn check_value(&self, name: &str, value: &Value) -> Result<(), FieldsError> {
        let Some(&expected) = self.commitments.get(name) else {
            if looks_like_a_commitment(value) {
                return Err(FieldsError::Ambiguous(name.to_owned()));
            }
            return canonical(name, value).map(drop);
        };
        let Some(&salt) = self.salts.get(name) else {
            return Err(FieldsError::MissingSalt(name.to_owned()));
        };
        let found = commitment(salt, name, value)?;
        if found != expected {
            return Err(FieldsError::Mismatch {
                name: name.to_owned(),
                expected,
                found,
            });
        }
        Ok(())
    }

    /// The form that is hashed: fixed values as they are, in place of every other its commitment.
    pub(crate) fn hashed_form(&self) -> Value {
        let fixed = self
            .values
            .iter()
            .filter(|(name, _)| !self.commitments.contains_key(*name))
            .map(|(name, value)| (name.clone(), value.clone()));
        let committed = self
            .commitments
            .iter()
            .map(|(name, hash)| (name.clone(), Value::from(hash.to_string())));
        Value::Object(fixed.chain(committed).collect::<Map<_, _>>())
    }
}

/// `SHA-256(salt ‖ JCS([name, value]))`.
fn commitment(salt: Salt, name: &str, value: &Value) -> Result<Hash, FieldsError> {
    let canonical = canonical(name, &json!([name, value]))?;
    Ok(Hash::over(&[salt.as_bytes(), canonical.as_bytes()]))
}

/// With room for what a value stands in when an entry is hashed: the entry, and its public part.
fn canonical(name: &str, value: &Value) -> Result<String, FieldsError> {
    jcs::canonical_inside(2, value).map_err(|source| FieldsError::Value {
        name: name.to_owned(),
        source,
    })
}

/// Commitments stand in the hashed form as bare strings, so a fixed string must not read as one.
fn looks_like_a_commitment(value: &Value) -> bool {
    value.as_str().is_some_and(|text| Hash::parse(text).is_ok())
}

/// A small letter, then small letters, digits and `_`; no longer than 64.
fn is_name(name: &str) -> bool {
    name.len() <= MAX_NAME
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Salts that count: 1, 2, 3.
    fn counting() -> impl FnMut() -> Salt {
        let mut count = 0;
        move || {
            count += 1;
            Salt::from([count; 16])
        }
    }

    fn sealed<const N: usize>(fields: [(&str, Field); N]) -> Fields {
        let fields = fields.map(|(name, field)| (name.to_owned(), field));
        Fields::seal(BTreeMap::from(fields), &mut counting()).unwrap()
    }

    #[test]
    fn equal_values_have_different_commitments() {
        let fields = sealed([
            ("left", Field::Redactable(json!("same"))),
            ("right", Field::Redactable(json!("same"))),
        ]);

        assert_ne!(fields.commitments["left"], fields.commitments["right"]);
        let one_salt = Salt::from([9; 16]);
        assert_ne!(
            commitment(one_salt, "left", &json!("same")),
            commitment(one_salt, "right", &json!("same")),
            "the name is committed to as well"
        );
    }

    #[test]
    fn a_commitment_is_the_hash_of_salt_name_and_value() {
        let fields = sealed([("reason", Field::Redactable(json!("Spam")))]);

        let by_hand = Hash::over(&[&[1; 16], br#"["reason","Spam"]"#]);

        assert_eq!(fields.commitments["reason"], by_hand);
        assert_eq!(fields.hashed_form(), json!({"reason": by_hand.to_string()}));
    }

    #[test]
    fn withholding_drops_value_and_salt_and_changes_no_hashed_form() {
        let mut fields = sealed([
            ("action", Field::Fixed(json!("account.limit"))),
            ("reason", Field::Redactable(json!("a mistake"))),
        ]);
        let before = fields.hashed_form();

        fields.withhold("reason").unwrap();

        assert_eq!(fields.hashed_form(), before);
        assert_eq!(fields.check(), Ok(()));
        assert_eq!(fields.withheld().collect::<Vec<_>>(), ["reason"]);
        assert!(
            !serde_json::to_string(&fields)
                .unwrap()
                .contains("a mistake")
        );
        assert!(fields.salts.is_empty());
    }

    #[test]
    fn a_fixed_field_cannot_be_withheld_nor_any_field_twice() {
        let mut fields = sealed([
            ("action", Field::Fixed(json!("account.limit"))),
            ("reason", Field::Redactable(json!("a mistake"))),
        ]);
        fields.withhold("reason").unwrap();

        for name in ["action", "reason", "nothing"] {
            assert_eq!(
                fields.withhold(name),
                Err(FieldsError::NotWithholdable(name.to_owned()))
            );
        }
        assert_eq!(fields.get("action"), Some(&json!("account.limit")));
    }

    #[test]
    fn a_fixed_value_that_looks_like_a_commitment_is_committed_to() {
        let digest = Hash::over(&[b"digest"]).to_string();

        let fields = sealed([("digest", Field::Fixed(json!(digest)))]);

        assert!(fields.commitments.contains_key("digest"));
        assert_eq!(fields.check(), Ok(()));
        let mut disguised = fields.clone();
        disguised
            .values
            .insert("digest".to_owned(), json!(fields.commitments["digest"]));
        disguised.commitments.clear();
        disguised.salts.clear();
        assert_eq!(
            disguised.hashed_form(),
            fields.hashed_form(),
            "or else nobody would need to check"
        );
        assert_eq!(
            disguised.check(),
            Err(FieldsError::Ambiguous("digest".to_owned()))
        );
    }

    #[test]
    fn values_and_salts_that_do_not_belong_are_found() {
        let fields = sealed([("reason", Field::Redactable(json!("Spam")))]);
        let name = "reason".to_owned();

        let mut changed = fields.clone();
        changed.values.insert(name.clone(), json!("Ham"));
        assert!(matches!(changed.check(), Err(FieldsError::Mismatch { .. })));

        let mut bare = fields.clone();
        bare.salts.clear();
        assert_eq!(bare.check(), Err(FieldsError::MissingSalt(name.clone())));

        let mut half_withheld = fields.clone();
        half_withheld.values.clear();
        assert_eq!(
            half_withheld.check(),
            Err(FieldsError::StraySalt(name.clone()))
        );

        let mut uncommitted = fields;
        uncommitted.commitments.clear();
        assert_eq!(uncommitted.check(), Err(FieldsError::StraySalt(name)));
    }

    #[test]
    fn names_are_few_and_plain() {
        for name in ["", "Reason", "1st", "a b", "ä", &"a".repeat(65)] {
            let one = BTreeMap::from([(name.to_owned(), Field::Fixed(json!(1)))]);
            assert_eq!(
                Fields::seal(one, &mut counting()),
                Err(FieldsError::Name(name.to_owned()))
            );
        }
        let many = (0..=MAX_FIELDS)
            .map(|n| (format!("f{n}"), Field::Redactable(json!(n))))
            .collect();
        assert_eq!(
            Fields::seal(many, &mut counting()),
            Err(FieldsError::TooMany)
        );
    }

    #[test]
    fn a_value_without_a_canonical_form_is_refused() {
        for field in [
            Field::Fixed(json!(0.5)),
            Field::Redactable(json!({"id": u64::MAX})),
        ] {
            let one = BTreeMap::from([("number".to_owned(), field)]);
            let refused = Fields::seal(one, &mut counting());
            assert!(matches!(refused, Err(FieldsError::Value { .. })));
        }
    }
}
