//! Which part of a list was asked for.

use mastodon::forms::Paging;
use model::Page;

/// How long pages of a list are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    usual: i64,
    most: i64,
}

/// Lists of posts.
pub(super) const STATUSES: Length = Length {
    usual: 20,
    most: 40,
};
/// Lists of accounts.
pub(super) const ACCOUNTS: Length = Length {
    usual: 40,
    most: 80,
};
/// Notifications.
pub(super) const NOTIFICATIONS: Length = Length {
    usual: 40,
    most: 80,
};
/// Results of a search.
pub(super) const RESULTS: Length = Length {
    usual: 20,
    most: 40,
};
/// How far unread notifications are counted.
pub(super) const UNREAD: Length = Length {
    usual: 100,
    most: 1000,
};

impl Length {
    /// The length of a page for which so many entries were asked.
    pub(super) fn of(self, asked: Option<i64>) -> i64 {
        let Some(asked) = asked else {
            return self.usual;
        };
        asked.saturating_abs().clamp(1, self.most)
    }

    /// The page asked for.
    pub(super) fn page(self, asked: Paging) -> Page {
        Page {
            max_id: asked.max_id,
            since_id: asked.since_id,
            min_id: asked.min_id,
            limit: self.of(asked.limit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_never_empty_or_endless() {
        assert_eq!(STATUSES.of(None), 20);
        assert_eq!(STATUSES.of(Some(5)), 5);
        assert_eq!(STATUSES.of(Some(1000)), 40);
        assert_eq!(STATUSES.of(Some(0)), 1);
        assert_eq!(STATUSES.of(Some(i64::MIN)), 40);
    }
}
