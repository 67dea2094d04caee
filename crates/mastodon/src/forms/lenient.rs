//! Reading values the way Rails reads parameters.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// A scalar as apps may write it, or anything else, which counts as absent.
enum Scalar {
    Text(String),
    Flag(bool),
    Integer(i64),
    Decimal(f64),
    Absent,
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar::Flag(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
        Ok(i64::try_from(value).map_or(Scalar::Absent, Scalar::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
        Ok(Scalar::Decimal(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Scalar, E> {
        Ok(Scalar::Text(value))
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Absent)
    }

    fn visit_none<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Absent)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Scalar, D::Error> {
        Scalar::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Scalar, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Absent)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Scalar, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Absent)
    }
}

impl Scalar {
    fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Flag(flag) => Some(flag.to_string()),
            Self::Integer(number) => Some(number.to_string()),
            Self::Decimal(number) => Some(number.to_string()),
            Self::Absent => None,
        }
    }

    /// What Rails takes for false is false, nothing is absent, and all else is true.
    fn into_flag(self) -> Option<bool> {
        match self {
            Self::Text(text) => match text.as_str() {
                "" => None,
                "0" | "f" | "F" | "false" | "FALSE" | "off" | "OFF" => Some(false),
                _ => Some(true),
            },
            Self::Flag(flag) => Some(flag),
            Self::Integer(number) => Some(number != 0),
            Self::Decimal(_) => Some(true),
            Self::Absent => None,
        }
    }

    fn into_number(self) -> Option<i64> {
        match self {
            Self::Text(text) => text.trim().parse().ok(),
            Self::Integer(number) => Some(number),
            Self::Flag(_) | Self::Decimal(_) | Self::Absent => None,
        }
    }
}

/// Text; a number or flag is taken as its text.
pub(super) fn text<'de, D: Deserializer<'de>>(source: D) -> Result<Option<String>, D::Error> {
    Scalar::deserialize(source).map(Scalar::into_text)
}

/// A flag, however it is written.
pub(super) fn flag<'de, D: Deserializer<'de>>(source: D) -> Result<Option<bool>, D::Error> {
    Scalar::deserialize(source).map(Scalar::into_flag)
}

/// A whole number, also as text; what is none counts as absent.
pub(super) fn number<'de, D: Deserializer<'de>>(source: D) -> Result<Option<i64>, D::Error> {
    Scalar::deserialize(source).map(Scalar::into_number)
}

/// A list of texts; one value is a list of one, and a map gives its values.
pub(super) fn texts<'de, D: Deserializer<'de>>(source: D) -> Result<Option<Vec<String>>, D::Error> {
    let scalars: Option<Vec<Scalar>> = one_or_many(source)?;
    Ok(scalars.map(|scalars| scalars.into_iter().filter_map(Scalar::into_text).collect()))
}

/// A list of ids; what is no number is left out.
pub(super) fn ids<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<i64>, D::Error> {
    let scalars: Option<Vec<Scalar>> = one_or_many(source)?;
    let scalars = scalars.unwrap_or_default();
    Ok(scalars
        .into_iter()
        .filter_map(Scalar::into_number)
        .collect())
}

/// A list of structs; a map with the index for a key gives its values.
///
/// A list in which nothing is a struct counts as absent and not as an empty one, so that a
/// mangled form never wipes what is there.
pub(super) fn structs<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    source: D,
) -> Result<Option<Vec<T>>, D::Error> {
    let items: Option<Vec<StructOrNothing<T>>> = one_or_many(source)?;
    let Some(items) = items else {
        return Ok(None);
    };
    let meant_to_be_empty = items.is_empty();
    let structs: Vec<T> = items.into_iter().filter_map(|item| item.0).collect();
    Ok((meant_to_be_empty || !structs.is_empty()).then_some(structs))
}

/// A struct where one is meant, and nothing where something else stands.
pub(super) fn structure<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    source: D,
) -> Result<Option<T>, D::Error> {
    StructOrNothing::deserialize(source).map(|item| item.0)
}

fn one_or_many<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    source: D,
) -> Result<Option<Vec<T>>, D::Error> {
    source.deserialize_any(OneOrMany(std::marker::PhantomData))
}

