//! Timelines.

use model::{AccountId, Page, Viewer, status::StatusView, timeline::Reach};

use crate::{App, Result};

/// A member's home, newest first.
pub async fn home(app: &App, member: AccountId, page: Page) -> Result<Vec<StatusView>> {
    todo!()
}
/// Public posts (no boosts, no replies to others as in Mastodon).
pub async fn public(
    app: &App,
    viewer: Viewer,
    reach: Reach,
    only_media: bool,
    page: Page,
) -> Result<Vec<StatusView>> {
    todo!()
}
/// Which posts of a tag are wanted: with any, all, none of further tags.
#[derive(Clone, Debug)]
pub struct TagFilter {
    pub name: String,
    pub any: Vec<String>,
    pub all: Vec<String>,
    pub none: Vec<String>,
    pub reach: Reach,
    pub only_media: bool,
}
pub async fn tag(
    app: &App,
    viewer: Viewer,
    filter: &TagFilter,
    page: Page,
) -> Result<Vec<StatusView>> {
    todo!()
}
