//! The blurred preview that is shown until a picture has loaded (blurha.sh).

/// The digits of a hash, which is a number to the base 83.
const DIGITS: &[u8; 83] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

/// Mastodon passes on no hash with more components than this in either direction, and apps
/// spend time on each. The format itself would allow nine.
const MAX_COMPONENTS: usize = 5;

/// The hash, if it is one: known digits only, as long as its components need, and not too many of these.
/// Apps decode it without checking.
pub fn validate(hash: &str) -> Option<&str> {
    let mut values = hash.bytes().map(digit);
    let size = values.next()??;
    let (across, down) = (size % 9 + 1, size / 9 + 1);
    let is_valid = across <= MAX_COMPONENTS
        && down <= MAX_COMPONENTS
        && hash.len() == 4 + 2 * across * down
        && values.all(|value| value.is_some());
    is_valid.then_some(hash)
}

fn digit(byte: u8) -> Option<usize> {
    DIGITS.iter().position(|digit| *digit == byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_valid_if_apps_can_decode_it() {
        let four_by_three = "LEHV6nWB2yk8pyo0adR*.7kCMdnj";
        let nine_by_nine = format!("~{}", "0".repeat(165));
        for (hash, is_valid) in [
            (four_by_three, true),
            ("00FooB", true),
            ("", false),
            ("0", false),
            (&four_by_three[1..], false),
            ("LEHV6nWB2yk8pyo0adR*.7kCMdn\"", false),
            ("LEHV6nWB2yk8pyo0adR*.7kCMdé", false),
            (&nine_by_nine, false),
        ] {
            assert_eq!(validate(hash).is_some(), is_valid, "{hash}");
        }
    }
}
