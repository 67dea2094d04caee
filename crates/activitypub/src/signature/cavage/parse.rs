//! `Signature: keyId="…",algorithm="rsa-sha256",headers="(request-target) host date",signature="…"`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_PAD_INDIFFERENT;

use crate::signature::{RequestParts, SignatureError};

/// Most covered names believed to be honest.
const MAX_COVERED: usize = 32;
/// Longest header read, in bytes; an 8192-bit signature needs 1,400.
const MAX_HEADER_BYTES: usize = 8 * 1024;

/// The header taken apart.
#[derive(Debug, Clone)]
pub struct Parameters {
    /// `keyId`.
    pub key_id: String,
    pub(super) algorithm: Option<String>,
    /// Lower-case names in the order they were signed.
    pub(super) covered: Vec<String>,
    pub(super) signature: Vec<u8>,
    pub(super) created: Option<i64>,
    pub(super) expires: Option<i64>,
}

impl Parameters {
    /// Whether that header or pseudo-header is signed.
    pub(super) fn covers(&self, name: &str) -> bool {
        self.covered.iter().any(|covered| covered == name)
    }

    /// A missing algorithm means hs2019: "derive it from the key".
    pub(super) fn is_hs2019(&self) -> bool {
        self.algorithm
            .as_deref()
            .is_none_or(|algorithm| algorithm.eq_ignore_ascii_case("hs2019"))
    }
}

/// Reads the `Signature` header.
pub(crate) fn parse(request: &RequestParts<'_>) -> Result<Parameters, SignatureError> {
    let header = request
        .only_header("signature")?
        .map(str::trim)
        .filter(|header| !header.is_empty());
    let header = header.ok_or(SignatureError::NotSigned)?;
    if header.len() > MAX_HEADER_BYTES {
        return Err(SignatureError::MalformedSignature);
    }
    read(header)
}

fn read(header: &str) -> Result<Parameters, SignatureError> {
    let mut found = Found::default();
    let mut rest = without_scheme_word(header);
    loop {
        let (name, value, after) = pair(rest).ok_or(SignatureError::MalformedSignature)?;
        found.take(name, value)?;
        rest = after.trim_start();
        if rest.is_empty() {
            return found.finish();
        }
        rest = rest
            .strip_prefix(',')
            .ok_or(SignatureError::MalformedSignature)?;
    }
}

/// An old library for Node writes the name of the scheme as in an `Authorization` header.
fn without_scheme_word(header: &str) -> &str {
    match header.split_once(' ') {
        Some((word, rest)) if word.eq_ignore_ascii_case("signature") => rest,
        _ => header,
    }
}

/// One `name=value` or `name="value"`, and what follows it.
fn pair(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.split_once('=')?;
    let name = name.trim();
    if name.is_empty()
        || !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    {
        return None;
    }
    let rest = rest.trim_start();
    if let Some(quoted) = rest.strip_prefix('"') {
        let (value, after) = quoted.split_once('"')?;
        return if value.contains('\\') {
            None
        } else {
            Some((name, value, after))
        };
    }
    let end = rest.find(',').unwrap_or(rest.len());
    let value = rest[..end].trim();
    if value.is_empty() || value.contains(['"', ' ']) {
        None
    } else {
        Some((name, value, &rest[end..]))
    }
}

#[derive(Default)]
struct Found<'a> {
    seen: Vec<&'a str>,
    key_id: Option<&'a str>,
    algorithm: Option<&'a str>,
    headers: Option<&'a str>,
    signature: Option<&'a str>,
    created: Option<i64>,
    expires: Option<i64>,
}

