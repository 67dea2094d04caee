//! Formulas: its markup is not kept, but its source may come along as an annotation (FEP-dc88).

use super::super::tokens::{Tag, Token, Tokens};

/// How many bytes of an annotation are read.
const MAX_SOURCE: usize = 10_000;

/// The reading of one `<math>` element.
#[derive(Default)]
pub(super) struct Math {
    /// How many elements are open inside.
    depth: usize,
    in_semantics: bool,
    /// The first element settles whether this is a formula with annotations.
    seen_first: bool,
    reading: Option<Annotation>,
    tex: Option<String>,
    plain: Option<String>,
}

enum Annotation {
    Tex(String),
    Plain(String),
}

impl Math {
    /// Reads on behind `</math>` and gives the formula as text: TeX between `$` (or `$$` for a
    /// formula on its own line), else the plain annotation, else nothing.
    pub(super) fn read(start: &Tag<'_>, tokens: &mut Tokens<'_>) -> Option<String> {
        let mut math = Self::default();
        for token in tokens {
            match token {
                Token::End(name) if name == "math" => break,
                Token::End(_) => math.end(),
                Token::Start(tag) if !tag.closes_itself => math.start(&tag),
                Token::Start(_) => {}
                Token::Text(text) => math.text(text),
            }
        }

        let is_block = start.attribute("display") == Some("block");
        match (math.tex, math.plain) {
            (Some(tex), _) if is_block => Some(format!("$${tex}$$")),
            (Some(tex), _) => Some(format!("${tex}$")),
            (None, plain) => plain,
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        if self.depth == 0 && !self.seen_first {
            self.seen_first = true;
            self.in_semantics = tag.name == "semantics";
        }
        self.depth += 1;
        if !self.in_semantics || self.depth != 2 || tag.name != "annotation" {
            return;
        }
        self.reading = match tag.attribute("encoding") {
            Some("application/x-tex") => Some(Annotation::Tex(String::new())),
            Some("text/plain") => Some(Annotation::Plain(String::new())),
            _ => None,
        };
    }

    fn end(&mut self) {
        if self.depth == 2 {
            match self.reading.take() {
                Some(Annotation::Tex(source)) => self.tex = self.tex.take().or(Some(source)),
                Some(Annotation::Plain(source)) => self.plain = self.plain.take().or(Some(source)),
                None => {}
            }
        }
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 {
            self.in_semantics = false;
        }
    }

    fn text(&mut self, text: &str) {
        let Some(Annotation::Tex(source) | Annotation::Plain(source)) = &mut self.reading else {
            return;
        };
        if source.len() + text.len() <= MAX_SOURCE {
            source.push_str(text);
        }
    }
}
