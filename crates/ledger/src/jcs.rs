//! Canonical JSON (RFC 8785), which is what gets hashed: one value, one spelling.
//!
//! Our own over `serde_json`, because the log takes less than the RFC does: integers up to 2^53 - 1 and no other numbers
//! (I-JSON, RFC 7493, section 2.2), which leaves out the whole delicate part, how a double is written.

use serde_json::Value;

/// How deep objects and lists may nest. Documents here are a few levels deep.
pub const MAX_DEPTH: usize = 64;

/// The largest integer that every reader of JSON keeps exact, 2^53 - 1.
pub const MAX_INTEGER: u64 = (1 << 53) - 1;

/// Why a value has no canonical form here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JcsError {
    /// A fraction, or an integer beyond ±(2^53 - 1).
    #[error("a number is not an integer of at most 2^53 - 1")]
    Number,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested more than {MAX_DEPTH} levels deep")]
    TooDeep,
}

/// The canonical form of a value: members sorted by the UTF-16 code units of their names, no white space, strings as
/// ECMAScript escapes them.
pub fn canonical(value: &Value) -> Result<String, JcsError> {
    canonical_inside(0, value)
}

/// The canonical form of a value that will stand so many levels deep in another one, which then has one too.
pub(crate) fn canonical_inside(levels: usize, value: &Value) -> Result<String, JcsError> {
    let mut out = String::new();
    write(value, levels, &mut out)?;
    Ok(out)
}

fn write(value: &Value, depth: usize, out: &mut String) -> Result<(), JcsError> {
    if depth > MAX_DEPTH {
        return Err(JcsError::TooDeep);
    }
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => {
            let size = number.as_u64().or(number.as_i64().map(i64::unsigned_abs));
            if size.is_none_or(|size| size > MAX_INTEGER) {
                return Err(JcsError::Number);
            }
            out.push_str(&number.to_string());
        }
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write(item, depth + 1, out)?;
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (place, (name, member)) in members.into_iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write_string(name, out);
                out.push(':');
                write(member, depth + 1, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

/// RFC 8785, section 3.2.2.2: the two-letter escapes where there are any, other control characters as `\u00` and two
/// small hexadecimal digits, everything else as it is. `serde_json` writes strings so.
fn write_string(text: &str, out: &mut String) {
    out.push_str(&serde_json::to_string(text).expect("a string can be written as JSON"));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn canonical_of(text: &str) -> String {
        canonical(&serde_json::from_str(text).unwrap()).unwrap()
    }

    #[test]
    fn names_are_sorted_as_in_section_3_2_3_of_the_rfc() {
        let sorted = canonical_of(
            r#"{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
                "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
                "\u00f6": "Latin Small Letter O With Diaeresis"}"#,
        );

        assert_eq!(
            sorted,
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\
             \"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\
             \"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}"
        );
    }

    #[test]
    fn strings_are_written_as_in_section_3_2_2_2_of_the_rfc() {
        let written = canonical_of(r#""\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/""#);

        assert_eq!(written, "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
        assert_eq!(
            canonical_of(r#""\u0000\b\t\u000b\f\r\u001f\u007f\u2028""#),
            "\"\\u0000\\b\\t\\u000b\\f\\r\\u001f\u{7f}\u{2028}\""
        );
    }

    #[test]
    fn literals_lists_and_nesting_have_no_white_space() {
        assert_eq!(
            canonical_of(
                r#"{ "b" : [ null , true , false , [ ] , { } ] , "a" : { "d" : 1 , "c" : -2 } }"#
            ),
            r#"{"a":{"c":-2,"d":1},"b":[null,true,false,[],{}]}"#
        );
    }

    #[test]
    fn whole_numbers_up_to_two_to_the_53_are_taken_and_no_others() {
        for taken in ["0", "-1", "9007199254740991", "-9007199254740991"] {
            assert_eq!(canonical_of(taken), taken);
        }
        for refused in [
            "9007199254740992",
            "-9007199254740992",
            "18446744073709551616",
            "1.5",
            "1.0",
            "1e3",
            "-0",
        ] {
            let value: Value = serde_json::from_str(refused).unwrap();
            assert_eq!(canonical(&value), Err(JcsError::Number), "{refused}");
        }
    }

    #[test]
    fn what_nests_too_deep_is_refused() {
        let nested = |levels| (0..levels).fold(json!(1), |inner, _| json!([inner]));

        assert!(canonical(&nested(MAX_DEPTH)).is_ok());
        assert_eq!(canonical(&nested(MAX_DEPTH + 1)), Err(JcsError::TooDeep));
    }
}
