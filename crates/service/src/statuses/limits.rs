//! What a member's text must be like.

use model::Visibility;
use text::plain::strip_nul;

use crate::{Error, Result, settings::Limits};

/// Text and content warning, trimmed and within limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) spoiler: String,
    /// There was a content warning, even if it has become the text.
    pub(super) had_spoiler: bool,
}

impl Words {
    /// Checks as Mastodon does. A content warning without a text becomes the text.
    pub(super) fn check(text: &str, spoiler: &str, limits: Limits) -> Result<Self> {
        let text = strip_nul(text).trim().to_owned();
        let spoiler = strip_nul(spoiler).trim().to_owned();
        let had_spoiler = !spoiler.is_empty();
        let (text, spoiler) = if text.is_empty() {
            (spoiler, String::new())
        } else {
            (text, spoiler)
        };
        if text.is_empty() {
            return Err(Error::invalid("text", "ERR_BLANK", "can't be blank"));
        }
        let most = limits.status_characters;
        // A text is at most four bytes a character but for combining marks; nobody's megabyte is taken apart to be counted.
        let is_huge = text.len() + spoiler.len() > most.saturating_mul(64).max(65_536);
        if is_huge || text::count(&text) + text::count_graphemes(&spoiler) > most {
            return Err(Error::invalid(
                "text",
                "ERR_TOO_LONG",
                format!("character limit of {most} exceeded"),
            ));
        }
        Ok(Self {
            text,
            spoiler,
            had_spoiler,
        })
    }
}

/// Members cannot ask for what only peers make.
pub(super) fn check_visibility(visibility: Visibility) -> Result<Visibility> {
    match visibility {
        Visibility::Limited => Err(Error::invalid(
            "visibility",
            "ERR_INCLUSION",
            "is not included in the list",
        )),
        other => Ok(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits {
            status_characters: 10,
            ..Limits::default()
        }
    }

    #[test]
    fn nothing_is_no_post() {
        for (text, spoiler) in [("", ""), (" \n", "\0")] {
            let error = Words::check(text, spoiler, limits()).expect_err("blank");

            assert_eq!(error.to_string(), "Validation failed: Text can't be blank");
        }
    }

    #[test]
    fn the_warning_counts_with_the_text() {
        assert!(Words::check("12345", "67890", limits()).is_ok());

        let error = Words::check("12345", "678901", limits()).expect_err("too long");

        assert_eq!(
            error.to_string(),
            "Validation failed: Text character limit of 10 exceeded"
        );
    }

    #[test]
    fn a_warning_alone_becomes_the_text() {
        let words = Words::check("  ", "spiders", limits()).expect("short");

        assert_eq!(
            words,
            Words {
                text: "spiders".to_owned(),
                spoiler: String::new(),
                had_spoiler: true
            }
        );
    }
}
