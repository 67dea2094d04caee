//! The scalars of the API that serde would not print as Mastodon does.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer, ser::SerializeSeq};
use time::OffsetDateTime;

/// An id: a 64-bit number, printed as a string because JavaScript cannot hold it otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Id(pub i64);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A moment in UTC, printed with milliseconds: `2026-01-02T03:04:05.678Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timestamp(pub OffsetDateTime);

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let at = self.0.to_offset(time::UtcOffset::UTC);
        let (date, time) = (at.date(), at.time());
        serializer.collect_str(&format_args!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            date.year(),
            u8::from(date.month()),
            date.day(),
            time.hour(),
            time.minute(),
            time.second(),
            time.millisecond(),
        ))
    }
}

/// A moment of which only the day is told, printed as that day's midnight in UTC.
///
/// Mastodon coarsens the creation time of accounts so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Midnight(pub OffsetDateTime);

impl Serialize for Midnight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let day = self.0.to_offset(time::UtcOffset::UTC).date();
        Timestamp(day.midnight().assume_utc()).serialize(serializer)
    }
}

/// A day, printed as `2026-01-02`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date(pub time::Date);

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!(
            "{:04}-{:02}-{:02}",
            self.0.year(),
            u8::from(self.0.month()),
            self.0.day(),
        ))
    }
}

/// A list that is always empty: its subject does not exist here, yet apps expect the key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EmptyList;

impl Serialize for EmptyList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_seq(Some(0))?.end()
    }
}

/// Scalars are described where they stand.
impl JsonSchema for Id {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^-?[0-9]+$"})
    }
}

impl JsonSchema for Timestamp {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "date-time"})
    }
}

impl JsonSchema for Midnight {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Midnight".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Timestamp::json_schema(generator)
    }
}

impl JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "date"})
    }
}

impl JsonSchema for EmptyList {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "EmptyList".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "maxItems": 0})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{json, to_value};
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn ids_are_strings() {
        let id = Id(115_000_000_000_000_001);

        assert_eq!(to_value(id).unwrap(), json!("115000000000000001"));
    }

    #[test]
    fn a_timestamp_is_in_utc_with_exactly_three_decimals() {
        let told_in_another_zone = Timestamp(datetime!(2026-01-02 05:04:05.678_9 +2));
        let whole_second = Timestamp(datetime!(2026-01-02 03:04:05 UTC));

        let printed = to_value([told_in_another_zone, whole_second]).unwrap();

        assert_eq!(
            printed,
            json!(["2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.000Z"])
        );
    }

    #[test]
    fn days_are_told_without_their_hours() {
        let created = Midnight(datetime!(2026-01-02 03:04:05 UTC));
        let last_status = Date(date!(2026 - 11 - 09));

        assert_eq!(
            to_value(created).unwrap(),
            json!("2026-01-02T00:00:00.000Z")
        );
        assert_eq!(to_value(last_status).unwrap(), json!("2026-11-09"));
    }

    #[test]
    fn an_empty_list_is_a_list() {
        assert_eq!(to_value(EmptyList).unwrap(), json!([]));
    }
}
