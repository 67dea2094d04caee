//! Which part of a list was asked for.

use mastodon::forms::Paging;
use model::Page;

/// How long pages of a list are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Length {
    usual: i64,
    most: i64,
}

/// Lists of posts.
pub(crate) const STATUSES: Length = Length {
    usual: 20,
    most: 40,
};
/// Lists of accounts.
pub(crate) const ACCOUNTS: Length = Length {
    usual: 40,
    most: 80,
};
/// Notifications.
pub(crate) const NOTIFICATIONS: Length = Length {
    usual: 40,
    most: 80,
};
/// Results of a search.
pub(crate) const RESULTS: Length = Length {
    usual: 20,
    most: 40,
};
/// What moderators list.
pub(crate) const ADMIN: Length = Length {
    usual: 100,
    most: 200,
};
/// Entries of the public log.
pub(crate) const LOG: Length = Length {
    usual: 40,
    most: 200,
};
/// How far unread notifications are counted.
pub(crate) const UNREAD: Length = Length {
    usual: 100,
    most: 1000,
};

impl Length {
    /// The length of a page for which so many entries were asked.
    pub(crate) fn of(self, asked: Option<i64>) -> i64 {
        let Some(asked) = asked else {
            return self.usual;
        };
        asked.saturating_abs().clamp(1, self.most)
    }

    /// The page asked for.
    pub(crate) fn page(self, asked: Paging) -> Page {
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
