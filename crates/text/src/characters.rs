//! The classes of characters that Mastodon's grammars for tags and mentions are written in.
//!
//! They follow Ruby's POSIX brackets, since other servers compare tags with ours byte by byte.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// `[[:word:]]`: letters, marks, decimal digits and connectors such as `_`.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    matches!(
        c.general_category_group(),
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark
    ) || matches!(
        c.general_category(),
        GeneralCategory::DecimalNumber | GeneralCategory::ConnectorPunctuation
    )
}

/// `[[:alnum:]]`: alphabetic characters and decimal digits, but no superscripts or fractions.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    c.is_alphabetic() || c.general_category() == GeneralCategory::DecimalNumber
}

/// What may join the parts of a tag: underscore, middle dot, katakana middle dot and the
/// zero-width non-joiner that Persian compounds need.
pub(crate) const fn is_tag_separator(c: char) -> bool {
    matches!(c, '_' | '\u{B7}' | '\u{30FB}' | '\u{200C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_hold_letters_marks_digits_and_connectors_of_every_script() {
        for c in ['a', '9', '_', 'é', 'タ', '한', '٣', '\u{0941}', '‿'] {
            assert!(is_word(c), "{c:?}");
        }
        for c in ['-', '.', '·', '²', '½', ' ', '😀', '\u{200C}', '」'] {
            assert!(!is_word(c), "{c:?}");
        }
    }
}
