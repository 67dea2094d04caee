//! The two HTML jobs of this crate: undoing escapes in addresses and escaping words into the HTML we compose.
//!
//! Cleaning what strangers wrote is not done here.

use std::borrow::Cow;

/// Decodes the escapes of an ampersand that appear in addresses.
pub(crate) fn unescape(address: &str) -> Cow<'_, str> {
    if !address.contains('&') {
        return Cow::Borrowed(address);
    }
    let mut plain = address.to_owned();
    for escape in ["&#038;", "&#38;", "&#x26;", "&amp;"] {
        if plain.contains(escape) {
            plain = plain.replace(escape, "&");
        }
    }
    Cow::Owned(plain)
}

/// Text made safe to stand in HTML, also inside a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_text_holds_no_markup() {
        assert_eq!(
            escape(r#"<b a="1">&'"#),
            "&lt;b a=&quot;1&quot;&gt;&amp;&#39;"
        );
    }
}
