//! Short plain forms of a text, for page titles and previews on other sites.

use unicode_segmentation::UnicodeSegmentation;

use crate::SafeHtml;

/// The beginning of a text on one line, at most `max_chars` characters as people see them, cut
/// between words where there is a gap in the last third and ended with `…` where something is left out.
pub fn excerpt(html: &SafeHtml, max_chars: usize) -> String {
    let line = html
        .to_text()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let Some((cut, _)) = line.grapheme_indices(true).nth(max_chars) else {
        return line;
    };
    let Some((last, _)) = line[..cut].grapheme_indices(true).next_back() else {
        return String::new();
    };
    let kept = &line[..last];
    let kept = match kept.rfind(' ') {
        Some(gap) if gap > kept.len() * 2 / 3 => &kept[..gap],
        _ => kept,
    };
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_line_and_no_longer_than_asked() {
        let html = SafeHtml::clean("<p>One two</p><p>three four&amp;five</p>");

        assert_eq!(excerpt(&html, 100), "One two three four&five");
        assert_eq!(excerpt(&html, 23), "One two three four&five");
        assert_eq!(excerpt(&html, 16), "One two three…");
        assert_eq!(excerpt(&html, 1), "…");
        assert_eq!(excerpt(&html, 0), "");
    }
}