struct OneOrMany<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Some(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some((_, item)) = entries.next_entry::<IgnoredAny, T>()? {
            list.push(item);
        }
        Ok(Some(list))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Self::Value, E> {
        T::deserialize(serde::de::value::StrDeserializer::new(value)).map(|item| Some(vec![item]))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Self::Value, E> {
        T::deserialize(serde::de::value::I64Deserializer::new(value)).map(|item| Some(vec![item]))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Self::Value, E> {
        T::deserialize(serde::de::value::U64Deserializer::new(value)).map(|item| Some(vec![item]))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Self::Value, D::Error> {
        source.deserialize_any(self)
    }
}

/// A struct, or anything else, which counts as absent.
struct StructOrNothing<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for StructOrNothing<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StructVisitor(std::marker::PhantomData))
    }
}

struct StructVisitor<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for StructVisitor<T> {
    type Value = StructOrNothing<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        let entries = serde::de::value::MapAccessDeserializer::new(entries);
        T::deserialize(entries).map(|item| StructOrNothing(Some(item)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(StructOrNothing(None))
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(StructOrNothing(None))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(StructOrNothing(None))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(StructOrNothing(None))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(StructOrNothing(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(StructOrNothing(None))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(StructOrNothing(None))
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(StructOrNothing(None))
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Self::Value, D::Error> {
        source.deserialize_any(self)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Form {
        #[serde(deserialize_with = "text")]
        text: Option<String>,
        #[serde(deserialize_with = "flag")]
        flag: Option<bool>,
        #[serde(deserialize_with = "number")]
        number: Option<i64>,
        #[serde(deserialize_with = "texts")]
        texts: Option<Vec<String>>,
        #[serde(deserialize_with = "ids")]
        ids: Vec<i64>,
        #[serde(deserialize_with = "structs")]
        structs: Option<Vec<Inner>>,
        #[serde(deserialize_with = "structure")]
        structure: Option<Inner>,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Inner {
        #[serde(deserialize_with = "text")]
        name: Option<String>,
    }

    fn form(value: Value) -> Form {
        from_value(value).unwrap()
    }

    #[test]
    fn flags_are_read_as_rails_reads_them() {
        let readings = [
            (json!(true), Some(true)),
            (json!("true"), Some(true)),
            (json!("1"), Some(true)),
            (json!(1), Some(true)),
            (json!("on"), Some(true)),
            (json!("yes"), Some(true)),
            (json!(false), Some(false)),
            (json!("false"), Some(false)),
            (json!("0"), Some(false)),
            (json!(0), Some(false)),
            (json!("off"), Some(false)),
            (json!(""), None),
            (json!(null), None),
            (json!([true]), None),
        ];

        for (written, read) in readings {
            assert_eq!(form(json!({"flag": written})).flag, read, "{written}");
        }
    }

    #[test]
    fn numbers_may_be_text_and_text_may_be_a_number() {
        let read = form(json!({"text": 12, "number": " 34"}));

        assert_eq!(read.text.as_deref(), Some("12"));
        assert_eq!(read.number, Some(34));
        assert_eq!(form(json!({"number": "many"})).number, None);
        assert_eq!(form(json!({"number": u64::MAX})).number, None);
    }

    #[test]
    fn one_value_and_an_indexed_map_are_lists() {
        let one = form(json!({"texts": "a", "ids": 5}));
        let many = form(json!({"texts": ["a", 2], "ids": ["1", "x", 3]}));
        let indexed = form(json!({"texts": {"0": "a", "1": "b"}}));

        assert_eq!((one.texts, one.ids), (Some(vec!["a".into()]), vec![5]));
        assert_eq!(many.texts, Some(vec!["a".into(), "2".into()]));
        assert_eq!(many.ids, [1, 3]);
        assert_eq!(indexed.texts, Some(vec!["a".into(), "b".into()]));
    }

    #[test]
    fn structs_come_as_lists_or_indexed_maps() {
        let name = |name: &str| Inner {
            name: Some(name.into()),
        };

        let list = form(json!({"structs": [{"name": "a"}, "junk"]}));
        let indexed = form(json!({"structs": {"0": {"name": "a"}, "1": {"name": "b"}}}));

        assert_eq!(list.structs, Some(vec![name("a")]));
        assert_eq!(indexed.structs, Some(vec![name("a"), name("b")]));
    }

    #[test]
    fn what_is_of_an_impossible_type_is_absent() {
        let read = form(json!({
            "text": {"a": 1}, "flag": [], "number": {}, "texts": true, "structs": 1, "structure": "x",
        }));

        assert_eq!(read, Form::default());
    }
}
