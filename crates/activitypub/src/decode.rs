//! Bytes from a stranger become a JSON document, within limits.
//!
//! Everything else in this crate reads what came through here. The limits keep a small body from costing much memory
//! or stack; two keys of one name are an error, because two readers would disagree about which one counts (S14).
//! U+0000, which the database cannot store, is dropped and an unpaired surrogate becomes U+FFFD.

mod budget;
mod surrogates;

use serde_json::{Map, Value};

use crate::{ACTIVITYSTREAMS, json};
use budget::Budget;

/// Longest body read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;
/// Deepest nesting of objects and arrays.
pub const MAX_DEPTH: usize = 64;
/// Most values in one document.
pub const MAX_NODES: usize = 10_000;
/// Most objects kept of one array; the rest is skipped unread, since every use of such a list keeps far fewer.
pub const MAX_OBJECTS_PER_ARRAY: usize = 1_000;

/// Why bytes are not a document we read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Larger than [`MAX_BYTES`].
    #[error("the document is larger than 1 MiB")]
    TooLarge,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("the document is nested too deeply")]
    TooDeep,
    /// More values than [`MAX_NODES`].
    #[error("the document holds too many values")]
    TooManyNodes,
    /// One object has two members of this name.
    #[error("the key {0:?} appears twice in one object")]
    DuplicateKey(String),
    /// Not JSON at all.
    #[error("the document is not valid JSON")]
    InvalidJson,
    /// JSON, but not an object.
    #[error("the document is not a JSON object")]
    NotAnObject,
    /// `@context` does not name `ActivityStreams`.
    #[error("the document does not name the ActivityStreams context")]
    MissingContext,
}

impl DecodeError {
    /// The short word for answers and counters.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge | Self::TooManyNodes => "too_large",
            Self::TooDeep => "too_deep",
            Self::DuplicateKey(_) => "malformed",
            Self::InvalidJson => "invalid_json",
            Self::NotAnObject => "not_an_object",
            Self::MissingContext => "missing_context",
        }
    }
}

/// A JSON object that was read within the limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Document(Value);

impl Document {
    /// The object as a value, for the accessors of [`crate::json`].
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// Gives the value away.
    pub fn into_value(self) -> Value {
        self.0
    }

    /// An object found inside another document, or [`DecodeError::NotAnObject`].
    pub fn from_embedded(value: Value) -> Result<Self, DecodeError> {
        if value.is_object() {
            Ok(Self(value))
        } else {
            Err(DecodeError::NotAnObject)
        }
    }

    /// The member of that name, unless absent or null.
    pub fn get(&self, key: &str) -> Option<&Value> {
        json::get(&self.0, key)
    }

    /// The document's own id.
    pub fn id(&self) -> Option<&str> {
        json::id_of(&self.0)
    }

    /// All types it gives itself.
    pub fn types(&self) -> Vec<&str> {
        json::types_of(&self.0)
    }

    /// Whether `@context` is `ActivityStreams`, or an array with it.
    pub fn has_context(&self) -> bool {
        match self.get("@context") {
            Some(Value::String(context)) => context == ACTIVITYSTREAMS,
            Some(Value::Array(contexts)) => contexts
                .iter()
                .any(|context| context.as_str() == Some(ACTIVITYSTREAMS)),
            _ => false,
        }
    }

    /// Whether it carries a linked-data signature, which allows others to pass it on.
    pub fn has_linked_data_signature(&self) -> bool {
        self.get("signature").is_some_and(Value::is_object)
    }
}

/// Reads a JSON object, whatever it is about.
pub fn decode(bytes: &[u8]) -> Result<Document, DecodeError> {
    if bytes.len() > MAX_BYTES {
        return Err(DecodeError::TooLarge);
    }
    let mended = surrogates::mend(bytes);
    let budget = Budget::new();
    let mut reader = serde_json::Deserializer::from_slice(&mended);
    let value = budget.read(&mut reader).map_err(|_| budget.reason())?;
    reader.end().map_err(|_| DecodeError::InvalidJson)?;
    Document::from_embedded(value)
}

/// Reads a JSON object that must call itself `ActivityStreams`; inboxes and fetches of objects want this.
pub fn decode_with_context(bytes: &[u8]) -> Result<Document, DecodeError> {
    let document = decode(bytes)?;
    if document.has_context() {
        Ok(document)
    } else {
        Err(DecodeError::MissingContext)
    }
}

impl From<Document> for Map<String, Value> {
    fn from(document: Document) -> Self {
        match document.0 {
            Value::Object(map) => map,
            _ => Self::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> DecodeError {
        decode(text.as_bytes()).expect_err("should be refused")
    }

    #[test]
    fn two_keys_of_one_name_are_refused_at_any_depth() {
        // S14: one reader would take the first actor, another the second.
        assert_eq!(
            error(r#"{"actor":1,"actor":2}"#),
            DecodeError::DuplicateKey("actor".into())
        );
        assert_eq!(
            error(r#"{"a":[{"b":{"c":1,"\u0063":2}}]}"#),
            DecodeError::DuplicateKey("c".into())
        );
    }

    #[test]
    fn limits_are_told_apart() {
        assert_eq!(
            decode(&vec![b' '; MAX_BYTES + 1]),
            Err(DecodeError::TooLarge)
        );
        assert_eq!(
            error(&format!(r#"{{"x":{}{}}}"#, "[".repeat(70), "]".repeat(70))),
            DecodeError::TooDeep
        );
        assert_eq!(
            error(&format!(r#"{{"x":[{}1]}}"#, "1,".repeat(MAX_NODES))),
            DecodeError::TooManyNodes
        );
        assert_eq!(error(r#"{"a":"#), DecodeError::InvalidJson);
        assert_eq!(error(r#"{"a":1} {}"#), DecodeError::InvalidJson);
        assert_eq!(error("\"text\""), DecodeError::NotAnObject);
    }

    #[test]
    fn a_long_list_of_objects_is_cut_instead_of_refused() {
        let text = format!(
            r#"{{"oneOf":[{}{{"name":"z"}}]}}"#,
            r#"{"name":"y"},"#.repeat(20_000)
        );

        let document = decode(text.as_bytes()).unwrap();

        assert_eq!(
            document.get("oneOf").unwrap().as_array().unwrap().len(),
            MAX_OBJECTS_PER_ARRAY
        );
    }

    #[test]
    fn nul_is_dropped_and_half_a_surrogate_pair_replaced() {
        let document =
            decode(r#"{"a\u0000":"b\u0000c","s":"\ud83d!","ok":"\ud83d\ude00"}"#.as_bytes())
                .unwrap();

        assert_eq!(document.get("a").unwrap(), "bc");
        assert_eq!(document.get("s").unwrap(), "\u{fffd}!");
        assert_eq!(document.get("ok").unwrap(), "😀");
    }

    #[test]
    fn the_context_may_be_a_string_or_in_a_list() {
        for good in [
            r#""https://www.w3.org/ns/activitystreams""#,
            r#"[{},"https://www.w3.org/ns/activitystreams"]"#,
        ] {
            assert!(decode_with_context(format!(r#"{{"@context":{good}}}"#).as_bytes()).is_ok());
        }
        for bad in [
            r#""https://evil.example/ns""#,
            "{}",
            "null",
            r#"{"x":"https://www.w3.org/ns/activitystreams"}"#,
        ] {
            let outcome = decode_with_context(format!(r#"{{"@context":{bad}}}"#).as_bytes());
            assert_eq!(outcome, Err(DecodeError::MissingContext));
        }
    }
}
