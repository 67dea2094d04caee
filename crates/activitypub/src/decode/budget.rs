//! Reading JSON while counting what it costs.
//!
//! serde's visitors can only say "error" in words, so the reason is kept here and fetched afterwards.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value, json};

use super::{DecodeError, MAX_DEPTH, MAX_NODES, MAX_OBJECTS_PER_ARRAY};

/// What is left of the allowance, and why reading stopped.
pub(super) struct Budget {
    nodes: Cell<usize>,
    reason: RefCell<Option<DecodeError>>,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            nodes: Cell::new(MAX_NODES),
            reason: RefCell::new(None),
        }
    }

    pub(super) fn read<'de, D: Deserializer<'de>>(&self, reader: D) -> Result<Value, D::Error> {
        Node {
            budget: self,
            depth: 0,
            shape: Shape::Plain,
        }
        .deserialize(reader)
    }

    /// Why reading failed; JSON's own errors leave no note.
    pub(super) fn reason(&self) -> DecodeError {
        self.reason
            .borrow()
            .clone()
            .unwrap_or(DecodeError::InvalidJson)
    }

    fn stop<E: serde::de::Error>(&self, reason: DecodeError) -> E {
        *self.reason.borrow_mut() = Some(reason);
        E::custom("limit reached")
    }

    fn take_node<E: serde::de::Error>(&self) -> Result<(), E> {
        let Some(left) = self.nodes.get().checked_sub(1) else {
            return Err(self.stop(DecodeError::TooManyNodes));
        };
        self.nodes.set(left);
        Ok(())
    }
}

/// How an object is kept.
#[derive(Clone, Copy)]
enum Shape {
    Plain,
    /// A language map: its order says which language comes first, and a `Map` would forget it. It is kept as a list of
    /// JSON-LD value objects, which [`crate::json::text_of`] understands.
    Languages,
}

#[derive(Clone, Copy)]
struct Node<'a> {
    budget: &'a Budget,
    depth: usize,
    shape: Shape,
}

impl Node<'_> {
    fn child<E: serde::de::Error>(self, shape: Shape) -> Result<Self, E> {
        if self.depth >= MAX_DEPTH {
            return Err(self.budget.stop(DecodeError::TooDeep));
        }
        Ok(Self {
            depth: self.depth + 1,
            shape,
            ..self
        })
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        self.budget.take_node()?;
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(without_nul(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(without_nul(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let seed = self.child(Shape::Plain)?;
        let mut kept = Vec::new();
        let mut objects = 0;
        while let Some(item) = items.next_element_seed(seed)? {
            objects += usize::from(item.is_object());
            kept.push(item);
            if objects == MAX_OBJECTS_PER_ARRAY {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                break;
            }
        }
        Ok(Value::Array(kept))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        let mut in_order = Vec::new();
        while let Some(key) = members.next_key::<String>()? {
            let key = without_nul(key);
            if map.contains_key(&key) {
                return Err(self.budget.stop(DecodeError::DuplicateKey(key)));
            }
            let value = members.next_value_seed(self.child(shape_under(&key))?)?;
            match self.shape {
                Shape::Plain => map.insert(key, value),
                Shape::Languages => {
                    in_order.push(json!({ "@language": key, "@value": value }));
                    map.insert(key, Value::Null)
                }
            };
        }
        Ok(match self.shape {
            Shape::Plain => Value::Object(map),
            Shape::Languages => Value::Array(in_order),
        })
    }
}

fn shape_under(key: &str) -> Shape {
    match key {
        "contentMap" | "nameMap" | "summaryMap" => Shape::Languages,
        _ => Shape::Plain,
    }
}

fn without_nul(text: String) -> String {
    if text.as_bytes().contains(&0) {
        text.replace('\0', "")
    } else {
        text
    }
}
