//! Points in time as servers write them.

use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

/// RFC 3339, also without a zone (then UTC), with a zone lacking its colon (Threads), or with a bare date.
pub(crate) fn parse(text: &str) -> Option<OffsetDateTime> {
    let text = text.trim();
    if text.len() > 64 || !text.is_ascii() {
        return None;
    }
    let parsed = OffsetDateTime::parse(text, &Rfc3339)
        .ok()
        .or_else(|| OffsetDateTime::parse(&mended(text)?, &Rfc3339).ok())?;
    Some(parsed.to_offset(UtcOffset::UTC)).filter(|date| (0..=9999).contains(&date.year()))
}

/// The same text with what RFC 3339 wants and peers leave out.
fn mended(text: &str) -> Option<String> {
    if text.len() == 10 {
        return Some(format!("{text}T00:00:00Z"));
    }
    let zone = text.get(text.len().checked_sub(5)?..)?;
    if zone.starts_with(['+', '-']) && zone[1..].bytes().all(|digit| digit.is_ascii_digit()) {
        return Some(format!(
            "{}:{}",
            &text[..text.len() - 2],
            &text[text.len() - 2..]
        ));
    }
    Some(format!("{text}Z"))
}

/// As we write it: UTC with `Z`, whole seconds.
pub(crate) fn write(date: OffsetDateTime) -> String {
    let date = date.to_offset(UtcOffset::UTC);
    let (year, month, day) = date.to_calendar_date();
    let (hour, minute, second) = date.to_hms();
    format!(
        "{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z",
        u8::from(month)
    )
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn near_misses_of_rfc_3339_are_understood() {
        for text in [
            "2026-08-01T09:59:00Z",
            "2026-08-01T02:59:00-0700",
            "2026-08-01T11:59:00+02:00",
            "2026-08-01T09:59:00.000000+00:00",
            "2026-08-01T09:59:00",
        ] {
            assert_eq!(
                parse(text),
                Some(datetime!(2026-08-01 09:59:00 UTC)),
                "{text}"
            );
        }
        for text in [
            "",
            "123",
            "yesterday",
            "99999-01-01T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "é",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_written_in_utc() {
        assert_eq!(
            write(datetime!(2026-08-01 12:00:00.5 +02:00)),
            "2026-08-01T10:00:00Z"
        );
    }
}
