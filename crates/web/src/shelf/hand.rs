//! What one page needs of the shelf.

use std::{
    collections::{HashMap, HashSet},
    iter,
    sync::Arc,
};

use model::{AccountGlimpse, AccountId, StatusGlimpse, StatusId};
use service::statuses;

use super::{PrintedAccount, PrintedPost};
use crate::State;

/// All that a page is put together from, taken from the shelf or, if it was not there, loaded.
#[derive(Default)]
pub(crate) struct Hand {
    posts: HashMap<StatusId, Arc<PrintedPost>>,
    accounts: HashMap<AccountId, Arc<PrintedAccount>>,
    missing: Missing,
}

/// What is not on the shelf.
#[derive(Default)]
struct Missing {
    posts: HashSet<StatusId>,
    accounts: HashSet<AccountId>,
}

impl Hand {
    /// What the shelf has of these statuses, with their authors and what they boost, and of these people beside them.
    /// [`Self::load`] completes it.
    pub(crate) fn take<'g>(
        state: &State,
        statuses: impl IntoIterator<Item = &'g StatusGlimpse>,
        people: impl IntoIterator<Item = &'g AccountGlimpse>,
    ) -> Self {
        let mut hand = Self::default();
        for account in people {
            hand.take_account(state, account);
        }
        for status in statuses {
            for one in iter::once(status).chain(status.boost_of.as_deref()) {
                hand.take_post(state, one);
                hand.take_account(state, &one.author);
            }
        }
        hand
    }

    fn take_post(&mut self, state: &State, seen: &StatusGlimpse) {
        match state.shelf.post(seen) {
            Some(post) => {
                self.posts.insert(seen.id, post);
            }
            None => {
                self.missing.posts.insert(seen.id);
            }
        }
    }

    fn take_account(&mut self, state: &State, seen: &AccountGlimpse) {
        if self.accounts.contains_key(&seen.id) {
            return;
        }
        match state.shelf.account(seen) {
            Some(account) => {
                self.accounts.insert(seen.id, account);
            }
            None => {
                self.missing.accounts.insert(seen.id);
            }
        }
    }

    /// Loads what was missing, in one query, and leaves it on the shelf.
    pub(crate) async fn load(mut self, state: &State) -> service::Result<Self> {
        let posts: Vec<StatusId> = self.missing.posts.drain().collect();
        let accounts: Vec<AccountId> = self.missing.accounts.drain().collect();
        if posts.is_empty() && accounts.is_empty() {
            return Ok(self);
        }
        let bodies = statuses::bodies(&state.app, &posts, &accounts).await?;
        for post in &bodies.posts {
            let printed = Arc::new(PrintedPost::new(&state.renderer, post));
            state.shelf.keep_post(post.status.id, &printed);
            self.posts.insert(post.status.id, printed);
        }
        for (version, account) in &bodies.accounts {
            let printed = Arc::new(PrintedAccount::new(&state.renderer, *version, account));
            state.shelf.keep_account(account.id, &printed);
            self.accounts.insert(account.id, printed);
        }
        Ok(self)
    }

    /// A post with its author. `None` when one of them has gone since it was seen.
    pub(super) fn post(&self, seen: &StatusGlimpse) -> Option<(&PrintedPost, &PrintedAccount)> {
        let post = self.posts.get(&seen.id)?;
        Some((post, self.account(&seen.author)?))
    }

    /// An account. `None` when it has gone since it was seen.
    pub(super) fn account(&self, seen: &AccountGlimpse) -> Option<&PrintedAccount> {
        self.accounts.get(&seen.id).map(Arc::as_ref)
    }
}
