//! A whole log in lines of JSON, for mirrors and for whoever wants to check it: a header with the keys, the entries in
//! order, a footer with checkpoints. Also the limits on what is read, since a server that lies may also flood.

use std::io::{BufRead, Read as _};

use serde::{Deserialize, Serialize};

use crate::jcs::MAX_INTEGER;
use crate::{Entry, SignedCheckpoint, VerifierKey, strict};

/// What the first line's `format` says.
pub const FORMAT: &str = "moot-ledger/1";

/// The longest line, in bytes without its newline. No entry is sealed that would be longer.
pub const MAX_LINE: usize = 256 * 1024;

/// The most entries that are checked at once: 32 bytes are kept of each.
pub const MAX_ENTRIES: u64 = 4_000_000;

/// The most keys of a header and checkpoints of a footer.
pub const MAX_KEYS: usize = 256;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// [`FORMAT`].
    pub format: String,
    /// The log's name, which its checkpoints and keys bear.
    pub origin: String,
    /// Every key that signed it, oldest first.
    pub keys: Vec<KeyRange>,
}

/// A key and the sizes of the log for which it signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyRange {
    /// The key, `name+id+base64`.
    pub vkey: VerifierKey,
    /// The entry that named it; 0 for the first key.
    pub from: u64,
    /// The entry that named its successor, at whose size it signed for the last time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to: Option<u64>,
}

/// The last line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Footer {
    /// The latest checkpoint; and for each key that replaced another, the checkpoint at the size of the entry that named
    /// it, signed by both, if the older key was still to be had.
    pub checkpoints: Vec<SignedCheckpoint>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The first.
    Header(Header),
    /// All between.
    Entry(Box<Entry>),
    /// The last.
    Footer(Footer),
}

/// Why a line could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// Longer than [`MAX_LINE`].
    #[error("the line has more than {MAX_LINE} bytes")]
    TooLong,
    /// Not JSON, or not the members that a line has.
    #[error("the line is not what it should be: {0}")]
    Malformed(String),
    /// More keys or checkpoints than [`MAX_KEYS`].
    #[error("the line has more than {MAX_KEYS} keys or checkpoints")]
    TooMany,
    /// The line never arrived.
    #[error("the line could not be read")]
    Read(#[source] std::io::Error),
}

impl Header {
    /// A header of the present format.
    pub fn new(origin: &str, keys: Vec<KeyRange>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            origin: origin.to_owned(),
            keys,
        }
    }
}

impl Line {
    /// Reads a line. What it is is told by its members: a header has a `format`, a footer `checkpoints`.
    pub fn parse(line: &str) -> Result<Self, LineError> {
        if line.len() > MAX_LINE {
            return Err(LineError::TooLong);
        }
        let malformed = |error: serde_json::Error| LineError::Malformed(error.to_string());
        let value = strict::parse(line).map_err(malformed)?;
        let has = |name| value.get(name).is_some();
        let (is_header, is_footer) = (has("format"), has("checkpoints"));
        let read = if is_header {
            Self::Header(serde_json::from_value(value).map_err(malformed)?)
        } else if is_footer {
            Self::Footer(serde_json::from_value(value).map_err(malformed)?)
        } else {
            Self::Entry(serde_json::from_value(value).map_err(malformed)?)
        };
        read.limited()
    }

    fn limited(self) -> Result<Self, LineError> {
        let many = match &self {
            Self::Header(header) => header.keys.len(),
            Self::Footer(footer) => footer.checkpoints.len(),
            Self::Entry(entry) if entry.seq > MAX_INTEGER => {
                return Err(LineError::Malformed("seq is beyond 2^53 - 1".to_owned()));
            }
            Self::Entry(_) => 0,
        };
        if many > MAX_KEYS {
            Err(LineError::TooMany)
        } else {
            Ok(self)
        }
    }

    /// The line as JSON, without its newline.
    pub fn to_json(&self) -> String {
        let written = match self {
            Self::Header(header) => serde_json::to_string(header),
            Self::Entry(entry) => serde_json::to_string(entry),
            Self::Footer(footer) => serde_json::to_string(footer),
        };
        written.expect("a line can be written as JSON")
    }
}

/// Splits what a reader gives into lines, never holding more than one line of at most [`MAX_LINE`] bytes. Ends after the
/// first error.
pub struct Lines<R> {
    reader: R,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    /// Over a file, or what was unpacked of one.
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            ended: false,
        }
    }

    fn read(&mut self) -> Result<Option<String>, LineError> {
        let mut line = Vec::new();
        let limit = MAX_LINE as u64 + 1; // for the newline
        self.reader
            .by_ref()
            .take(limit)
            .read_until(b'\n', &mut line)
            .map_err(LineError::Read)?;
        if line.is_empty() {
            return Ok(None);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        } else if line.len() > MAX_LINE {
            return Err(LineError::TooLong);
        }
        let line =
            String::from_utf8(line).map_err(|_| LineError::Malformed("not UTF-8".to_owned()))?;
        Ok(Some(line))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<String, LineError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = self.read();
        self.ended = !matches!(read, Ok(Some(_)));
        read.transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_split_with_or_without_a_last_newline() {
        for text in ["one\ntwo", "one\ntwo\n"] {
            let lines: Vec<_> = Lines::new(text.as_bytes()).map(Result::unwrap).collect();
            assert_eq!(lines, ["one", "two"]);
        }
    }

    #[test]
    fn an_endless_line_is_given_up() {
        let endless = std::io::BufReader::new(std::io::repeat(b'x'));

        let mut lines = Lines::new(endless);

        assert!(matches!(lines.next(), Some(Err(LineError::TooLong))));
        assert!(lines.next().is_none());
    }

    #[test]
    fn a_line_of_the_greatest_length_is_read() {
        let longest = "x".repeat(MAX_LINE);

        assert_eq!(
            Lines::new(format!("{longest}\n").as_bytes())
                .next()
                .unwrap()
                .unwrap(),
            longest
        );
        assert!(
            Lines::new(format!("{longest}x\n").as_bytes())
                .next()
                .unwrap()
                .is_err()
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_malformed() {
        assert!(matches!(
            Lines::new(&b"\xff\n"[..]).next(),
            Some(Err(LineError::Malformed(_)))
        ));
    }

    #[test]
    fn header_and_footer_are_told_by_their_members() {
        let header = Line::Header(Header::new("club.example/log", vec![]));
        let footer = Line::Footer(Footer {
            checkpoints: vec![],
        });

        assert_eq!(Line::parse(&header.to_json()).unwrap(), header);
        assert_eq!(Line::parse(&footer.to_json()).unwrap(), footer);
        assert!(
            Line::parse(r#"{"format":"moot-ledger/1","origin":"a","keys":[],"more":1}"#).is_err()
        );
        assert!(Line::parse("{}").is_err());
        assert!(Line::parse("[]").is_err());
    }

    #[test]
    fn too_many_keys_are_not_read() {
        let key = crate::SigningKey::from_seed("a", &[1; 32])
            .unwrap()
            .verifier()
            .clone();
        let range = KeyRange {
            vkey: key,
            from: 0,
            to: None,
        };
        let header = Line::Header(Header::new("a", vec![range; MAX_KEYS + 1]));

        assert!(matches!(
            Line::parse(&header.to_json()),
            Err(LineError::TooMany)
        ));
    }
}
