use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use futures_util::future::BoxFuture;
use model::{AccountId, Handle, StatusId, Viewer};
use service::{
    App, Result, accounts,
    remote::{Found, RemoteLookup},
    search,
    search::{SearchKind, SearchQuery, SearchResults},
};

use crate::world::post;

fn query(q: &str) -> SearchQuery {
    SearchQuery {
        q: q.to_owned(),
        kind: None,
        resolve: false,
        following: false,
        limit: 20,
        offset: 0,
    }
}

/// Knows mia, and counts how often it is asked.
#[derive(Default)]
struct Elsewhere(AtomicUsize);

impl RemoteLookup for Elsewhere {
    fn account_by_handle<'a>(
        &'a self,
        app: &'a App,
        handle: &'a Handle,
    ) -> BoxFuture<'a, Result<Option<AccountId>>> {
        Box::pin(async move {
            self.0.fetch_add(1, Ordering::Relaxed);
            if handle.to_string() != "mia@mastodon.example" {
                return Ok(None);
            }
            accounts::receive(app, testkit::remote_account("mia@mastodon.example"))
                .await
                .map(Some)
        })
    }

    fn by_url<'a>(&'a self, app: &'a App, _: &'a str) -> BoxFuture<'a, Result<Option<Found>>> {
        Box::pin(async move {
            self.0.fetch_add(1, Ordering::Relaxed);
            let id =
                accounts::receive(app, testkit::remote_account("mia@mastodon.example")).await?;
            Ok(Some(Found::Account(id)))
        })
    }
}

#[tokio::test]
async fn people_are_found_by_the_beginning_of_any_word_of_their_name() {
    let app = testkit::app().await;
    let ada = app.member("ada_l").await;
    let mia = app
        .remote("mia@mastodon.example")
        .with(|account| account.display_name = "Mia Möller".to_owned())
        .await;
    let found = async |q: &str| -> Vec<AccountId> {
        let results = search::search(&app, Viewer::Anybody, &query(q))
            .await
            .unwrap();
        results.accounts.iter().map(|account| account.id).collect()
    };

    assert_eq!(found("ad").await, [ada.id]);
    assert_eq!(found("@ada_l").await, [ada.id]);
    assert_eq!(found("ada_l@moot.test").await, [ada.id]);
    assert_eq!(found("möl mia").await, [mia.id]);
    assert_eq!(found("mastodon").await, [mia.id]);
    assert_eq!(found("MIA@mastodon.example").await, [mia.id]);
    assert!(found("' & | !").await.is_empty());
    assert!(found("nobody").await.is_empty());
}

#[tokio::test]
async fn tags_are_found_by_their_beginning() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    alice.posts("#Caturday #cats #dogs").await;

    let results = search::search(&app, Viewer::Anybody, &query("#CAT"))
        .await
        .unwrap();

    let names: Vec<_> = results.tags.iter().map(|tag| tag.name.as_str()).collect();
    assert_eq!(names, ["cats", "caturday"]);
}

#[tokio::test]
async fn a_url_finds_what_it_names_if_one_may_see_it() {
    // S36
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let public = alice.posts("hello").await;
    let private = alice.posts("secret").followers_only().await;
    let mia = app.remote("mia@mastodon.example").await;
    let remote = crate::world::arrives(&app, post(&mia, "hello")).await;
    let found =
        async |viewer: Viewer, url: &str| search::search(&app, viewer, &query(url)).await.unwrap();

    for url in [&public.status.url, &public.status.uri] {
        assert_eq!(
            shown(&found(Viewer::Anybody, url).await),
            [public.status.id]
        );
        assert!(found(Viewer::Anybody, url).await.accounts.is_empty());
    }
    assert!(
        found(Viewer::Anybody, &private.status.url)
            .await
            .statuses
            .is_empty()
    );
    assert_eq!(
        found(alice.id.into(), &private.status.url)
            .await
            .statuses
            .len(),
        1
    );
    assert_eq!(
        shown(&found(Viewer::Anybody, &post(&mia, "hello").uri).await),
        [remote]
    );
    assert_eq!(
        found(Viewer::Anybody, &alice.account.url).await.accounts[0].id,
        alice.id
    );
    assert_eq!(
        found(Viewer::Anybody, &mia.account.uri).await.accounts[0].id,
        mia.id
    );
    assert!(
        found(Viewer::Anybody, "https://moot.test/@nobody")
            .await
            .accounts
            .is_empty()
    );
}

#[tokio::test]
async fn only_members_make_us_ask_other_servers() {
    let elsewhere = Arc::new(Elsewhere::default());
    let app = testkit::app().remote(elsewhere.clone()).await;
    let alice = app.member("alice").await;
    let resolving = |q: &str| SearchQuery {
        resolve: true,
        ..query(q)
    };

    for q in ["mia@mastodon.example", "https://mastodon.example/@mia"] {
        let results = search::search(&app, Viewer::Anybody, &resolving(q))
            .await
            .unwrap();
        assert!(results.accounts.is_empty());
        let results = search::search(&app, alice.id.into(), &query(q))
            .await
            .unwrap();
        assert!(results.accounts.is_empty());
    }
    assert_eq!(elsewhere.0.load(Ordering::Relaxed), 0);
    for q in ["@mia@mastodon.example", "https://mastodon.example/@mia"] {
        let wanted = SearchQuery {
            kind: Some(SearchKind::Accounts),
            ..resolving(q)
        };
        let results = search::search(&app, alice.id.into(), &wanted)
            .await
            .unwrap();
        assert_eq!(results.accounts.len(), 1, "{q}");
    }
}

#[tokio::test]
async fn naming_somebody_unknown_finds_them_first() {
    let app = testkit::app().remote(Arc::new(Elsewhere::default())).await;
    let alice = app.member("alice").await;

    let view = alice
        .posts("hello @mia@mastodon.example and @leo@gts.example")
        .await;

    let names: Vec<_> = view
        .mentions
        .iter()
        .map(|mention| mention.handle.to_string())
        .collect();
    assert_eq!(names, ["mia@mastodon.example"]);
}

/// Which statuses were found.
fn shown(found: &SearchResults) -> Vec<StatusId> {
    found.statuses.iter().map(|view| view.status.id).collect()
}
