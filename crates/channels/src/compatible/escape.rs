//! Signs of three dialects of Markdown, written with their likes.

/// A sign that looks like this one and means nothing.
pub(super) fn markdown(sign: char) -> Option<&'static str> {
    match sign {
        // Slack's own links and mentions, which all three translate; Discord's mentions and times; Zulip's times.
        '<' => Some("\u{2039}"),
        '>' => Some("\u{203a}"),
        // Links and pictures.
        '[' => Some("("),
        ']' => Some(")"),
        // An escape would also take the meaning from the bracket that closes our own title.
        '\\' => Some("/"),
        '`' => Some("'"),
        // What stands between two of them is hidden (Discord), struck out, or bold.
        '|' => Some("\u{a6}"),
        '~' => Some("\u{223c}"),
        '*' => Some("\u{2217}"),
        _ => None,
    }
}
