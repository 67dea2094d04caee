//! What somebody has written and boosted.

use model::{AccountId, Page, StatusGlimpse, Viewer};
use sqlx::PgConnection;

use super::parts::Listing;
use crate::Result;

/// Which of an account's statuses are wanted.
#[derive(Clone, Debug)]
pub struct AccountTimeline {
    /// Whose.
    pub of: AccountId,
    /// Without answers to others.
    pub excludes_replies: bool,
    /// Without boosts.
    pub excludes_boosts: bool,
    /// Only those with pictures and the like.
    pub only_media: bool,
    /// Only those pinned to the profile.
    pub only_pinned: bool,
    /// Only those with this tag, in normal form.
    pub tag: Option<String>,
}

/// An account's statuses, as far as the viewer may see them.
pub async fn account(
    connection: &mut PgConnection,
    viewer: Viewer,
    wanted: &AccountTimeline,
    page: Page,
) -> Result<Vec<StatusGlimpse>> {
    let mut listing = Listing::new("SELECT s.id, s.id, s.boost_of_id FROM", viewer);
    listing
        .query
        .push("WHERE s.deleted_at IS NULL AND s.account_id = ")
        .push_bind(wanted.of.get());
    if wanted.excludes_replies {
        listing.without_replies();
    }
    if wanted.excludes_boosts || wanted.only_media || wanted.tag.is_some() {
        listing.query.push(" AND s.boost_of_id IS NULL");
    } else {
        listing
            .query
            .push(" AND (s.boost_of_id IS NULL OR EXISTS (SELECT 1 FROM");
        listing.visible("o");
        listing.query.push("WHERE o.id = s.boost_of_id");
        listing.without_unwanted("o");
        listing.query.push("))");
    }
    listing.only_media(wanted.only_media);
    if wanted.only_pinned {
        listing.query.push(
            " AND EXISTS (SELECT 1 FROM status_pins n WHERE n.account_id = s.account_id AND n.status_id = s.id)",
        );
    }
    if let Some(tag) = &wanted.tag {
        listing
            .query
            .push(
                " AND EXISTS (SELECT 1 FROM status_tags l JOIN tags g ON g.id = l.tag_id
                               WHERE l.status_id = s.id AND g.name = ",
            )
            .push_bind(tag.clone())
            .push(")");
    }
    listing.fetch(connection, "s.id", page).await
}

/// What peers find in an outbox: posts and boosts for everybody, as far as the viewer may see them.
pub async fn outbox(
    connection: &mut PgConnection,
    viewer: Viewer,
    of: AccountId,
    page: Page,
) -> Result<Vec<StatusGlimpse>> {
    let mut listing = Listing::new("SELECT s.id, s.id, s.boost_of_id FROM", viewer);
    listing
        .query
        .push("WHERE s.deleted_at IS NULL AND s.visibility IN ('public', 'unlisted') AND s.account_id = ")
        .push_bind(of.get());
    listing.fetch(connection, "s.id", page).await
}
