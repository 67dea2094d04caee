//! Posts and accounts, printed once and kept for as long as they stay the same.
//!
//! Operations tell what is there at a glance: ids with versions, the viewer's marks, and counters. A page is put together
//! from that and from what lies here under the same versions; what does not, for all posts and accounts of the page together,
//! is loaded with one query. Nobody has to tell the shelf that something has changed: a version is never used twice, so
//! what is kept under an old one is not asked for any more. Without a shelf everything is loaded and printed each time.

mod hand;
mod page;
mod printed;

use std::{sync::Arc, time::Duration};

use model::{AccountGlimpse, AccountId, StatusGlimpse, StatusId};
use moka::sync::Cache;

pub(crate) use hand::Hand;
pub(crate) use page::Page;
use printed::{PrintedAccount, PrintedPost};

/// The part of the memory that posts get; accounts have the rest.
const FOR_POSTS: (u64, u64) = (3, 4);

/// Two names that change at the same moment can be told in the wrong order (see migration 0015). So nothing is believed for
/// longer than this.
const LIFE: Duration = Duration::from_mins(10);

/// What is kept, in bounded memory. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Shelf {
    posts: Option<Cache<StatusId, Arc<PrintedPost>>>,
    accounts: Option<Cache<AccountId, Arc<PrintedAccount>>>,
}

impl Shelf {
    /// An empty one, for so many bytes. None are kept in none.
    pub(crate) fn new(bytes: u64) -> Self {
        let for_posts = bytes / FOR_POSTS.1 * FOR_POSTS.0;
        Self {
            posts: (bytes > 0).then(|| cache(for_posts, PrintedPost::weight)),
            accounts: (bytes > 0).then(|| cache(bytes - for_posts, PrintedAccount::weight)),
        }
    }

    fn post(&self, seen: &StatusGlimpse) -> Option<Arc<PrintedPost>> {
        let post = self.posts.as_ref()?.get(&seen.id)?;
        post.is_of(seen).then_some(post)
    }

    fn account(&self, seen: &AccountGlimpse) -> Option<Arc<PrintedAccount>> {
        let account = self.accounts.as_ref()?.get(&seen.id)?;
        account.is_of(seen).then_some(account)
    }

    fn keep_post(&self, id: StatusId, post: &Arc<PrintedPost>) {
        if let Some(posts) = &self.posts {
            posts.insert(id, post.clone());
        }
    }

    fn keep_account(&self, id: AccountId, account: &Arc<PrintedAccount>) {
        if let Some(accounts) = &self.accounts {
            accounts.insert(id, account.clone());
        }
    }
}

fn cache<K, V>(bytes: u64, weight: impl Fn(&V) -> u32 + Send + Sync + 'static) -> Cache<K, Arc<V>>
where
    K: std::hash::Hash + Eq + Send + Sync + 'static,
    V: Send + Sync + 'static,
{
    Cache::builder()
        .max_capacity(bytes)
        .weigher(move |_, kept: &Arc<V>| weight(kept))
        .time_to_live(LIFE)
        .build()
}
