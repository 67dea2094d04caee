//! Where tags begin and end in a text; what a tag may be called is in [`crate::hashtag`].

use super::Kind;
use crate::hashtag::name_length;

/// The tag at the beginning of `rest`, which begins with its sign.
pub(super) fn at_start(rest: &str, previous: Option<char>) -> Option<(usize, Kind<'_>)> {
    if previous.is_some_and(|c| !c.is_whitespace()) {
        return None;
    }
    let sign = rest.chars().next()?.len_utf8();
    let length = name_length(&rest[sign..])?;
    let mut name = &rest[sign..sign + length];
    if rest[sign + length..].starts_with("://") {
        // A link typed right behind a tag gives back its scheme.
        for scheme in ["https", "http"] {
            if let Some(shorter) = name.strip_suffix(scheme).filter(|name| !name.is_empty()) {
                name = shorter;
                break;
            }
        }
    }
    Some((sign + name.len(), Kind::Hashtag(name)))
}
