//! As much of Structured Fields (RFC 9651) as the two headers need.

/// Most signatures of one request looked at.
const MAX_SIGNATURES: usize = 3;
/// Most components believed to be honest.
const MAX_COMPONENTS: usize = 32;

/// One member of `Signature-Input`.
#[derive(Debug, Default)]
pub(super) struct Input<'a> {
    pub(super) label: &'a str,
    pub(super) components: Vec<&'a str>,
    pub(super) key_id: Option<&'a str>,
    pub(super) algorithm: Option<&'a str>,
    pub(super) created: Option<i64>,
    pub(super) expires: Option<i64>,
    /// The value as sent.
    pub(super) raw: &'a str,
}

/// Reads `label=("a" "b");created=1;keyid="…", …`. `None` when it cannot be read or says something twice (S14).
pub(super) fn inputs(header: &str) -> Option<Vec<Input<'_>>> {
    let mut inputs: Vec<Input<'_>> = Vec::new();
    let mut cursor = Cursor(header.trim());
    loop {
        let label = cursor.key()?;
        cursor.expect('=')?;
        let before = cursor.0;
        let input = Input {
            label,
            ..input(&mut cursor)?
        };
        let raw = &before[..before.len() - cursor.0.len()];
        if inputs.len() == MAX_SIGNATURES || inputs.iter().any(|known| known.label == label) {
            return None;
        }
        inputs.push(Input { raw, ..input });
        if !cursor.next_member()? {
            return Some(inputs);
        }
    }
}

fn input<'a>(cursor: &mut Cursor<'a>) -> Option<Input<'a>> {
    let mut input = Input::default();
    cursor.expect('(')?;
    loop {
        cursor.skip_spaces();
        if cursor.take(')') {
            break;
        }
        let component = cursor.string()?;
        // A parameter would follow directly; none is supported.
        let ends = cursor.0.starts_with([' ', ')']);
        if !ends
            || input.components.len() == MAX_COMPONENTS
            || input.components.contains(&component)
        {
            return None;
        }
        input.components.push(component);
    }
    let mut seen = Vec::new();
    while cursor.take(';') {
        cursor.skip_spaces();
        let name = cursor.key()?;
        if seen.contains(&name) {
            return None;
        }
        seen.push(name);
        let value = if cursor.take('=') {
            Some(cursor.item()?)
        } else {
            None
        };
        match (name, value) {
            ("keyid", Some(Item::String(id))) => {
                input.key_id = Some(id).filter(|id| !id.is_empty());
            }
            ("alg", Some(Item::String(algorithm))) => input.algorithm = Some(algorithm),
            ("created", Some(Item::Integer(time))) => input.created = Some(time),
            ("expires", Some(Item::Integer(time))) => input.expires = Some(time),
            ("keyid" | "alg" | "created" | "expires", _) => return None,
            _ => {}
        }
    }
    Some(input)
}

/// Reads `label=:base64:, …`.
pub(super) fn byte_sequences(header: &str) -> Option<Vec<(&str, &str)>> {
    let mut members: Vec<(&str, &str)> = Vec::new();
    let mut cursor = Cursor(header.trim());
    loop {
        let label = cursor.key()?;
        cursor.expect('=')?;
        let Item::Bytes(bytes) = cursor.item()? else {
            return None;
        };
        if members.iter().any(|(known, _)| *known == label) {
            return None;
        }
        members.push((label, bytes));
        if !cursor.next_member()? {
            return Some(members);
        }
    }
}

enum Item<'a> {
    String(&'a str),
    Integer(i64),
    Bytes(&'a str),
    Other,
}

/// What is left to read.
struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    fn take(&mut self, wanted: char) -> bool {
        let rest = self.0.strip_prefix(wanted);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn expect(&mut self, wanted: char) -> Option<()> {
        self.take(wanted).then_some(())
    }

    fn skip_spaces(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\t']);
    }

    /// Goes past the comma; false at the end.
    fn next_member(&mut self) -> Option<bool> {
        self.skip_spaces();
        if self.0.is_empty() {
            return Some(false);
        }
        self.expect(',')?;
        self.skip_spaces();
        Some(true)
    }

    fn while_matching(&mut self, wanted: impl Fn(u8) -> bool) -> Option<&'a str> {
        let end = self
            .0
            .bytes()
            .position(|byte| !wanted(byte))
            .unwrap_or(self.0.len());
        let (found, rest) = self.0.split_at(end);
        self.0 = rest;
        if found.is_empty() { None } else { Some(found) }
    }

    fn key(&mut self) -> Option<&'a str> {
        if !self
            .0
            .starts_with(|first: char| first.is_ascii_lowercase() || first == '*')
        {
            return None;
        }
        self.while_matching(|byte| {
            byte.is_ascii_lowercase()
                || byte.is_ascii_digit()
                || matches!(byte, b'_' | b'-' | b'.' | b'*')
        })
    }

    /// Strings with escapes are nothing anybody sends here.
    fn string(&mut self) -> Option<&'a str> {
        self.expect('"')?;
        let (found, rest) = self.0.split_once('"')?;
        self.0 = rest;
        let plain = found
            .bytes()
            .all(|byte| matches!(byte, b' '..=b'~') && byte != b'\\');
        plain.then_some(found)
    }

    fn item(&mut self) -> Option<Item<'a>> {
        match self.0.bytes().next()? {
            b'"' => self.string().map(Item::String),
            b':' => {
                let (found, rest) = self.0[1..].split_once(':')?;
                self.0 = rest;
                Some(Item::Bytes(found))
            }
            b'-' | b'0'..=b'9' => {
                let digits = self
                    .while_matching(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))?;
                Some(digits.parse().map_or(Item::Other, Item::Integer))
            }
            _ => self
                .while_matching(|byte| {
                    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~:/?".contains(&byte)
                })
                .map(|_| Item::Other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_signatures_are_told_apart() {
        let header =
            r#"a=("@method" "date");created=5;keyid="k";nonce="n";tag="t", b=();alg="x";flag"#;

        let read = inputs(header).unwrap();

        assert_eq!(read[0].components, ["@method", "date"]);
        assert_eq!(
            read[0].raw,
            r#"("@method" "date");created=5;keyid="k";nonce="n";tag="t""#
        );
        assert_eq!(
            (read[1].label, read[1].algorithm, read[1].raw),
            ("b", Some("x"), r#"();alg="x";flag"#)
        );
        assert_eq!(
            byte_sequences("a=:AAAA:, b=:BBBB:").unwrap(),
            [("a", "AAAA"), ("b", "BBBB")]
        );
    }

    #[test]
    fn doubled_and_unreadable_parts_are_refused() {
        for bad in [
            "",
            "a",
            "a=",
            "a=(",
            r#"a=("x" "x")"#,                 // S14
            r#"a=("x");keyid="1";keyid="2""#, // S14
            r#"a=("x"), a=("y")"#,            // S14
            r#"a=("x";sf)"#,
            r#"a=("x""y")"#,
            r#"a=("x");created="5""#,
            r#"a=("x") b=("y")"#,
        ] {
            assert!(inputs(bad).is_none(), "{bad}");
        }
        for bad in ["a=5", "a=:AAAA", "a=:A:, a=:B:"] {
            assert!(byte_sequences(bad).is_none(), "{bad}");
        }
    }
}
