//! Search: people, tags and posts.

use model::{
    Account, Viewer,
    status::{StatusView, TagView},
};

use crate::{App, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchKind {
    Accounts,
    Statuses,
    Tags,
}
#[derive(Clone, Debug)]
pub struct SearchQuery {
    pub q: String,
    pub kind: Option<SearchKind>,
    pub resolve: bool,
    pub following: bool,
    pub limit: i64,
    pub offset: i64,
}
#[derive(Clone, Debug, Default)]
pub struct SearchResults {
    pub accounts: Vec<Account>,
    pub statuses: Vec<StatusView>,
    pub tags: Vec<TagView>,
}
/// A handle or URL finds what it names (asking its server when `resolve`); other words find people by name and tags by prefix.
pub async fn search(app: &App, viewer: Viewer, query: &SearchQuery) -> Result<SearchResults> {
    todo!()
}
/// People only, for completing names.
pub async fn accounts(app: &App, viewer: Viewer, query: &SearchQuery) -> Result<Vec<Account>> {
    todo!()
}
