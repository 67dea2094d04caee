//! The first pass: from tag soup to well-nested markup of listed elements.

mod math;

use super::references::{hide, hide_value};
use super::tokens::{Tag, Token, Tokens};
use math::Math;

/// How deep elements may nest; what is nested deeper keeps its text and loses its tags.
pub(super) const MAX_DEPTH: usize = 64;

/// The listed elements and the attributes of each that may stay; `lang` may stay on all.
///
/// Mastodon's list (`MASTODON_STRICT`), as its releases 4.5 and later have it.
pub(super) const ELEMENTS: [(&str, &[&str]); 20] = [
    ("p", &["class"]),
    ("br", &[]),
    ("span", &["class", "translate"]),
    ("a", &["href", "class", "translate"]),
    ("del", &[]),
    ("s", &[]),
    ("pre", &[]),
    ("blockquote", &[]),
    ("code", &[]),
    ("b", &[]),
    ("strong", &[]),
    ("u", &[]),
    ("i", &[]),
    ("em", &[]),
    ("ul", &[]),
    ("ol", &["start", "reversed"]),
    ("li", &["value"]),
    ("ruby", &[]),
    ("rt", &[]),
    ("rp", &[]),
];

/// Elements that go with all they hold, although their content is markup.
const DROPPED: [&str; 4] = ["object", "svg", "template", "embed"];

/// Unlisted elements that a browser shows apart from what surrounds them; a space keeps words from
/// running together.
const SPACED: [&str; 26] = [
    "address",
    "article",
    "aside",
    "center",
    "details",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "hr",
    "main",
    "nav",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "caption",
];

/// Writes `html` anew with listed elements only, each closed where it must be, none too deep.
pub(super) fn outline(html: &str) -> String {
    let mut outline = Outline {
        out: String::with_capacity(html.len()),
        open: Vec::new(),
        too_deep: 0,
    };
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => outline.text(text),
            Token::End(name) => outline.end(&name),
            Token::Start(tag) if tag.name == "math" && !tag.closes_itself => {
                if let Some(formula) = Math::read(&tag, &mut tokens) {
                    outline.text(&formula);
                }
            }
            Token::Start(tag) if DROPPED.contains(&tag.name.as_str()) => {
                if !tag.closes_itself && tag.name != "embed" {
                    skip_element(&tag.name, &mut tokens);
                }
            }
            Token::Start(tag) => outline.start(&tag),
        }
    }
    outline.close_down_to(0);
    outline.out
}

/// Reads on behind the end tag that belongs to the start tag of this name just read.
fn skip_element(name: &str, tokens: &mut Tokens<'_>) {
    let mut depth = 1_usize;
    for token in tokens {
        match token {
            Token::Start(tag) if tag.name == name && !tag.closes_itself => depth += 1,
            Token::End(ended) if ended == name => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}

struct Outline {
    out: String,
    /// The open elements, outermost first; never longer than `MAX_DEPTH`.
    open: Vec<&'static str>,
    /// How many elements are open beyond that depth.
    too_deep: usize,
}

impl Outline {
    fn text(&mut self, text: &str) {
        hide(text, &mut self.out);
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name.as_str() {
            "br" => self.out.push_str("<br>"),
            "img" => self.image(tag),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.open("p", &[], tag);
                self.open("strong", &[], tag);
            }
            name => {
                if let Some((element, attributes)) = listed(name) {
                    self.open(element, attributes, tag);
                } else if SPACED.contains(&name) {
                    self.out.push(' ');
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "br" => self.out.push_str("<br>"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                // Opened as two elements, so two are closed.
                self.close("strong");
                self.close("p");
            }
            _ => {
                if let Some((element, _)) = listed(name) {
                    self.close(element);
                } else if SPACED.contains(&name) {
                    self.out.push(' ');
                }
            }
        }
    }

    /// Opens an element after closing what cannot hold it, by the rules of the HTML standard's
    /// tree construction ("in body"), so that ammonia's parser will have nothing to move.
    fn open(&mut self, element: &'static str, attributes: &[&str], tag: &Tag<'_>) {
        if self.too_deep > 0 {
            self.too_deep += 1;
            return;
        }
        match element {
            "p" | "ul" | "ol" | "blockquote" | "pre" => self.close("p"),
            "li" => {
                self.close_item();
                self.close("p");
            }
            "a" => self.close("a"),
            "rt" | "rp" if self.open.contains(&"ruby") => {
                while let Some("rt" | "rp" | "p" | "li") = self.open.last().copied() {
                    self.close_down_to(self.open.len() - 1);
                }
            }
            _ => {}
        }
        if self.open.len() == MAX_DEPTH {
            self.too_deep = 1;
            return;
        }

        self.out.push('<');
        self.out.push_str(element);
        for name in attributes.iter().chain(&["lang"]) {
            if let Some(value) = tag.attribute(name) {
                self.attribute(name, value);
            }
        }
        self.out.push('>');
        self.open.push(element);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        hide_value(value, &mut self.out);
        self.out.push('"');
    }

    /// A picture in the text becomes a link to it, named by its description.
    fn image(&mut self, tag: &Tag<'_>) {
        let Some(source) = tag.attribute("src") else {
            return;
        };
        let label = match tag.attribute("alt").map(str::trim) {
            Some(alt) if !alt.is_empty() => format!("[🖼 {alt}]"),
            _ => "[🖼]".to_owned(),
        };
        if self.open.contains(&"a") {
            self.text(&label);
            return;
        }
        self.out.push_str("<a");
        self.attribute("href", source);
        self.out.push('>');
        self.text(&label);
        self.out.push_str("</a>");
    }

    /// Closes the innermost open element of this name and all it holds.
    fn close(&mut self, element: &str) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if let Some(depth) = self.open.iter().rposition(|open| *open == element) {
            self.close_down_to(depth);
        }
    }

    /// Closes the list item before the next one of the same list.
    fn close_item(&mut self) {
        let depth = self
            .open
            .iter()
            .rposition(|open| matches!(*open, "li" | "ul" | "ol" | "blockquote" | "pre"));
        if let Some(depth) = depth.filter(|depth| self.open[*depth] == "li") {
            self.close_down_to(depth);
        }
    }

    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(element) = self.open.pop() {
                self.out.push_str("</");
                self.out.push_str(element);
                self.out.push('>');
            }
        }
    }
}

fn listed(name: &str) -> Option<(&'static str, &'static [&'static str])> {
    ELEMENTS
        .into_iter()
        .find(|(element, _)| *element == name && *element != "br")
}
