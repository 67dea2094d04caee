//! Character references (`&amp;`) on their way through the cleaner.
//!
//! The parser behind ammonia copies a text anew for each reference and each line end in it, its
//! writer for each hard space, and a megabyte of them takes hours (S62). So they see none: [`hide`] puts
//! noncharacters, which no text may hold (Unicode 23.7), in their place, and [`restore`] brings them back in one form.

use std::borrow::Cow;

const AMPERSAND: char = '\u{FDD0}';
const LESS: char = '\u{FDD1}';
const GREATER: char = '\u{FDD2}';
const QUOTE: char = '\u{FDD3}';
const LINE_END: char = '\u{FDD4}';
const HARD_SPACE: char = '\u{FDD5}';

/// No name of a reference is longer, in bytes.
const MAX_NAME: usize = 32;

/// Text without NUL, which HTML has not, without the noncharacters used here, and with every line end as one
/// character.
pub(super) fn prepare(html: &str) -> Cow<'_, str> {
    let is_unwanted = |c| matches!(c, '\0' | '\r' | AMPERSAND..=HARD_SPACE);
    if !html.contains(is_unwanted) {
        return Cow::Borrowed(html);
    }
    let lines = html.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(lines.replace(is_unwanted, ""))
}

/// Writes raw text, in which references are not decoded, so that nothing in it is special.
pub(super) fn hide(raw: &str, out: &mut String) {
    for (at, c) in raw.char_indices() {
        let hidden = match c {
            '&' => AMPERSAND,
            '<' => LESS,
            '>' => GREATER,
            '\n' => LINE_END,
            '\u{A0}' => HARD_SPACE,
            _ => c,
        };
        out.push(hidden);
        if c == '&' && !is_reference(&raw[at..]) {
            out.push_str("amp;");
        }
    }
}

/// Writes a raw attribute value to stand between double quotes.
pub(super) fn hide_value(raw: &str, out: &mut String) {
    for (at, part) in raw.split('"').enumerate() {
        if at > 0 {
            out.push(QUOTE);
        }
        hide(part, out);
    }
}

/// Writes HTML in which the two above have hidden things.
pub(super) fn restore(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    for c in html.chars() {
        match c {
            AMPERSAND => out.push('&'),
            LESS => out.push_str("&lt;"),
            GREATER => out.push_str("&gt;"),
            QUOTE => out.push_str("&quot;"),
            LINE_END => out.push('\n'),
            HARD_SPACE => out.push('\u{A0}'),
            _ => out.push(c),
        }
    }
    out
}

/// Whether `text`, which begins with `&`, begins with something in the form of a reference. What is none
/// for a browser either, is shown as it stands.
fn is_reference(text: &str) -> bool {
    let bytes = &text.as_bytes()[1..];
    let Some(end) = bytes.iter().take(MAX_NAME).position(|b| *b == b';') else {
        return false;
    };
    match &bytes[..end] {
        [b'#', b'x' | b'X', digits @ ..] => {
            !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit)
        }
        [b'#', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        [first, rest @ ..] => {
            first.is_ascii_alphabetic() && rest.iter().all(u8::is_ascii_alphanumeric)
        }
        [] => false,
    }
}
