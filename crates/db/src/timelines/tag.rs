//! Public posts of a tag.

use model::{Page, StatusGlimpse, Viewer, timeline::Reach};
use sqlx::PgConnection;

use super::parts::Listing;
use crate::Result;

/// Which posts are wanted. Names in normal form.
#[derive(Clone, Debug)]
pub struct TagTimeline {
    /// Posts with this tag, or with one of `any`.
    pub name: String,
    /// See `name`.
    pub any: Vec<String>,
    /// Only those that have all of these too.
    pub all: Vec<String>,
    /// Only those that have none of these.
    pub none: Vec<String>,
    /// Whose.
    pub reach: Reach,
    /// Only those with pictures and the like.
    pub only_media: bool,
}

/// Public posts of a tag.
pub async fn tag(
    connection: &mut PgConnection,
    viewer: Viewer,
    wanted: &TagTimeline,
    page: Page,
) -> Result<Vec<StatusGlimpse>> {
    let mut listing = if wanted.any.is_empty() {
        let mut listing = Listing::new(
            "SELECT s.id, s.id, s.boost_of_id FROM status_tags t JOIN",
            viewer,
        );
        // One tag: its part of the index is in the order of the timeline.
        listing
            .query
            .push("ON s.id = t.status_id WHERE t.tag_id = (SELECT g.id FROM tags g WHERE g.name = ")
            .push_bind(wanted.name.clone())
            .push(")");
        listing
    } else {
        let names: Vec<String> = wanted
            .any
            .iter()
            .cloned()
            .chain([wanted.name.clone()])
            .collect();
        let mut listing = Listing::begun(
            "SELECT s.id, s.id, s.boost_of_id
               FROM (SELECT DISTINCT l.status_id
                       FROM status_tags l
                       JOIN tags g ON g.id = l.tag_id
                      WHERE g.name = ANY (",
            viewer,
        );
        listing.query.push_bind(names).push(")) t JOIN");
        listing.visible("s");
        listing.query.push("ON s.id = t.status_id WHERE true");
        listing
    };
    for name in &wanted.all {
        listing
            .query
            .push(" AND EXISTS (SELECT 1 FROM status_tags l JOIN tags g ON g.id = l.tag_id WHERE l.status_id = t.status_id AND g.name = ")
            .push_bind(name.clone())
            .push(")");
    }
    if !wanted.none.is_empty() {
        listing
            .query
            .push(" AND NOT EXISTS (SELECT 1 FROM status_tags l JOIN tags g ON g.id = l.tag_id WHERE l.status_id = t.status_id AND g.name = ANY (")
            .push_bind(wanted.none.clone())
            .push("))");
    }
    listing.of_public();
    listing.reaching(wanted.reach);
    listing.only_media(wanted.only_media);
    listing.fetch(connection, "t.status_id", page).await
}
