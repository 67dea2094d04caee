//! Points in time as peers expect them.

use serde::{Serialize, Serializer};
use time::OffsetDateTime;

use crate::date;

/// Written in RFC 3339, UTC, whole seconds, with `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant(pub OffsetDateTime);

impl From<OffsetDateTime> for Instant {
    fn from(date: OffsetDateTime) -> Self {
        Self(date)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&date::write(self.0))
    }
}
