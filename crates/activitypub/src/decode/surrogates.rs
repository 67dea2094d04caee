//! Half a surrogate pair, written as `\ud83d` alone, is not Unicode; some peers cut texts there.
//!
//! serde refuses the whole document for it. We replace the half by U+FFFD before reading.

use std::borrow::Cow;

const REPLACEMENT: &[u8; 6] = br"\ufffd";

/// The same JSON with unpaired surrogate escapes replaced; borrowed when there are none.
pub(super) fn mend(json: &[u8]) -> Cow<'_, [u8]> {
    let mut mended: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(found) = json
        .get(at..)
        .and_then(|rest| rest.iter().position(|byte| *byte == b'\\'))
    {
        at += found;
        let Some(unit) = escape_at(json, at) else {
            at += 2; // any other escape is two bytes, of which the second may be a backslash
            continue;
        };
        let paired = is_high(unit) && escape_at(json, at + 6).is_some_and(is_low);
        if paired {
            at += 12;
            continue;
        }
        if is_high(unit) || is_low(unit) {
            mended.get_or_insert_with(|| json.to_vec())[at..at + 6].copy_from_slice(REPLACEMENT);
        }
        at += 6;
    }
    mended.map_or(Cow::Borrowed(json), Cow::Owned)
}

/// The UTF-16 unit of a `\uXXXX` that starts here.
fn escape_at(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix(br"\u")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

fn is_high(unit: u16) -> bool {
    (0xd800..0xdc00).contains(&unit)
}

fn is_low(unit: u16) -> bool {
    (0xdc00..0xe000).contains(&unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unpaired_halves_change() {
        for (before, after) in [
            (r"\ud83d\ude00", r"\ud83d\ude00"),
            (r"\ud83d x", r"\ufffd x"),
            (r"\ude00", r"\ufffd"),
            (r"\ud83d\ud83d\ude00", r"\ufffd\ud83d\ude00"),
            (r"\\ud83d", r"\\ud83d"),
            (r"\ud83", r"\ud83"),
        ] {
            assert_eq!(mend(before.as_bytes()), after.as_bytes(), "{before}");
        }
    }
}
