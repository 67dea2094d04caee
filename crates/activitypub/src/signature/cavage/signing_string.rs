//! The text that is signed: one line per covered name, in the order they are listed.

use std::fmt::Write as _;

use crate::signature::RequestParts;

/// Builds it; `None` when a covered header is absent or a time parameter missing.
pub(super) fn build(
    covered: &[String],
    request: &RequestParts<'_>,
    target: &str,
    times: (Option<i64>, Option<i64>),
) -> Option<String> {
    let mut text = String::with_capacity(64 * covered.len() + target.len());
    for name in covered {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(name);
        text.push_str(": ");
        match name.as_str() {
            "(request-target)" => {
                text.extend(
                    request
                        .method
                        .as_str()
                        .chars()
                        .map(|letter| letter.to_ascii_lowercase()),
                );
                text.push(' ');
                text.push_str(target);
            }
            "(created)" => write!(text, "{}", times.0?).ok()?,
            "(expires)" => write!(text, "{}", times.1?).ok()?,
            header => {
                if !request.write_header(header, &mut text) {
                    return None;
                }
            }
        }
    }
    Some(text)
}
