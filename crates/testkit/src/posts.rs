//! Posts of members in one line each.

use std::{
    future::{Future, IntoFuture},
    pin::Pin,
};

use model::{AccountId, StatusId, Visibility, status::StatusView};
use service::{App, statuses, statuses::Draft};

/// A post that a member writes.
pub struct PostBuilder {
    app: App,
    author: AccountId,
    draft: Draft,
}

impl PostBuilder {
    pub(crate) fn new(app: &App, author: AccountId, text: &str) -> Self {
        Self {
            app: app.clone(),
            author,
            draft: Draft {
                text: text.to_owned(),
                spoiler: String::new(),
                visibility: None,
                sensitive: None,
                language: None,
                in_reply_to: None,
                application_id: None,
                idempotency_key: None,
            },
        }
    }

    /// For everybody, but not listed.
    #[must_use]
    pub fn unlisted(self) -> Self {
        self.with(|draft| draft.visibility = Some(Visibility::Unlisted))
    }

    /// For those who follow the author.
    #[must_use]
    pub fn followers_only(self) -> Self {
        self.with(|draft| draft.visibility = Some(Visibility::Private))
    }

    /// For those it mentions.
    #[must_use]
    pub fn direct(self) -> Self {
        self.with(|draft| draft.visibility = Some(Visibility::Direct))
    }

    /// With a content warning.
    #[must_use]
    pub fn warns(self, spoiler: &str) -> Self {
        self.with(|draft| spoiler.clone_into(&mut draft.spoiler))
    }

    /// Answers a post.
    #[must_use]
    pub fn in_reply_to(self, parent: StatusId) -> Self {
        self.with(|draft| draft.in_reply_to = Some(parent))
    }

    /// Anything else about it.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Draft)) -> Self {
        change(&mut self.draft);
        self
    }
}

impl IntoFuture for PostBuilder {
    type Output = StatusView;
    type IntoFuture = Pin<Box<dyn Future<Output = StatusView> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            statuses::create(&self.app, self.author, self.draft)
                .await
                .expect("a member may write this")
        })
    }
}
