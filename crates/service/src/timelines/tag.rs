//! Public posts of a tag.

use db::timelines::TagTimeline;
use model::{Page, StatusGlimpse, Viewer, timeline::Reach};
use text::hashtag;

use crate::{App, Result};

/// So many names are taken of each of the lists, as in Mastodon.
const MOST_NAMES: usize = 4;

/// Which posts of a tag are wanted: with any, all, none of further tags.
#[derive(Clone, Debug)]
pub struct TagFilter {
    /// The tag, in any spelling, without `#`.
    pub name: String,
    /// Or one of these.
    pub any: Vec<String>,
    /// And all of these.
    pub all: Vec<String>,
    /// But none of these.
    pub none: Vec<String>,
    /// Whose posts.
    pub reach: Reach,
    /// Only with pictures and the like.
    pub only_media: bool,
}

/// Public posts of a tag, newest first. A name that no tag can have finds nothing.
pub async fn tag(
    app: &App,
    viewer: Viewer,
    filter: &TagFilter,
    page: Page,
) -> Result<Vec<StatusGlimpse>> {
    let Some(name) = hashtag::normalise(&filter.name) else {
        return Ok(Vec::new());
    };
    let wanted = TagTimeline {
        name,
        any: normal_forms(&filter.any),
        all: normal_forms(&filter.all),
        none: normal_forms(&filter.none),
        reach: filter.reach,
        only_media: filter.only_media,
    };
    let mut connection = app.db.acquire().await?;
    Ok(db::timelines::tag(&mut connection, viewer, &wanted, page).await?)
}

fn normal_forms(names: &[String]) -> Vec<String> {
    names
        .iter()
        .filter_map(|name| hashtag::normalise(name))
        .take(MOST_NAMES)
        .collect()
}
