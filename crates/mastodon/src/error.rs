//! The one shape of every refusal.

use std::{borrow::Cow, collections::BTreeMap};

use serde::Serialize;

/// A refusal. <https://docs.joinmastodon.org/entities/Error/>
#[derive(Debug, Clone, Serialize)]
pub struct Error<'a> {
    /// What is wrong: a sentence, or OAuth's code.
    pub error: Cow<'a, str>,
    /// OAuth's sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_description: Option<Cow<'a, str>>,
    /// What is wrong with each field, for sign-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<BTreeMap<Cow<'a, str>, Vec<ErrorDetail<'a>>>>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorDetail<'a> {
    /// Mastodon's code, such as `ERR_TAKEN`.
    pub error: Cow<'a, str>,
    /// The same in words.
    pub description: Cow<'a, str>,
}

impl<'a> Error<'a> {
    /// A refusal of one sentence.
    pub fn new(error: impl Into<Cow<'a, str>>) -> Self {
        Self {
            error: error.into(),
            error_description: None,
            details: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{json, to_value};

    use super::*;

    #[test]
    fn a_plain_refusal_is_one_key() {
        let refusal = Error::new("Record not found");

        assert_eq!(
            to_value(refusal).unwrap(),
            json!({"error": "Record not found"})
        );
    }
}
