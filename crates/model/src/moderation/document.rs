//! What the board adopts for everybody to read.

use time::OffsetDateTime;

use super::board::DecisionId;

/// Which document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentKind {
    /// What members may and may not do; one rule per list item.
    Rules,
    /// How moderators decide.
    Guidelines,
    /// Terms of use.
    Terms,
    /// Privacy policy.
    Privacy,
    /// What visitors read before they sign in.
    Landing,
    /// What the server is.
    About,
    /// Whom to ask.
    Contact,
}

impl DocumentKind {
    /// Every document.
    pub const ALL: [Self; 7] = [
        Self::Rules,
        Self::Guidelines,
        Self::Terms,
        Self::Privacy,
        Self::Landing,
        Self::About,
        Self::Contact,
    ];

    /// The word in the database, in addresses and in the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Guidelines => "guidelines",
            Self::Terms => "terms",
            Self::Privacy => "privacy",
            Self::Landing => "landing",
            Self::About => "about",
            Self::Contact => "contact",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// One version of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Which document.
    pub kind: DocumentKind,
    /// Counts versions, from 1; 0 is the default text that nobody has adopted.
    pub version: i32,
    /// Markdown.
    pub text: String,
    /// The decision that adopted it.
    pub decision_id: Option<DecisionId>,
    /// From when it is in force.
    pub effective_at: Option<OffsetDateTime>,
}
