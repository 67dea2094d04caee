//! Making words harmless before a service's own signs are escaped.

use crate::{Message, Urgency};

/// The longest title. Slack's headers are the shortest of all services'
/// (<https://docs.slack.dev/reference/block-kit/blocks/header-block>).
pub(crate) const TITLE: usize = 150;
/// The longest text below it, of Slack's sections (<https://docs.slack.dev/reference/block-kit/blocks/section-block>);
/// others take 4096 (Discord), 10,000 (Zulip) and 16,383 (Mattermost).
pub(crate) const BODY: usize = 3000;
/// The longest label, of Slack's buttons (<https://docs.slack.dev/reference/block-kit/block-elements/button-element>).
pub(crate) const LABEL: usize = 75;

/// Stands before the title of what cannot wait.
const URGENT: &str = "\u{26a0}\u{fe0f} ";
/// Stands where something was cut.
const CUT: char = '\u{2026}';
/// Seen by nobody, and enough to keep a service from finding a mention or a link.
const NOTHING: char = '\u{200b}';

/// How a service writes a sign that would mean something to it.
pub(crate) type Escape = fn(char) -> Option<&'static str>;

/// The words of a message, cut and escaped.
pub(crate) struct Words {
    /// One line, never empty.
    pub(crate) title: String,
    /// Lines, or nothing.
    pub(crate) body: String,
    /// One line, never empty.
    pub(crate) label: String,
}

/// The words of a message for a service that looks for mentions and links in them.
pub(crate) fn words(message: &Message, escape: Escape) -> Words {
    let title = match one_line(&message.title) {
        empty if empty.is_empty() => one_line(&message.event),
        title => title,
    };
    let title = match message.urgency {
        Urgency::Normal => title,
        Urgency::High => format!("{URGENT}{title}"),
    };
    let label = match one_line(&message.link_label) {
        empty if empty.is_empty() => "\u{2192}".to_owned(),
        label => label,
    };
    Words {
        title: fit(&inert(&title), TITLE, escape),
        body: fit(&inert(&body(&message.lines)), BODY, escape),
        label: fit(&inert(&label), LABEL, escape),
    }
}

/// Lines, each one line, without empty ones.
pub(crate) fn body(lines: &[String]) -> String {
    let lines = lines.iter().map(|line| one_line(line));
    let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// One line: white space and control characters become one space, and what hides or turns letters is dropped.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::new();
    for sign in text.chars() {
        if sign.is_whitespace() || sign.is_control() {
            if !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_unseen(sign) {
            line.push(sign);
        }
    }
    line.trim().to_owned()
}

/// Signs without width, and those that turn the direction of what follows.
fn is_unseen(sign: char) -> bool {
    matches!(sign,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The same to the eye, without mentions (`@channel`, `@everyone`, `@room`, `@**all**`) and without links by
/// themselves: the only link in a message is its own.
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, sign) in text.char_indices() {
        out.push(sign);
        let rest = &text.as_bytes()[at..];
        let starts_link = rest.starts_with(b"://")
            || rest
                .get(..4)
                .is_some_and(|start| start.eq_ignore_ascii_case(b"www."));
        if sign == '@' || starts_link {
            out.push(NOTHING);
        }
    }
    out
}

/// As much as fits when escaped, counted in UTF-16 as the services do, with a mark where something is missing.
pub(crate) fn fit(text: &str, longest: usize, escape: Escape) -> String {
    let mut out = String::new();
    let mut length = 0;
    let mut before_mark = 0;
    for sign in text.chars() {
        let written = escape(sign);
        length += written.map_or(sign.len_utf16(), |text| text.encode_utf16().count());
        if length > longest {
            out.truncate(before_mark);
            out.push(CUT);
            return out;
        }
        match written {
            Some(text) => out.push_str(text),
            None => out.push(sign),
        }
        if length < longest {
            before_mark = out.len();
        }
    }
    out
}

/// For what needs no escaping.
pub(crate) fn as_it_is(_: char) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_end_inside_and_nothing_unseen() {
        assert_eq!(
            one_line("  one\r\nPRIVMSG\u{2028}two\0\u{202e}three\u{200b} "),
            "one PRIVMSG two three"
        );
    }

    #[test]
    fn mentions_and_links_are_broken_and_look_the_same() {
        let inert = inert("@everyone see https://evil.example WWW.evil.example a@b");

        assert!(!inert.contains("@e") && !inert.contains("://") && !inert.contains("WWW"));
        assert_eq!(
            inert.replace(NOTHING, ""),
            "@everyone see https://evil.example WWW.evil.example a@b"
        );
    }

    #[test]
    fn what_is_cut_fits_when_escaped_and_says_so() {
        let escape: Escape = |sign| (sign == '&').then_some("&amp;");

        assert_eq!(fit("abc", 3, escape), "abc");
        assert_eq!(fit("abcd", 3, escape), "ab\u{2026}");
        assert_eq!(fit("a&b", 7, escape), "a&amp;b");
        assert_eq!(fit("a&bc", 7, escape), "a&amp;\u{2026}");
        assert_eq!(fit("a&&", 7, escape), "a&amp;\u{2026}");
        assert_eq!(fit("\u{1f600}\u{1f600}", 3, as_it_is), "\u{1f600}\u{2026}");
        assert_eq!(fit("", 3, as_it_is), "");
    }

    #[test]
    fn a_hundred_thousand_signs_are_cut_at_any_limit() {
        let text = "&\u{1f600}<".repeat(25_000);
        for longest in [1, TITLE, BODY, LABEL] {
            let fitted = fit(&text, longest, |sign| (sign == '&').then_some("&amp;"));

            assert!(fitted.encode_utf16().count() <= longest);
            assert!(fitted.ends_with(CUT));
        }
    }
}
