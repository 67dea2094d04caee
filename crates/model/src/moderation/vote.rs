//! What somebody answers to a proposal.

use time::OffsetDateTime;

use super::{PersonId, SeatNo};

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// It shall be done.
    Approve,
    /// It shall not, for a reason that is given.
    Object,
    /// Neither.
    Abstain,
}

impl Answer {
    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Object => "object",
            Self::Abstain => "abstain",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "approve" => Self::Approve,
            "object" => Self::Object,
            "abstain" => Self::Abstain,
            _ => return None,
        })
    }
}

/// SHA-256 of everything that is voted on; see `service::moderation::digest`.
pub type Digest = [u8; 32];

/// One person's answer to one revision of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Which revision it answers.
    pub revision: i32,
    /// The seat it was given from; none for the approval that the board gives where it is missing.
    pub seat: Option<SeatNo>,
    /// Who.
    pub person: PersonId,
    /// What.
    pub answer: Answer,
    /// Of exactly this. An approval by effect carries the digest that was current.
    pub digest: Digest,
    /// How the voter had proved who they are.
    pub method: AuthMethod,
    /// Why; compulsory for an objection.
    pub comment: String,
    /// When.
    pub at: OffsetDateTime,
}

/// How a voter had proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthMethod {
    /// A second factor within the last minutes, in a browser.
    SecondFactor,
    /// A passkey within the last minutes, in a browser.
    Passkey,
    /// An app whose token was granted from such a session lately, naming the digest.
    App,
    /// The same, by a stock call that says what is to be done instead of naming the digest.
    ApiEffect,
    /// A confirmed decision of the board.
    Board,
    /// The command line of the test profile.
    Test,
}

impl AuthMethod {
    /// The word in the database and the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SecondFactor => "second_factor",
            Self::Passkey => "passkey",
            Self::App => "app",
            Self::ApiEffect => "api_effect",
            Self::Board => "board",
            Self::Test => "test",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "second_factor" => Self::SecondFactor,
            "passkey" => Self::Passkey,
            "app" => Self::App,
            "api_effect" => Self::ApiEffect,
            "board" => Self::Board,
            "test" => Self::Test,
            _ => return None,
        })
    }
}
