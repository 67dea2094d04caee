//! What an activity is about: an id, or a copy of the thing.

use serde_json::Value;

use crate::json;

/// An object named or included by a document. A copy is only as good as its sender.
#[derive(Debug, Clone, PartialEq)]
pub enum ObjectRef {
    /// Named by id.
    Iri(String),
    /// Included, possibly with an id of its own.
    Embedded(Value),
}

impl ObjectRef {
    /// A string or an object; anything else is as good as absent.
    pub fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::String(id) if !id.is_empty() => Some(Self::Iri(id.clone())),
            Value::Object(_) => Some(Self::Embedded(value.clone())),
            _ => None,
        }
    }

    /// All of a property's values.
    pub fn list(value: &Value) -> Vec<Self> {
        json::list_of(value).filter_map(Self::from_value).collect()
    }

    /// The id, whichever way it came.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Iri(id) => Some(id),
            Self::Embedded(object) => json::id_of(object),
        }
    }

    /// The included copy.
    pub fn embedded(&self) -> Option<&Value> {
        match self {
            Self::Iri(_) => None,
            Self::Embedded(object) => Some(object),
        }
    }

    /// Whether an included copy calls itself that type.
    pub fn has_type(&self, name: &str) -> bool {
        self.embedded()
            .is_some_and(|object| json::has_type(object, name))
    }
}
