//! An account's statuses.

use model::{AccountId, Page, StatusGlimpse, Viewer};

use crate::{App, Result, timelines};

/// Which of an account's statuses are wanted.
#[derive(Clone, Debug)]
pub struct StatusFilter {
    /// Which part.
    pub page: Page,
    /// No replies, but those to the account itself.
    pub excludes_replies: bool,
    /// No boosts.
    pub excludes_boosts: bool,
    /// Only with pictures and the like.
    pub only_media: bool,
    /// Only those pinned to the profile.
    pub only_pinned: bool,
    /// Only with this hashtag.
    pub tag: Option<String>,
}

/// An account's statuses, as far as the viewer may see them.
pub async fn statuses(
    app: &App,
    viewer: Viewer,
    id: AccountId,
    filter: &StatusFilter,
) -> Result<Vec<StatusGlimpse>> {
    timelines::account(app, viewer, id, filter).await
}
