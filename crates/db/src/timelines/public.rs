//! What everybody may see of everybody.

use model::{Page, StatusGlimpse, Viewer, timeline::Reach};
use sqlx::PgConnection;

use super::parts::Listing;
use crate::Result;

/// Public posts: no boosts, and no answers to others, as in Mastodon.
pub async fn public(
    connection: &mut PgConnection,
    viewer: Viewer,
    reach: Reach,
    only_media: bool,
    page: Page,
) -> Result<Vec<StatusGlimpse>> {
    let mut listing = Listing::new("SELECT s.id, s.id, s.boost_of_id FROM", viewer);
    listing.query.push("WHERE true");
    listing.of_public();
    listing.reaching(reach);
    listing.without_replies();
    listing.only_media(only_media);
    listing.fetch(connection, "s.id", page).await
}
