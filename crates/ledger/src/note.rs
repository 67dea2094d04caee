//! Signed notes (C2SP signed-note): a text, an empty line, and lines of signatures over it.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::key::is_key_name;
use crate::{SigningKey, VerifierKey};

/// How long a note may be. C2SP asks for room for sixteen signatures, the largest known of which has some 5 kB.
pub(crate) const MAX_NOTE: usize = 256 * 1024;

/// How many signatures a note may carry.
const MAX_SIGNATURES: usize = 100;

/// A text with signatures, of which some may be by keys unknown here: witnesses' lines are kept and passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// One signature line: `— name base64(id ‖ signature)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    name: String,
    id: [u8; 4],
    bytes: Vec<u8>,
}

/// Why a note is none, or is not to be believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not a text, an empty line, and signature lines.
    #[error("not a signed note")]
    Malformed,
    /// Longer, or with more signatures, than is read here.
    #[error("the note is too long")]
    TooLong,
    /// A known key's line does not verify: somebody changed the text, or made the signature up.
    #[error("the signature of {0} is false")]
    False(String),
    /// No known key signed it.
    #[error("no known key signed the note")]
    Unsigned,
}

impl Note {
    /// A note without signatures yet. The text ends with a newline and has no other control characters.
    pub(crate) fn new(text: String) -> Self {
        Self {
            text,
            signatures: Vec::new(),
        }
    }

    /// What is signed, its last newline included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signature lines, whoever made them.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Adds a signature. Others stay.
    pub(crate) fn sign(&mut self, key: &SigningKey) {
        let verifier = key.verifier();
        let bytes = key.sign(&self.text);
        self.signatures.push(NoteSignature {
            name: verifier.name().to_owned(),
            id: verifier.id(),
            bytes,
        });
    }

    /// Reads a note. Nothing in it is to be believed before [`Note::signers`] has named somebody.
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        if note.len() > MAX_NOTE {
            return Err(NoteError::TooLong);
        }
        if note.contains(|c: char| c < ' ' && c != '\n') {
            return Err(NoteError::Malformed);
        }
        let end = note.rfind("\n\n").ok_or(NoteError::Malformed)?;
        let (text, lines) = (&note[..=end], &note[end + 2..]);
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Malformed)?;
        let signatures = lines
            .split('\n')
            .take(MAX_SIGNATURES + 1)
            .map(NoteSignature::parse)
            .collect::<Option<Vec<_>>>()
            .ok_or(NoteError::Malformed)?;
        if signatures.len() > MAX_SIGNATURES {
            return Err(NoteError::TooLong);
        }
        Ok(Self {
            text: text.to_owned(),
            signatures,
        })
    }

    /// Which of the known keys signed it. A line of a known key that does not verify spoils the note; lines of unknown
    /// keys are passed over.
    pub fn signers<'a>(
        &self,
        known: &[&'a VerifierKey],
    ) -> Result<Vec<&'a VerifierKey>, NoteError> {
        let mut signers = Vec::new();
        for signature in &self.signatures {
            let mut named = known
                .iter()
                .copied()
                .filter(|key| signature.is_by(key))
                .peekable();
            if named.peek().is_none() {
                continue;
            }
            let Some(signer) = named.find(|key| key.verifies(&self.text, &signature.bytes)) else {
                return Err(NoteError::False(signature.name.clone()));
            };
            signers.push(signer);
        }
        if signers.is_empty() {
            Err(NoteError::Unsigned)
        } else {
            Ok(signers)
        }
    }
}

impl NoteSignature {
    fn parse(line: &str) -> Option<Self> {
        let (name, encoded) = line.strip_prefix("— ")?.split_once(' ')?;
        let decoded = STANDARD.decode(encoded).ok()?;
        let (id, bytes) = decoded.split_first_chunk()?;
        if !is_key_name(name) || bytes.is_empty() {
            return None;
        }
        Some(Self {
            name: name.to_owned(),
            id: *id,
            bytes: bytes.to_vec(),
        })
    }

