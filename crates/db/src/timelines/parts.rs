//! What several timelines' queries have in common.

use model::{Page, StatusGlimpse, Viewer, timeline::Reach};
use sqlx::{PgConnection, Postgres, QueryBuilder};

use crate::{
    Result,
    glimpses::{self, Found},
    paging::push_page,
};

/// A query under construction that finds statuses `s` which the viewer, `$1`, may see.
pub(super) struct Listing {
    pub(super) query: QueryBuilder<Postgres>,
    viewer: Viewer,
}

impl Listing {
    /// `start` begins with what is selected, `cursor, id, boost_of_id`, and ends with `FROM` or `JOIN`.
    pub(super) fn new(start: &'static str, viewer: Viewer) -> Self {
        let mut listing = Self::begun(start, viewer);
        listing.visible("s");
        listing
    }

    /// The caller says `visible("s")` later.
    pub(super) fn begun(start: &'static str, viewer: Viewer) -> Self {
        let mut query = glimpses::finding(viewer);
        query.push(start);
        Self { query, viewer }
    }

    /// Everything that the viewer may see, under a name.
    pub(super) fn visible(&mut self, name: &'static str) {
        self.query
            .push(" statuses_visible_to($1) ")
            .push(name)
            .push(" ");
    }

    /// As every list that nobody asked somebody's name for: no limited authors, and none whom the viewer turned away.
    pub(super) fn of_public(&mut self) {
        self.query.push(
            " AND s.visibility = 'public'
              AND s.boost_of_id IS NULL
              AND s.deleted_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = s.account_id AND a.silenced_at IS NOT NULL)",
        );
        self.without_unwanted("s");
    }

    /// Nobody whom the viewer blocks or mutes.
    pub(super) fn without_unwanted(&mut self, name: &'static str) {
        if self.viewer == Viewer::Anybody {
            return;
        }
        for (table, who, whom) in [
            ("blocks", "blocker_id", "blocked_id"),
            ("mutes", "muter_id", "muted_id"),
        ] {
            self.query
                .push(" AND NOT EXISTS (SELECT 1 FROM ")
                .push(table)
                .push(" x WHERE x.")
                .push(who)
                .push(" = $1 AND x.")
                .push(whom)
                .push(" = ")
                .push(name)
                .push(".account_id)");
        }
    }

    pub(super) fn reaching(&mut self, reach: Reach) {
        match reach {
            Reach::Everybody => {}
            Reach::Local => {
                self.query.push(" AND s.local");
            }
            Reach::Remote => {
                self.query.push(" AND NOT s.local");
            }
        }
    }

    pub(super) fn only_media(&mut self, wanted: bool) {
        if wanted {
            self.query.push(" AND s.attachments <> '[]'");
        }
    }

    /// Self-replies stay: they are how long posts are written.
    pub(super) fn without_replies(&mut self) {
        self.query
            .push(" AND (s.in_reply_to_uri IS NULL OR s.in_reply_to_account_id = s.account_id)");
    }

    /// The page, newest first.
    pub(super) async fn fetch(
        mut self,
        connection: &mut PgConnection,
        column: &'static str,
        page: Page,
    ) -> Result<Vec<StatusGlimpse>> {
        push_page(&mut self.query, column, page);
        let found = glimpses::fetch(self.query, connection, self.viewer, Found::Seen).await?;
        Ok(glimpses::without_cursors(found))
    }
}
