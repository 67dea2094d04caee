//! Who a status is for, and the one rule that says who may see it.

use serde::{Deserialize, Serialize};

use crate::id::AccountId;

/// Who a status is for, in Mastodon's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Everybody, and listed in public timelines.
    Public,
    /// Everybody, but not listed.
    Unlisted,
    /// The author's followers and the people mentioned.
    Private,
    /// The people mentioned, and some who are addressed without being mentioned. The client API
    /// shows it as `private`. Only peers make such statuses.
    Limited,
    /// The people mentioned.
    Direct,
}

impl Visibility {
    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Unlisted => "unlisted",
            Self::Private => "private",
            Self::Limited => "limited",
            Self::Direct => "direct",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "public" => Self::Public,
            "unlisted" => Self::Unlisted,
            "private" => Self::Private,
            "limited" => Self::Limited,
            "direct" => Self::Direct,
            _ => return None,
        })
    }

    /// Whether everybody may see it: public or unlisted.
    pub const fn is_for_everybody(self) -> bool {
        matches!(self, Self::Public | Self::Unlisted)
    }
}

/// What one must know of a viewer and a status to decide whether the one may see the other.
///
/// The twin of the SQL function `statuses_visible_to(viewer)`; a property test in `db` holds the
/// two equal.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    /// Who the status is for.
    pub visibility: Visibility,
    /// Who wrote it.
    pub author: AccountId,
    /// Whether the author's account is suspended.
    pub author_is_suspended: bool,
    /// Who looks, if anybody is signed in.
    pub viewer: Option<AccountId>,
    /// The viewer follows the author, and the author's side has accepted it (S11).
    pub viewer_follows_author: bool,
    /// The viewer is mentioned or silently addressed.
    pub viewer_is_addressed: bool,
    /// The author has blocked the viewer.
    pub author_blocks_viewer: bool,
}

impl Sight {
    /// Whether the viewer may see the status.
    pub fn is_allowed(&self) -> bool {
        if self.author_is_suspended {
            return false;
        }
        let Some(viewer) = self.viewer else {
            return self.visibility.is_for_everybody();
        };
        if viewer == self.author {
            return true;
        }
        if self.author_blocks_viewer {
            return false;
        }
        match self.visibility {
            Visibility::Public | Visibility::Unlisted => true,
            Visibility::Private => self.viewer_follows_author || self.viewer_is_addressed,
            Visibility::Limited | Visibility::Direct => self.viewer_is_addressed,
        }
    }
}
