//! What an answer says whatever the service.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue, StatusCode, header};
use outgoing::Answer;
use secrecy::{ExposeSecret, SecretString};
use time::OffsetDateTime;

use crate::Failure;

/// No service is believed that asks to be left alone for longer.
const LONGEST_WAIT: Duration = Duration::from_hours(24);

/// How long we are asked to wait: `Retry-After`, in seconds or as a date (RFC 9110, 10.2.3).
pub(crate) fn retry_after(headers: &HeaderMap, now: OffsetDateTime) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => httpdate::parse_http_date(text)
            .ok()?
            .duration_since(SystemTime::from(now))
            .unwrap_or_default(),
    };
    Some(wait.min(LONGEST_WAIT))
}

/// A wait in milliseconds, as some services tell it.
pub(crate) fn milliseconds(wait: u64) -> Duration {
    Duration::from_millis(wait).min(LONGEST_WAIT)
}

/// What any status but success means where the service documents nothing closer.
pub(crate) fn failure(answer: &Answer, now: OffsetDateTime) -> Failure {
    let status = answer.status;
    let after = retry_after(&answer.headers, now);
    if is_passing(status) {
        return Failure::retry(after, format!("answered {status}"));
    }
    if status.is_redirection() {
        return Failure::refused(format!(
            "answered {status}: the address has moved, and redirects are not followed"
        ));
    }
    Failure::refused(format!("answered {status}"))
}

/// Whether a status speaks of now rather than of the request.
fn is_passing(status: StatusCode) -> bool {
    status.is_server_error()
        || status.is_success()
        || [
            StatusCode::REQUEST_TIMEOUT,
            StatusCode::TOO_EARLY,
            StatusCode::TOO_MANY_REQUESTS,
        ]
        .contains(&status)
}

/// A word of a service's documentation, such as `channel_not_found`; anything else is not repeated. None of them has a
/// digit, and hardly a token has none.
pub(crate) fn documented_word(text: &str) -> &str {
    let is_word = (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte == b'_' || byte.is_ascii_alphabetic());
    if is_word {
        text
    } else {
        "something unreadable"
    }
}

/// `Authorization: Bearer …`, masked in debug output.
pub(crate) fn bearer(token: &SecretString) -> Result<HeaderMap, Failure> {
    let text = format!("Bearer {}", token.expose_secret());
    let mut value = HeaderValue::from_str(&text)
        .map_err(|_| Failure::refused("the token holds signs that no token has"))?;
    value.set_sensitive(true);
    Ok(HeaderMap::from_iter([(header::AUTHORIZATION, value)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_wait_is_told_in_seconds_or_as_a_date_and_never_longer_than_a_day() {
        let now = datetime!(2026-11-22 12:00 UTC);
        for (text, expected) in [
            ("30", Some(30)),
            ("Sun, 22 Nov 2026 12:01:30 GMT", Some(90)),
            ("Sun, 22 Nov 2026 11:00:00 GMT", Some(0)),
            ("999999999", Some(24 * 60 * 60)),
            ("soon", None),
        ] {
            let headers =
                HeaderMap::from_iter([(header::RETRY_AFTER, HeaderValue::from_str(text).unwrap())]);

            assert_eq!(
                retry_after(&headers, now),
                expected.map(Duration::from_secs),
                "{text}"
            );
        }
    }

    #[test]
    fn only_words_of_a_documentation_are_repeated() {
        for (text, expected) in [
            ("channel_not_found", "channel_not_found"),
            ("M_FORBIDDEN", "M_FORBIDDEN"),
            ("xoxb-1-2 is not valid", "something unreadable"),
            ("syt_bW9vdA_x1", "something unreadable"),
            ("", "something unreadable"),
        ] {
            assert_eq!(documented_word(text), expected);
        }
    }
}
