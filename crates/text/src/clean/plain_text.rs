//! What a reader sees of cleaned HTML, without markup.

use super::tokens::{Token, Tokens};

/// Cleaned HTML as plain text, trimmed.
pub(crate) fn plain_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for token in Tokens::new(html) {
        let (name, is_start) = match &token {
            Token::Text(text) => {
                push_decoded(&mut out, text);
                continue;
            }
            Token::Start(tag) => (tag.name.as_str(), true),
            Token::End(name) => (name.as_str(), false),
        };
        match name {
            "br" => out.push('\n'),
            "p" | "blockquote" | "pre" | "ul" | "ol" | "table" | "h2" | "h3" | "h4" | "h5"
            | "h6" => end_paragraph(&mut out),
            "li" | "tr" if is_start => end_line(&mut out),
            _ => {}
        }
    }
    out.trim().to_owned()
}

fn end_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn end_paragraph(out: &mut String) {
    if out.is_empty() || out.ends_with("\n\n") {
        return;
    }
    end_line(out);
    out.push('\n');
}

/// Decodes the references in common use, and numbers; others stay as they are.
fn push_decoded(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((c, length)) = reference(rest) {
            out.push(c);
            rest = &rest[length..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
}

/// The character that `text`, which begins with `&`, refers to, and the bytes it takes.
fn reference(text: &str) -> Option<(char, usize)> {
    let body: &[u8] = text.as_bytes();
    let end = body.iter().take(12).position(|b| *b == b';')?;
    let name = text.get(1..end)?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "sbquo" => '‚',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "laquo" => '«',
        "raquo" => '»',
        "bull" => '•',
        "middot" => '·',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "deg" => '°',
        "sect" => '§',
        "euro" => '€',
        "times" => '×',
        "shy" => '\u{AD}',
        "zwj" => '\u{200D}',
        "zwnj" => '\u{200C}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
    };
    Some((c, end + 1))
}