    /// The name of the key that made it, or that is said to have.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn is_by(&self, key: &VerifierKey) -> bool {
        self.name == key.name() && self.id == key.id()
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for signature in &self.signatures {
            let encoded = STANDARD.encode([signature.id.as_slice(), &signature.bytes].concat());
            writeln!(f, "— {} {encoded}", signature.name)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Go's `sumdb/note`, from which C2SP's format comes: key, seed and note.
    const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const PETERS_SEED: &str = "YEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\
        \n\
        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    fn peter() -> VerifierKey {
        PETER.parse().unwrap()
    }

    fn pauls() -> SigningKey {
        SigningKey::from_seed("paul.example", &[5; 32]).unwrap()
    }

    #[test]
    fn a_published_note_is_verified_and_written_back() {
        let note = Note::parse(NOTE).unwrap();

        assert_eq!(note.signers(&[&peter()]), Ok(vec![&peter()]));
        assert!(note.text().ends_with("problem is.\n"));
        assert_eq!(note.to_string(), NOTE);
    }

    #[test]
    fn a_published_key_signs_the_published_note() {
        // The skey's base64 is the type byte and the seed; its first sextet holds only the type.
        let with_type = STANDARD.decode(format!("A{PETERS_SEED}")).unwrap();
        let key =
            SigningKey::from_seed("PeterNeumann", with_type[1..].try_into().unwrap()).unwrap();
        assert_eq!(key.verifier(), &peter());

        let mut note = Note::new(Note::parse(NOTE).unwrap().text().to_owned());
        note.sign(&key);

        assert_eq!(note.to_string(), NOTE);
    }

    #[test]
    fn a_changed_text_is_not_believed() {
        let changed = Note::parse(&NOTE.replace("cryptography", "cryptographY")).unwrap();

        assert_eq!(
            changed.signers(&[&peter()]),
            Err(NoteError::False("PeterNeumann".to_owned()))
        );
    }

    #[test]
    fn unknown_signatures_are_kept_and_passed_over() {
        let mut note = Note::parse(NOTE).unwrap();
        note.sign(&pauls());
        let read = Note::parse(&note.to_string()).unwrap();

        assert_eq!(read.signatures().len(), 2);
        assert_eq!(read.signers(&[&peter()]), Ok(vec![&peter()]));
        assert_eq!(read.signers(&[]), Err(NoteError::Unsigned));
        assert_eq!(
            read.signers(&[pauls().verifier(), &peter()]).unwrap().len(),
            2
        );
    }

    #[test]
    fn one_false_line_of_a_known_key_spoils_the_note() {
        let mut note = Note::parse(NOTE).unwrap();
        note.sign(&pauls());
        note.signatures[1].bytes[0] ^= 1;

        let (peter, paul) = (peter(), pauls());
        let spoilt = note.signers(&[&peter, paul.verifier()]);

        assert_eq!(spoilt, Err(NoteError::False("paul.example".to_owned())));
    }

    #[test]
    fn what_is_shaped_otherwise_is_no_note() {
        let signature = NOTE.rsplit_once("\n\n").unwrap().1;
        for other in [
            "text\n".to_owned(),
            "text\n\n".to_owned(),
            format!("text\n{signature}"),
            NOTE.trim_end().to_owned(),
            NOTE.replace("— ", "- "),
            NOTE.replace("PeterNeumann ", "Peter Neumann "),
            NOTE.replace("x08g", "x0*g"),
            NOTE.replace("If you", "If\tyou"),
            format!("text\n\n— a {}\n", STANDARD.encode([1, 2, 3, 4])),
        ] {
            assert_eq!(Note::parse(&other), Err(NoteError::Malformed), "{other}");
        }
        assert_eq!(
            Note::parse(&"x".repeat(MAX_NOTE + 1)),
            Err(NoteError::TooLong)
        );
        let many = format!("text\n\n{}", signature.repeat(MAX_SIGNATURES + 1));
        assert_eq!(Note::parse(&many), Err(NoteError::TooLong));
    }
}
