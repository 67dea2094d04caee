//! Rails' way of writing trees as pairs: `ids[]=1`, `source[privacy]=public`, `poll[options][]=a`.
//!
//! Mastodon's apps send forms so. Source: the behaviour of Rack's query parser, whose rule for
//! lists of structs is kept: a key that the last struct already has begins the next one.

use serde_json::{Map, Value};

/// Deeper than this is nobody's form.
const MAX_DEPTH: usize = 8;
/// More pairs than this are nobody's form.
pub(super) const MAX_PAIRS: usize = 2000;

/// The pairs contradict each other or nest too deep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tangled;

/// Reads pairs in percent encoding.
pub(super) fn parse(encoded: &[u8], tree: &mut Map<String, Value>) -> Result<(), Tangled> {
    for (count, (key, value)) in url::form_urlencoded::parse(encoded).enumerate() {
        if count >= MAX_PAIRS {
            return Err(Tangled);
        }
        insert(tree, &key, value.into_owned())?;
    }
    Ok(())
}

/// Puts one pair into the tree.
pub(super) fn insert(
    tree: &mut Map<String, Value>,
    key: &str,
    value: String,
) -> Result<(), Tangled> {
    let (name, steps) = split(key);
    if name.is_empty() {
        return Ok(());
    }
    if steps.len() > MAX_DEPTH {
        return Err(Tangled);
    }
    let slot = tree.entry(name).or_insert(Value::Null);
    put(slot, &steps, value)
}

/// `a[b][]` is `a` with the steps `b` and nothing. What is not well-formed is one plain name.
fn split(key: &str) -> (&str, Vec<&str>) {
    let Some((name, rest)) = key.split_once('[') else {
        return (key, Vec::new());
    };
    let Some(rest) = rest.strip_suffix(']') else {
        return (key, Vec::new());
    };
    (name, rest.split("][").collect())
}

fn put(slot: &mut Value, steps: &[&str], value: String) -> Result<(), Tangled> {
    let Some((step, rest)) = steps.split_first() else {
        *slot = Value::String(value);
        return Ok(());
    };
    if step.is_empty() {
        let list = as_list(slot)?;
        if begins_an_item(list.last(), rest) {
            list.push(Value::Null);
        }
        let item = list.last_mut().expect("an item was just made sure of");
        return put(item, rest, value);
    }
    let object = as_object(slot)?;
    put(object.entry(*step).or_insert(Value::Null), rest, value)
}

fn begins_an_item(last: Option<&Value>, rest: &[&str]) -> bool {
    match (last, rest) {
        (Some(Value::Object(last)), [key]) => last.contains_key(*key),
        (Some(Value::Object(last)), [key, ..]) => last.get(*key).is_some_and(Value::is_string),
        _ => true,
    }
}

fn as_list(slot: &mut Value) -> Result<&mut Vec<Value>, Tangled> {
    if slot.is_null() {
        *slot = Value::Array(Vec::new());
    }
    slot.as_array_mut().ok_or(Tangled)
}

fn as_object(slot: &mut Value) -> Result<&mut Map<String, Value>, Tangled> {
    if slot.is_null() {
        *slot = Value::Object(Map::new());
    }
    slot.as_object_mut().ok_or(Tangled)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tree(encoded: &str) -> Value {
        let mut tree = Map::new();
        parse(encoded.as_bytes(), &mut tree).unwrap();
        Value::Object(tree)
    }

    #[test]
    fn brackets_nest() {
        assert_eq!(
            tree("status=a+b%21&n=1"),
            json!({"status": "a b!", "n": "1"})
        );
        assert_eq!(tree("ids[]=1&ids%5B%5D=2"), json!({"ids": ["1", "2"]}));
        assert_eq!(
            tree("source[privacy]=x"),
            json!({"source": {"privacy": "x"}})
        );
        assert_eq!(
            tree("poll[options][]=a&poll[options][]=b&poll[multiple]=1"),
            json!({"poll": {"options": ["a", "b"], "multiple": "1"}})
        );
    }

    #[test]
    fn a_repeated_key_begins_the_next_struct_of_a_list() {
        assert_eq!(
            tree("f[][name]=a&f[][value]=b&f[][name]=c"),
            json!({"f": [{"name": "a", "value": "b"}, {"name": "c"}]})
        );
        assert_eq!(
            tree("f[0][name]=a&f[1][name]=b"),
            json!({"f": {"0": {"name": "a"}, "1": {"name": "b"}}})
        );
    }

    #[test]
    fn the_last_of_several_plain_values_counts() {
        assert_eq!(tree("a=1&a=2"), json!({"a": "2"}));
    }

    #[test]
    fn half_a_bracket_is_a_name() {
        assert_eq!(tree("a[b=1&[x]=2"), json!({"a[b": "1"}));
    }

    #[test]
    fn contradictions_and_depth_are_refused() {
        let mut tree = Map::new();

        assert_eq!(parse(b"a=1&a[b]=2", &mut tree), Err(Tangled));
        assert_eq!(parse(b"c[][][][][][][][][][]=2", &mut tree), Err(Tangled));
    }
}
