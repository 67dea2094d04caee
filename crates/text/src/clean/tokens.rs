//! Splits HTML into text and tags in one forward walk.
//!
//! It follows the tokeniser of the HTML standard, but keeps character references as they are (ammonia decodes them
//! later), and passes over comments and over elements whose content is not markup, contents included.

/// A piece of HTML. Texts and attribute values are raw: their character references are not decoded.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    Start(Tag<'a>),
    /// An end tag's name in lower case.
    End(String),
}

/// A start tag with its name in lower case.
#[derive(Debug, PartialEq)]
pub(super) struct Tag<'a> {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, &'a str)>,
    pub(super) closes_itself: bool,
}

impl<'a> Tag<'a> {
    /// The raw value of an attribute; the first counts, as in browsers.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| *value)
    }
}

/// More attributes than this are not looked at; no listed element has more than six of interest.
const MAX_ATTRIBUTES: usize = 64;

/// Elements whose content is text for scripts, styles or boxes; they go with all they hold.
const RAW: [&str; 10] = [
    "script",
    "style",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "title",
    "textarea",
    "plaintext",
];

/// The tokens of a piece of HTML.
pub(super) struct Tokens<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) const fn new(source: &'a str) -> Self {
        Self { source, at: 0 }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.source.as_bytes().get(at).copied()
    }

    /// Where the next thing begins that a browser would take for markup.
    fn next_markup(&self) -> usize {
        let mut from = self.at;
        while let Some(found) = self.source[from..].find('<') {
            let open = from + found;
            if let Some(b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?') = self.byte(open + 1) {
                return open;
            }
            from = open + 1;
        }
        self.source.len()
    }

    /// Moves behind the next occurrence of `end`, or to the end of all.
    fn skip_past(&mut self, end: &str) {
        self.at = match self.source[self.at..].find(end) {
            Some(found) => self.at + found + end.len(),
            None => self.source.len(),
        };
    }

    fn skip_comment(&mut self) {
        self.at += "<!--".len();
        for abrupt in [">", "->"] {
            if self.source[self.at..].starts_with(abrupt) {
                self.at += abrupt.len();
                return;
            }
        }
        while let Some(found) = self.source[self.at..].find("--") {
            self.at += found + 1;
            for end in ["->", "-!>"] {
                if self.source[self.at..].starts_with(end) {
                    self.at += end.len();
                    return;
                }
            }
        }
        self.at = self.source.len();
    }

    /// Moves behind the end tag of a raw element, which only its own name can end.
    fn skip_raw(&mut self, name: &str) {
        if name == "plaintext" {
            self.at = self.source.len();
            return;
        }
        while let Some(found) = self.source[self.at..].find("</") {
            self.at += found + 2;
            let bytes = &self.source.as_bytes()[self.at..];
            let named = bytes
                .get(..name.len())
                .is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()));
            let ended = bytes
                .get(name.len())
                .is_some_and(|&b| is_space(b) || b == b'/' || b == b'>');
            if named && ended {
                self.skip_past(">");
                return;
            }
        }
        self.at = self.source.len();
    }

    /// The name at the position, in lower case.
    fn name(&mut self) -> String {
        let begin = self.at;
        while self
            .byte(self.at)
            .is_some_and(|b| !is_space(b) && b != b'/' && b != b'>')
        {
            self.at += 1;
        }
        self.source[begin..self.at].to_ascii_lowercase()
    }

    /// What follows a tag's name, up to and with its `>`. A tag that never ends is no tag: `None`.
    fn attributes(&mut self) -> Option<(Vec<(String, &'a str)>, bool)> {
        let mut attributes = Vec::new();
        let mut closes_itself = false;
        loop {
            match self.byte(self.at)? {
                b'>' => {
                    self.at += 1;
                    return Some((attributes, closes_itself));
                }
                b'/' => {
                    closes_itself = self.byte(self.at + 1) == Some(b'>');
                    self.at += 1;
                }
                b if is_space(b) => self.at += 1,
                _ => {
                    let attribute = self.attribute()?;
                    if attributes.len() < MAX_ATTRIBUTES {
                        attributes.push(attribute);
                    }
                }
            }
        }
    }

    fn attribute(&mut self) -> Option<(String, &'a str)> {
        let begin = self.at;
        self.at += 1; // a leading `=` belongs to the name
        while self
            .byte(self.at)
            .is_some_and(|b| !is_space(b) && !matches!(b, b'/' | b'>' | b'='))
        {
            self.at += 1;
        }
        let source = self.source;
        let name = String::from_utf8_lossy(&source.as_bytes()[begin..self.at]).to_ascii_lowercase();
        self.skip_space();
        if self.byte(self.at)? != b'=' {
            return Some((name, ""));
        }
        self.at += 1;
        self.skip_space();

        let value = if let quote @ (b'"' | b'\'') = self.byte(self.at)? {
            let begin = self.at + 1;
            let length = source[begin..].find(char::from(quote))?;
            self.at = begin + length + 1;
            &source[begin..begin + length]
        } else {
            let begin = self.at;
            while self
                .byte(self.at)
                .is_some_and(|b| !is_space(b) && b != b'>')
            {
                self.at += 1;
            }
            &source[begin..self.at]
        };
        Some((name, value))
    }

    fn skip_space(&mut self) {
        while self.byte(self.at).is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// The markup at the position, which starts with `<`; `None` if it leaves nothing.
    fn markup(&mut self) -> Option<Token<'a>> {
        let is_end = match self.byte(self.at + 1) {
            Some(b'!') if self.source[self.at..].starts_with("<!--") => {
                self.skip_comment();
                return None;
            }
            Some(b'!' | b'?') => {
                self.skip_past(">");
                return None;
            }
            Some(b'/') => {
                if !self
                    .byte(self.at + 2)
                    .is_some_and(|b| b.is_ascii_alphabetic())
                {
                    self.skip_past(">");
                    return None;
                }
                true
            }
            _ => false,
        };
        self.at += if is_end { 2 } else { 1 };

        let name = self.name();
        let Some((attributes, closes_itself)) = self.attributes() else {
            self.at = self.source.len();
            return None;
        };
        if is_end {
            return Some(Token::End(name));
        }
        if RAW.contains(&name.as_str()) {
            self.skip_raw(&name);
            return None;
        }
        Some(Token::Start(Tag {
            name,
            attributes,
            closes_itself,
        }))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while self.at < self.source.len() {
            let markup = self.next_markup();
            if markup > self.at {
                let text = &self.source[self.at..markup];
                self.at = markup;
                return Some(Token::Text(text));
            }
            if let Some(token) = self.markup() {
                return Some(token);
            }
        }
        None
    }
}

const fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        Tokens::new(html)
            .map(|token| match token {
                Token::Text(text) => format!("[{text}]"),
                Token::Start(tag) => {
                    let attributes: String = tag
                        .attributes
                        .iter()
                        .map(|(name, value)| format!(" {name}={value}"))
                        .collect::<Vec<_>>()
                        .concat();
                    format!("<{}{attributes}>", tag.name)
                }
                Token::End(name) => format!("</{name}>"),
            })
            .collect()
    }

    #[test]
    fn tags_and_texts_are_told_apart_as_browsers_do() {
        for (html, tokens) in [
            ("a < b <3 c", "[a < b <3 c]"),
            ("<P>x</P >", "<p>[x]</p>"),
            (
                "<a href=x title='y z' k = \"1>2\">t",
                "<a href=x title=y z k=1>2>[t]",
            ),
            ("<br/>", "<br>"),
            ("<a href=x/>", "<a href=x/>"),
            ("x<!-- <b> --!>y", "[x][y]"),
            ("x<!-->y<!--->z", "[x][y][z]"),
            ("x<?php <b> ?>y", "[x][ ?>y]"),
            ("x</>y</ b>z", "[x][y][z]"),
            ("<script><b></scripty></SCRIPT >x", "[x]"),
            ("x<a href='", "[x]"),
            ("<a =b>", "<a =b=>"),
            ("<a\u{e9}é=é>", "<aéé=é>"),
        ] {
            assert_eq!(shown(html), tokens, "{html}");
        }
    }
}
