//! Texts with gaps, in the two forms that Mastodon's settings know.

use thiserror::Error;

/// A text with named gaps: `%{name}` or `%<name>s`; `%%` is a percent sign.
///
/// Whoever fills a gap escapes the value for where it goes: a filter, a name, plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Gap(String),
}

/// Why a text is no template.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// A gap has a name that nothing fills.
    #[error("knows no %{{{0}}}")]
    UnknownGap(String),
    /// A percent sign stands alone.
    #[error("has a % that begins neither %{{name}} nor %<name>s (write %% for a percent sign)")]
    LonePercent,
}

impl Template {
    /// Reads a template whose gaps have these names.
    pub fn parse(text: &str, gaps: &[&str]) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('%') {
            push_text(&mut parts, before);
            if let Some(after) = after.strip_prefix('%') {
                push_text(&mut parts, "%");
                rest = after;
                continue;
            }
            let braced = after
                .strip_prefix('{')
                .and_then(|after| after.split_once('}'));
            let angled = after
                .strip_prefix('<')
                .and_then(|after| after.split_once(">s"));
            let (name, after) = braced.or(angled).ok_or(TemplateError::LonePercent)?;
            if !gaps.contains(&name) {
                return Err(TemplateError::UnknownGap(name.to_owned()));
            }
            parts.push(Part::Gap(name.to_owned()));
            rest = after;
        }
        push_text(&mut parts, rest);
        Ok(Self(parts))
    }

    /// The text with its gaps filled by these values, each already escaped. A gap without a value stays empty.
    pub fn fill(&self, values: &[(&str, &str)]) -> String {
        self.0
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.as_str(),
                Part::Gap(name) => values
                    .iter()
                    .find(|(key, _)| key == name)
                    .map_or("", |(_, value)| value),
            })
            .collect()
    }

    /// Whether it has a gap of this name.
    pub fn has(&self, gap: &str) -> bool {
        self.0
            .iter()
            .any(|part| matches!(part, Part::Gap(name) if name == gap))
    }
}

fn push_text(parts: &mut Vec<Part>, text: &str) {
    if !text.is_empty() {
        parts.push(Part::Text(text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAPS: &[&str] = &["uid", "mail", "email"];

    #[test]
    fn both_of_mastodons_forms_are_filled() {
        let values = [("uid", "cn"), ("mail", "mail"), ("email", "alice")];

        for text in [
            "(|(%<uid>s=%<email>s)(%<mail>s=%<email>s))",
            "(|(%{uid}=%{email})(%{mail}=%{email}))",
            "(|(%<uid>s=%{email})(%{mail}=%<email>s))",
        ] {
            let filled = Template::parse(text, GAPS).unwrap().fill(&values);

            assert_eq!(filled, "(|(cn=alice)(mail=alice))");
        }
    }

    #[test]
    fn what_fills_a_gap_is_not_read_again() {
        let template = Template::parse("(uid=%{email})", GAPS).unwrap();

        assert_eq!(template.fill(&[("email", "%{uid}")]), "(uid=%{uid})");
    }

    #[test]
    fn a_gap_that_nothing_fills_and_a_lone_percent_are_refused() {
        assert_eq!(
            Template::parse("(uid=%{user})", GAPS),
            Err(TemplateError::UnknownGap("user".to_owned()))
        );
        assert_eq!(
            Template::parse("(uid=%s)", GAPS),
            Err(TemplateError::LonePercent)
        );
        assert_eq!(
            Template::parse("100%% of %{uid}", GAPS)
                .unwrap()
                .fill(&[("uid", "it")]),
            "100% of it"
        );
    }
}
