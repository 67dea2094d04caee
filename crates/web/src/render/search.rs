//! What a search found.

use mastodon::{EmptyList, Id, Search, Tag};
use model::{Viewer, status::TagView};
use service::search::SearchResults;

use super::Renderer;

impl Renderer {
    /// What a search found, for somebody.
    pub(crate) fn search<'a>(&'a self, results: &'a SearchResults, viewer: Viewer) -> Search<'a> {
        Search {
            accounts: results
                .accounts
                .iter()
                .map(|account| self.account(account))
                .collect(),
            statuses: self.statuses(&results.statuses, viewer),
            hashtags: results
                .tags
                .iter()
                .map(|tag| self.tag(tag, viewer))
                .collect(),
            collections: EmptyList,
        }
    }

    /// A hashtag. Its use is not counted, and it can be neither followed nor featured yet.
    fn tag<'a>(&self, tag: &'a TagView, viewer: Viewer) -> Tag<'a> {
        let for_members = viewer.account_id().map(|_| false);
        Tag {
            id: Id(stable_number(&tag.name)),
            name: tag.display_name.as_str().into(),
            url: self.urls.tag(&tag.name).into(),
            history: Vec::new(),
            following: for_members,
            featuring: for_members,
        }
    }
}

/// Tags are known by name and have no number of their own, yet apps expect one that stays the
/// same and tells two tags apart: FNV-1a of the name, made positive.
fn stable_number(name: &str) -> i64 {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    i64::try_from(hash >> 1).expect("63 bits fit")
}
