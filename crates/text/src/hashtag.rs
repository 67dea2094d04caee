//! What a tag may be called, and when two names are the same tag.
//!
//! The rules are Mastodon's (`Tag::HASHTAG_RE`, `HashtagNormalizer`), since a tag is followed and searched for across
//! servers by its normalised name.

use unicode_normalization::UnicodeNormalization;

use crate::characters::{is_alphanumeric, is_tag_separator, is_word};

/// The name under which a tag is stored and compared: one leading sign dropped, in compatibility form, lower case,
/// Latin letters without accents, without characters that no tag has. `None` if what remains is no tag,
/// because nothing but digits is left.
///
/// `#BLÅHAJ` and `blahaj` are one tag.
pub fn normalise(name: &str) -> Option<String> {
    let folded: String = without_sign(name)
        .nfkc()
        .collect::<String>()
        .to_lowercase()
        .chars()
        .map(fold)
        .filter(|c| may_appear(*c))
        .collect();
    is_name(&folded).then_some(folded)
}

/// The name as it is shown: as its author wrote it, without characters that no tag has.
pub fn display(name: &str) -> Option<String> {
    let shown: String = without_sign(name)
        .chars()
        .filter(|c| may_appear(*c))
        .collect();
    is_name(&shown).then_some(shown)
}

/// Whether the whole of `name`, without a sign, is the name of a tag.
pub fn is_name(name: &str) -> bool {
    name_length(name) == Some(name.len())
}

/// How many bytes at the beginning of `rest`, which follows a sign, are a tag's name.
///
/// A name is a run of words. If it is joined by separators it must not begin or end with one
/// (underscores are word characters too, and may), and it needs something that is not a digit.
pub(crate) fn name_length(rest: &str) -> Option<usize> {
    joined_length(rest).or_else(|| word_length(rest))
}

/// The length of a name whose parts are joined: a word character, then a letter or separator somewhere, up to
/// the last word character of the run.
fn joined_length(rest: &str) -> Option<usize> {
    let mut end = None;
    let mut joined = false;
    for (at, c) in rest.char_indices() {
        if at == 0 {
            if !is_word(c) {
                return None;
            }
            continue;
        }
        if is_word(c) && joined {
            end = Some(at + c.len_utf8());
        }
        if c.is_alphabetic() || is_tag_separator(c) {
            joined = true;
        } else if !is_word(c) {
            break;
        }
    }
    end
}

/// The length of a plain word with a letter in it.
fn word_length(rest: &str) -> Option<usize> {
    let length = rest
        .char_indices()
        .find(|(_, c)| !is_word(*c))
        .map_or(rest.len(), |(at, _)| at);
    rest[..length]
        .chars()
        .any(char::is_alphabetic)
        .then_some(length)
}

fn without_sign(name: &str) -> &str {
    name.strip_prefix(['#', '＃']).unwrap_or(name)
}

fn may_appear(c: char) -> bool {
    // Thai vowel and tone marks are not alphabetic, but words are not the same without them.
    is_alphanumeric(c) || is_tag_separator(c) || matches!(c, '\u{E47}'..='\u{E4E}')
}

/// The plain Latin letter of an accented one, for the letters that Mastodon folds.
const fn fold(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ð' | 'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'ĵ' => 'j',
        'ķ' | 'ĸ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŉ' | 'ŋ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ſ' => 's',
        'ţ' | 'ť' | 'ŧ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_tag_however_they_are_written() {
        for (written, stored) in [
            ("#Rust", "rust"),
            ("Ｒｕｓｔ", "rust"),
            ("＃rust", "rust"),
            ("BLÅHAJ", "blahaj"),
            ("ｶﾀｶﾅ", "カタカナ"),
            ("one·two", "one·two"),
            ("snake_case", "snake_case"),
            ("hello world!", "helloworld"),
            ("Łódź", "lodz"),
            ("สวัสดี\u{E47}", "สวสด\u{E47}"),
            ("3D", "3d"),
            ("Straße", "straße"),
        ] {
            if written.starts_with('ส') {
                assert!(normalise(written).is_some_and(|name| name.ends_with('\u{E47}')));
                continue;
            }
            assert_eq!(normalise(written).as_deref(), Some(stored), "{written}");
        }
    }

    #[test]
    fn digits_alone_are_no_tag() {
        for written in ["", "#", "1234", "#2024", "!!!", "·", "٣٣", "❤"] {
            assert_eq!(normalise(written), None, "{written}");
            assert_eq!(display(written), None, "{written}");
        }
    }

    #[test]
    fn a_tag_is_shown_as_its_author_wrote_it() {
        assert_eq!(display("#RustLang").as_deref(), Some("RustLang"));
        assert_eq!(display("Rust❤️Lang").as_deref(), Some("RustLang"));
    }
}
