//! Search: people, tags and posts.

mod exact;

use db::{search::PeopleSearch, statuses::Sight};
use model::{
    Account, Viewer,
    status::{StatusView, TagView},
};
use text::hashtag;

use self::exact::Exact;
use crate::{App, Result, accounts as people};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchKind {
    /// People.
    Accounts,
    /// Posts.
    Statuses,
    /// Hashtags.
    Tags,
}

/// A search.
#[derive(Clone, Debug)]
pub struct SearchQuery {
    /// What was typed.
    pub q: String,
    /// Only this; all when absent.
    pub kind: Option<SearchKind>,
    /// Other servers may be asked, if the viewer is a member.
    pub resolve: bool,
    /// Only people whom the viewer follows.
    pub following: bool,
    /// At most so many of each kind.
    pub limit: i64,
    /// Without the first so many.
    pub offset: i64,
}

impl SearchQuery {
    fn wants(&self, kind: SearchKind) -> bool {
        self.kind.is_none_or(|wanted| wanted == kind)
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct SearchResults {
    /// People.
    pub accounts: Vec<Account>,
    /// Posts.
    pub statuses: Vec<StatusView>,
    /// Hashtags.
    pub tags: Vec<TagView>,
}

/// A handle or URL finds what it names (asking its server when `resolve`); other words find people by name and
/// tags by prefix. Posts are found by their URL only.
pub async fn search(app: &App, viewer: Viewer, query: &SearchQuery) -> Result<SearchResults> {
    let mut results = SearchResults::default();
    let q = query.q.trim();
    if q.is_empty() || query.limit <= 0 {
        return Ok(results);
    }
    if exact::is_url(q) {
        if query.offset > 0 {
            return Ok(results);
        }
        match exact::by_url(app, viewer, query).await? {
            Some(Exact::Account(account)) if query.wants(SearchKind::Accounts) => {
                results.accounts.push(*account);
            }
            Some(Exact::Status(id)) if query.wants(SearchKind::Statuses) => {
                let mut connection = app.db.acquire().await?;
                results
                    .statuses
                    .extend(db::statuses::view(&mut connection, Sight::Of(viewer), id).await?);
            }
            _ => {}
        }
        return Ok(results);
    }
    if query.wants(SearchKind::Accounts) && !q.starts_with('#') {
        results.accounts = accounts(app, viewer, query).await?;
    }
    if query.wants(SearchKind::Tags)
        && !q.starts_with('@')
        && let Some(name) = hashtag::normalise(q)
    {
        let mut connection = app.db.acquire().await?;
        results.tags =
            db::search::tags(&mut connection, &name, query.limit, query.offset.max(0)).await?;
    }
    Ok(results)
}

/// People only, for completing names.
pub async fn accounts(app: &App, viewer: Viewer, query: &SearchQuery) -> Result<Vec<Account>> {
    let mut found = Vec::new();
    if query.offset <= 0
        && let Some(exactly) = exact::by_handle(app, viewer, query).await?
    {
        found.push(exactly);
    }
    let mut connection = app.db.acquire().await?;
    let wanted = PeopleSearch {
        words: &query.q,
        only_followed: query.following,
        limit: query.limit.clamp(0, 80),
        offset: query.offset.max(0),
    };
    let ids = db::search::people(&mut connection, viewer, &wanted).await?;
    drop(connection);
    for account in people::many(app, &ids).await? {
        if found.iter().all(|other: &Account| other.id != account.id) {
            found.push(account);
        }
    }
    found.truncate(usize::try_from(query.limit).unwrap_or_default());
    Ok(found)
}
