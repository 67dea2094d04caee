//! Finding people and posts on other servers: a port that the federation edge fills.

use futures_util::future::BoxFuture;
use model::{AccountId, Handle, StatusId};

use crate::{App, Result};

/// What a URL that somebody pasted turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Somebody.
    Account(AccountId),
    /// A post.
    Status(StatusId),
}

/// Asks other servers. Each answer is stored before it is returned.
pub trait RemoteLookup: Send + Sync {
    /// Finds somebody by handle (WebFinger, then their actor). `None` when there is nobody.
    fn account_by_handle<'a>(
        &'a self,
        app: &'a App,
        handle: &'a Handle,
    ) -> BoxFuture<'a, Result<Option<AccountId>>>;

    /// Finds what a URL names. `None` when it names nothing that is understood.
    fn by_url<'a>(&'a self, app: &'a App, url: &'a str) -> BoxFuture<'a, Result<Option<Found>>>;
}

/// Finds nothing; for commands and tests that never ask other servers.
#[derive(Clone, Copy, Debug)]
pub struct Nowhere;

impl RemoteLookup for Nowhere {
    fn account_by_handle<'a>(
        &'a self,
        _: &'a App,
        _: &'a Handle,
    ) -> BoxFuture<'a, Result<Option<AccountId>>> {
        Box::pin(async { Ok(None) })
    }

    fn by_url<'a>(&'a self, _: &'a App, _: &'a str) -> BoxFuture<'a, Result<Option<Found>>> {
        Box::pin(async { Ok(None) })
    }
}
