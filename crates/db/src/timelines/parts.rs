//! What several timelines' queries have in common.

use model::{AccountId, Page, StatusId, Viewer, timeline::Reach};
use sqlx::{PgConnection, Postgres, QueryBuilder};

use crate::{
    Result,
    paging::{newest_first, push_page},
};

/// A query under construction over `statuses_visible_to(viewer) s`.
pub(super) struct Listing {
    pub(super) query: QueryBuilder<Postgres>,
    viewer: Option<i64>,
}

impl Listing {
    /// `start` ends with `FROM` or `JOIN`.
    pub(super) fn new(start: &'static str, viewer: Viewer) -> Self {
        let mut listing = Self::begun(start, viewer);
        listing.visible("s");
        listing
    }

    /// The caller says `visible("s")` later.
    pub(super) fn begun(start: &'static str, viewer: Viewer) -> Self {
        Self {
            query: QueryBuilder::new(start),
            viewer: viewer.account_id().map(AccountId::get),
        }
    }

    /// Everything that the viewer may see, under a name.
    pub(super) fn visible(&mut self, name: &'static str) {
        self.query
            .push(" statuses_visible_to(")
            .push_bind(self.viewer)
            .push("::bigint) ")
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
        let Some(viewer) = self.viewer else { return };
        for (table, who, whom) in [
            ("blocks", "blocker_id", "blocked_id"),
            ("mutes", "muter_id", "muted_id"),
        ] {
            self.query
                .push(" AND NOT EXISTS (SELECT 1 FROM ")
                .push(table)
                .push(" x WHERE x.")
                .push(who)
                .push(" = ")
                .push_bind(viewer)
                .push(" AND x.")
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

    pub(super) async fn fetch(
        mut self,
        connection: &mut PgConnection,
        column: &'static str,
        page: Page,
    ) -> Result<Vec<StatusId>> {
        push_page(&mut self.query, column, page);
        let ids: Vec<i64> = self
            .query
            .build_query_scalar()
            .fetch_all(connection)
            .await?;
        Ok(newest_first(
            ids.into_iter().map(StatusId::new).collect(),
            page,
        ))
    }
}
