//! What a search found.

use serde::Serialize;

use crate::{Account, EmptyList, Status, Tag};

/// What a search found. <https://docs.joinmastodon.org/entities/Search/>
#[derive(Debug, Clone, Default, Serialize)]
pub struct Search<'a> {
    /// Matching accounts.
    pub accounts: Vec<Account<'a>>,
    /// Matching posts.
    pub statuses: Vec<Status<'a>>,
    /// Matching hashtags.
    pub hashtags: Vec<Tag<'a>>,
    /// Matching collections.
    pub collections: EmptyList,
}
