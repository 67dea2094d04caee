//! Putting a page together, byte by byte the same as if its entities were printed whole.

use mastodon::{AccountMoment, Notification};
use model::{AccountGlimpse, NotificationGlimpse, StatusGlimpse, Viewer};
use serde::Serialize;

use super::Hand;
use crate::render::{self, beside::Extras, statuses::Seen};

/// A page that is being written, for somebody. What has gone since it was seen is left out.
pub(crate) struct Page<'h> {
    hand: &'h Hand,
    viewer: Viewer,
    json: Vec<u8>,
    extras: Extras,
}

impl<'h> Page<'h> {
    /// An empty one.
    pub(crate) fn new(hand: &'h Hand, viewer: Viewer) -> Self {
        Self {
            hand,
            viewer,
            json: Vec::with_capacity(64 * 1024),
            extras: Extras::default(),
        }
    }

    /// With what some notifications have besides.
    pub(crate) fn with(mut self, extras: Extras) -> Self {
        self.extras = extras;
        self
    }

    /// What was written.
    pub(crate) fn into_json(self) -> Vec<u8> {
        self.json
    }

    /// Writes as it stands.
    pub(crate) fn text(&mut self, text: &str) {
        self.json.extend_from_slice(text.as_bytes());
    }

    /// A list of posts.
    pub(crate) fn statuses<'g>(&mut self, seen: impl IntoIterator<Item = &'g StatusGlimpse>) {
        self.list(seen, Self::status);
    }

    /// A list of notifications.
    pub(crate) fn notifications(&mut self, seen: &[NotificationGlimpse]) {
        self.list(seen, Self::notification);
    }

    /// A post or boost. `None`, and nothing is written, when it has gone.
    pub(crate) fn status(&mut self, seen: &StatusGlimpse) -> Option<()> {
        let (post, author) = self.hand.post(seen)?;
        let boosted = seen.boost_of.as_deref();
        if let Some(boosted) = boosted {
            self.hand.post(boosted)?;
        }
        let moment = Seen {
            is_own: self.viewer.account_id() == Some(seen.author.id),
            is_sensitive: post.is_sensitive,
            author_is_sensitised: seen.author.is_sensitised,
            may_be_pinned: post.may_be_pinned,
            replies_count: seen.replies_count,
            boosts_count: seen.boosts_count,
            favourites_count: seen.favourites_count,
            marks: seen.marks,
        };
        self.begin(&post.json);
        self.beside(&moment.render());
        self.text(",\"reblog\":");
        match boosted {
            Some(boosted) => self.status(boosted)?,
            None => self.text("null"),
        }
        self.text(",\"account\":");
        self.begin(&author.json);
        self.beside(&account_moment(&seen.author));
        self.text("}}");
        Some(())
    }

    /// A notification. `None`, and nothing is written, when what it tells of has gone.
    pub(crate) fn notification(&mut self, seen: &NotificationGlimpse) -> Option<()> {
        let from = self.hand.account(&seen.from)?;
        let start = self.json.len();
        let head: Notification<'_> = render::notifications::head(&seen.notification);
        self.print(&head);
        self.json.pop();
        self.text(",\"account\":");
        self.begin(&from.json);
        self.beside(&account_moment(&seen.from));
        self.text("}");
        if let Some(extra) = self.extras.remove(&seen.notification.id) {
            self.text(&extra);
        }
        if let Some(status) = &seen.status {
            self.text(",\"status\":");
            if self.status(status).is_none() {
                self.json.truncate(start);
                return None;
            }
        }
        self.text("}");
        Some(())
    }

    fn list<'g, T: 'g>(
        &mut self,
        items: impl IntoIterator<Item = &'g T>,
        write: impl Fn(&mut Self, &T) -> Option<()>,
    ) {
        self.text("[");
        let start = self.json.len();
        for item in items {
            let before = self.json.len();
            if before > start {
                self.text(",");
            }
            if write(self, item).is_none() {
                self.json.truncate(before);
            }
        }
        self.text("]");
    }

    /// An object that is not closed yet.
    fn begin(&mut self, object: &[u8]) {
        let open = object.strip_suffix(b"}").unwrap_or(object);
        self.json.extend_from_slice(open);
    }

    /// Further fields of an object, of which there must be one before and one here.
    fn beside(&mut self, fields: &impl Serialize) {
        let start = self.json.len();
        self.print(fields);
        self.json[start] = b',';
        self.json.pop();
    }

    fn print(&mut self, entity: &impl Serialize) {
        serde_json::to_writer(&mut self.json, entity).expect("entities are plain structs");
    }
}

fn account_moment(seen: &AccountGlimpse) -> AccountMoment {
    AccountMoment {
        followers_count: seen.followers_count,
        following_count: seen.following_count,
        statuses_count: seen.statuses_count,
        last_status_at: seen.last_status_on.map(mastodon::Date),
    }
}
