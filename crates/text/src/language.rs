//! Which language a text is in.

use whatlang::Lang;

use crate::compose::{Kind, entities};
use crate::count_graphemes;

/// Shorter texts are not guessed at, in characters without links, mentions and tags.
const MIN_LENGTH: usize = 12;

/// No more of a text is looked at, in characters; more would not make a guess surer.
const MAX_LENGTH: usize = 5_000;

/// The ISO 639-1 code of the language a text is most likely in, or `None` where that is doubtful.
///
/// For posts whose author named no language. A wrong guess hides a post from those who filter by
/// language, so it is better not to guess.
pub fn guess(text: &str) -> Option<&'static str> {
    let prose = prose(text);
    if count_graphemes(&prose) < MIN_LENGTH {
        return None;
    }
    let info = whatlang::detect(&prose)?;
    if !info.is_reliable() {
        return None;
    }
    Some(two_letter_code(info.lang()))
}

/// Whether posts may be marked with this code: ISO 639-1, and what Mastodon's pickers offer besides.
pub fn is_known(code: &str) -> bool {
    TWO_LETTER.binary_search(&code).is_ok() || LONGER.binary_search(&code).is_ok()
}

/// A text without what is the same in every language.
fn prose(text: &str) -> String {
    let mut prose = String::new();
    let mut written = 0;
    for entity in entities(text) {
        prose.push_str(&text[written..entity.range.start]);
        written = entity.range.end;
        if let Kind::Hashtag(name) = entity.kind {
            prose.push_str(name);
        }
    }
    prose.push_str(&text[written..]);
    prose.chars().take(MAX_LENGTH).collect()
}

const fn two_letter_code(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

/// ISO 639-1, in order.
const TWO_LETTER: [&str; 182] = [
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bh",
    "bi", "bm", "bn", "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da",
    "de", "dv", "dz", "ee", "el", "en", "eo", "es", "et", "eu", "fa", "ff", "fi", "fj", "fo", "fr",
    "fy", "ga", "gd", "gl", "gu", "gv", "ha", "he", "hi", "ho", "hr", "ht", "hu", "hy", "hz", "ia",
    "id", "ie", "ig", "ii", "ik", "io", "is", "it", "iu", "ja", "jv", "ka", "kg", "ki", "kj", "kk",
    "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw", "ky", "la", "lb", "lg", "li", "ln", "lo",
    "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml", "mn", "mr", "ms", "mt", "my", "na", "nb", "nd",
    "ne", "ng", "nl", "nn", "no", "nr", "nv", "ny", "oc", "oj", "om", "or", "os", "pa", "pi", "pl",
    "ps", "pt", "qu", "rm", "rn", "ro", "ru", "rw", "sa", "sc", "sd", "se", "sg", "si", "sk", "sl",
    "sn", "so", "sq", "sr", "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl",
    "tn", "to", "tr", "ts", "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo",
    "xh", "yi", "yo", "za", "zh", "zu",
];

/// Regional forms and languages without a code of two letters, in order.
const LONGER: [&str; 39] = [
    "ast", "chr", "ckb", "cnr", "csb", "en-GB", "es-AR", "es-MX", "fr-CA", "gsw", "jbo", "kab",
    "ldn", "lfn", "lzz", "mn-Mong", "moh", "ms-Arab", "nan-TW", "nds", "ota", "pdc", "pt-BR",
    "pt-PT", "sco", "sma", "smj", "sr-Latn", "szl", "tok", "vai", "xal", "xmf", "zba", "zgh",
    "zh-CN", "zh-HK", "zh-TW", "zh-YUE",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_guessed_only_where_it_is_plain() {
        let english = "The committee meets on Thursday evening in the library, and everybody is welcome to come along.";
        let german = "Die Versammlung findet am Donnerstagabend in der Bibliothek statt, und alle sind herzlich eingeladen.";

        assert_eq!(guess(english), Some("en"));
        assert_eq!(guess(german), Some("de"));
        assert_eq!(
            guess("こんにちは、今日はとてもいい天気ですね。"),
            Some("ja")
        );
        assert_eq!(guess("ok"), None);
        assert_eq!(guess("https://example.org/the/quick/brown/fox #lol"), None);
    }

    #[test]
    fn codes_are_known_in_their_exact_form() {
        for code in ["en", "de", "tok", "zh-CN", "zu", "aa"] {
            assert!(is_known(code), "{code}");
        }
        for code in ["", "EN", "xx", "english", "und"] {
            assert!(!is_known(code), "{code}");
        }
    }

    #[test]
    fn the_lists_are_in_order() {
        assert!(TWO_LETTER.is_sorted());
        assert!(LONGER.is_sorted());
    }
}
