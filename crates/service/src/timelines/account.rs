//! What somebody has written and boosted.

use db::timelines::AccountTimeline;
use model::{AccountId, StatusGlimpse, Viewer};
use text::hashtag;

use crate::{App, Result, accounts::StatusFilter};

/// An account's statuses, as far as the viewer may see them; `accounts::statuses` for callers.
pub(crate) async fn account(
    app: &App,
    viewer: Viewer,
    id: AccountId,
    filter: &StatusFilter,
) -> Result<Vec<StatusGlimpse>> {
    let tag = match &filter.tag {
        Some(tag) => match hashtag::normalise(tag) {
            Some(tag) => Some(tag),
            // No status has a tag of such a name.
            None => return Ok(Vec::new()),
        },
        None => None,
    };
    let wanted = AccountTimeline {
        of: id,
        excludes_replies: filter.excludes_replies,
        excludes_boosts: filter.excludes_boosts,
        only_media: filter.only_media,
        only_pinned: filter.only_pinned,
        tag,
    };
    let mut connection = app.db.acquire().await?;
    Ok(db::timelines::account(&mut connection, viewer, &wanted, filter.page).await?)
}
