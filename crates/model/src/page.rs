//! A window on a list ordered by id, as Mastodon pages its lists.

/// Which part of a list of things with ids is wanted.
///
/// Without borders it is the newest part. `min_id` asks for the things right after an id (the
/// oldest first found, still answered newest first); `since_id` for the newest things after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Only things older than this.
    pub max_id: Option<i64>,
    /// Only things newer than this, the newest of them.
    pub since_id: Option<i64>,
    /// Only things newer than this, the oldest of them.
    pub min_id: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

impl Page {
    /// The newest `limit` things.
    pub const fn newest(limit: i64) -> Self {
        Self {
            max_id: None,
            since_id: None,
            min_id: None,
            limit,
        }
    }

    /// Upper border for a query: `id < $1`.
    pub fn before(&self) -> i64 {
        self.max_id.unwrap_or(i64::MAX)
    }

    /// Lower border for a query: `id > $1`.
    pub fn after(&self) -> i64 {
        self.min_id.or(self.since_id).unwrap_or(i64::MIN)
    }

    /// Whether the query has to walk upwards from the lower border. Its rows are then turned round.
    pub fn is_upwards(&self) -> bool {
        self.min_id.is_some()
    }
}