impl<'a> Found<'a> {
    fn take(&mut self, name: &'a str, value: &'a str) -> Result<(), SignatureError> {
        // S14: a parameter named twice would let two readers verify two different things.
        if self.seen.len() > 16 || self.seen.iter().any(|seen| seen.eq_ignore_ascii_case(name)) {
            return Err(SignatureError::MalformedSignature);
        }
        self.seen.push(name);
        match name {
            "keyId" => self.key_id = Some(value),
            "algorithm" => self.algorithm = Some(value),
            "headers" => self.headers = Some(value),
            "signature" => self.signature = Some(value),
            "created" => self.created = Some(unix_time(value)?),
            "expires" => self.expires = Some(unix_time(value)?),
            _ => {}
        }
        Ok(())
    }

    fn finish(self) -> Result<Parameters, SignatureError> {
        let present = |value: Option<&'a str>| {
            value
                .filter(|text| !text.is_empty())
                .ok_or(SignatureError::MissingParameter)
        };
        let key_id = present(self.key_id)?.to_owned();
        let signature = STANDARD_PAD_INDIFFERENT
            .decode(present(self.signature)?)
            .map_err(|_| SignatureError::MalformedSignature)?;
        let mut parameters = Parameters {
            key_id,
            algorithm: self.algorithm.map(str::to_owned),
            covered: Vec::new(),
            signature,
            created: self.created,
            expires: self.expires,
        };
        let default = if parameters.is_hs2019() {
            "(created)"
        } else {
            "date"
        };
        for name in self.headers.unwrap_or(default).split_ascii_whitespace() {
            let name = name.to_ascii_lowercase();
            if parameters.covered.len() == MAX_COVERED || parameters.covers(&name) {
                return Err(SignatureError::MalformedSignature);
            }
            parameters.covered.push(name);
        }
        Ok(parameters)
    }
}

fn unix_time(text: &str) -> Result<i64, SignatureError> {
    // Some libraries write fractions of a second for `expires`; the whole ones decide.
    let whole = text.split('.').next().unwrap_or(text);
    whole
        .parse()
        .map_err(|_| SignatureError::MalformedSignature)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_may_be_bare_or_quoted_with_space_between() {
        let parameters = read(r#"Signature keyId="https://a.example/k" , algorithm=hs2019,created=5,headers="Host  (created)", signature="AAA=""#).unwrap();

        assert_eq!(parameters.key_id, "https://a.example/k");
        assert_eq!(parameters.covered, ["host", "(created)"]);
        assert_eq!(parameters.created, Some(5));
        assert!(parameters.is_hs2019());
    }

    #[test]
    fn what_is_not_signed_by_name_has_a_default() {
        assert_eq!(
            read(r#"keyId="k",signature="AAAA""#).unwrap().covered,
            ["(created)"]
        );
        assert_eq!(
            read(r#"keyId="k",algorithm="rsa-sha256",signature="AAAA""#)
                .unwrap()
                .covered,
            ["date"]
        );
    }

    #[test]
    fn unreadable_and_doubled_parameters_are_refused() {
        use SignatureError::{MalformedSignature, MissingParameter};
        for (header, error) in [
            (
                r#"keyId="a",keyId="b",signature="AAAA""#,
                MalformedSignature,
            ), // S14
            (
                r#"keyId="a",KEYID="b",signature="AAAA""#,
                MalformedSignature,
            ), // S14
            (
                r#"keyId="a",headers="date date",signature="AAAA""#,
                MalformedSignature,
            ),
            (r#"keyId="a",signature="AAAA"#, MalformedSignature),
            (r#"keyId="a",signature="***""#, MalformedSignature),
            (
                r#"keyId="a",created=now,signature="AAAA""#,
                MalformedSignature,
            ),
            (r#"keyId="a","#, MalformedSignature),
            (r#"keyId="a" signature="AAAA""#, MalformedSignature),
            (r#"keyId="a""#, MissingParameter),
            (r#"signature="AAAA""#, MissingParameter),
            (r#"keyId="",signature="AAAA""#, MissingParameter),
        ] {
            assert_eq!(read(header).unwrap_err(), error, "{header}");
        }
    }
}
