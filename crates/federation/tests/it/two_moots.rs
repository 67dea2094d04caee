//! Two servers in one process that know of each other only what they tell each other.

use std::sync::Arc;

use federation::client::{Network, Rules};
use http::Method;
use model::{AccountId, Handle, StatusId, Viewer};
use serde_json::Value;
use service::relationships::{self, FollowChange};
use service::remote::Found;
use service::{accounts, statuses};
use testkit::{FakeClock, Member};

use crate::wire::Elsewhere;
use crate::world::World;

/// `a.example` with alice and `b.example` with bo.
struct Pair {
    a: World,
    b: World,
    alice: Member,
    bo: Member,
}

impl Pair {
    async fn new() -> Self {
        let (elsewhere, clock) = (Elsewhere::default(), FakeClock::default());
        let a = World::new("a.example", &elsewhere, &clock).await;
        let b = World::new("b.example", &elsewhere, &clock).await;
        for (name, world) in [("a.example", &a), ("b.example", &b)] {
            elsewhere.host(name, federation::router(world.state.clone()));
        }
        let (alice, bo) = (a.app.member("alice").await, b.app.member("bo").await);
        Self { a, b, alice, bo }
    }

    /// The same over real sockets, as in the demo: `http`, on loopback, with ports.
    async fn over_sockets() -> Self {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let (elsewhere, clock) = (Elsewhere::default(), FakeClock::default());
        let a = Self::listening(&elsewhere, &clock).await;
        let b = Self::listening(&elsewhere, &clock).await;
        let (alice, bo) = (a.app.member("alice").await, b.app.member("bo").await);
        Self { a, b, alice, bo }
    }

    async fn listening(elsewhere: &Elsewhere, clock: &FakeClock) -> World {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let domain = format!("localhost:{}", listener.local_addr().unwrap().port());
        let allowed_private = vec!["127.0.0.1".parse().unwrap(), "::1".parse().unwrap()];
        let rules = Rules {
            allowed_private,
            http_allowed: true,
        };
        let wire = Network::new(&Arc::new(rules.clone())).unwrap();
        let world = World::over(&domain, rules, Arc::new(wire), elsewhere, clock).await;
        let router = federation::router(world.state.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        world
    }

    /// Both work until neither has anything left to do.
    async fn settle(&self) {
        for _ in 0..4 {
            self.a.work().await;
            self.b.work().await;
        }
    }

    /// Bo follows alice, as both sides see it.
    async fn follow(&self) -> AccountId {
        let alice = self
            .find(&format!("alice@{}", self.a.app.settings.local_domain))
            .await;
        relationships::follow(&self.b.app, self.bo.id, alice, FollowChange::default())
            .await
            .unwrap();
        self.settle().await;
        alice
    }

    /// Somebody of a, as b finds them.
    async fn find(&self, handle: &str) -> AccountId {
        let handle: Handle = handle.parse().unwrap();
        self.b
            .app
            .remote
            .account_by_handle(&self.b.app, &handle)
            .await
            .unwrap()
            .unwrap()
    }

    /// A post of alice as bo sees it, if bo does.
    async fn at_b(&self, uri: &str) -> Option<StatusId> {
        let id = statuses::find_by_uri(&self.b.app, uri).await.unwrap()?;
        statuses::get(&self.b.app, Viewer::Account(self.bo.id), id)
            .await
            .ok()
            .map(|view| view.status.id)
    }
}

#[tokio::test]
async fn somebody_elsewhere_is_found_by_handle_and_followed() {
    let pair = Pair::new().await;

    let alice = pair.follow().await;

    let found = accounts::get(&pair.b.app, alice).await.unwrap();
    assert_eq!(found.handle().to_string(), "alice@a.example");
    let relation = relationships::of(&pair.b.app, pair.bo.id, &[alice])
        .await
        .unwrap()
        .remove(0);
    assert!(relation.following.is_some(), "{relation:?}");
    assert_eq!(
        accounts::get(&pair.a.app, pair.alice.id)
            .await
            .unwrap()
            .followers_count,
        1
    );
}

#[tokio::test]
async fn posts_of_every_visibility_arrive_where_they_should() {
    let pair = Pair::new().await;
    pair.follow().await;

    let public = pair.alice.posts("for everybody").await;
    let unlisted = pair.alice.posts("quietly").unlisted().await;
    let private = pair.alice.posts("for followers").followers_only().await;
    let direct = pair.alice.posts("psst @bo@b.example").direct().await;
    let unaddressed = pair.alice.posts("psst").direct().await;
    pair.settle().await;

    for (name, view) in [
        ("public", public),
        ("unlisted", unlisted),
        ("private", private),
    ] {
        assert!(
            pair.at_b(&view.status.uri).await.is_some(),
            "{name} did not arrive"
        );
    }
    // Bo was unknown to alice's server by name until the post named him.
    assert!(
        pair.at_b(&direct.status.uri).await.is_some(),
        "direct did not arrive"
    );
    assert!(
        pair.at_b(&unaddressed.status.uri).await.is_none(),
        "what is for nobody arrived"
    );
}

#[tokio::test]
async fn what_is_done_with_a_post_is_seen_on_the_other_side_and_undone_again() {
    let pair = Pair::new().await;
    pair.follow().await;
    let post = pair.alice.posts("hello").await.status;
    pair.settle().await;
    let there = pair.at_b(&post.uri).await.unwrap();

    statuses::favourite(&pair.b.app, pair.bo.id, there)
        .await
        .unwrap();
    statuses::boost(&pair.b.app, pair.bo.id, there, None)
        .await
        .unwrap();
    pair.bo
        .posts("@alice@a.example hello yourself")
        .in_reply_to(there)
        .await;
    pair.settle().await;
    let seen = statuses::load(&pair.a.app, post.id)
        .await
        .unwrap()
        .unwrap()
        .status;
    assert_eq!(
        (seen.favourites_count, seen.boosts_count, seen.replies_count),
        (1, 1, 1)
    );

    statuses::unfavourite(&pair.b.app, pair.bo.id, there)
        .await
        .unwrap();
    statuses::unboost(&pair.b.app, pair.bo.id, there)
        .await
        .unwrap();
    pair.settle().await;
    let seen = statuses::load(&pair.a.app, post.id)
        .await
        .unwrap()
        .unwrap()
        .status;
    assert_eq!((seen.favourites_count, seen.boosts_count), (0, 0));
}

#[tokio::test]
async fn edits_and_deletions_arrive() {
    let pair = Pair::new().await;
    pair.follow().await;
    let post = pair.alice.posts("first").await.status;
    pair.settle().await;
    let there = pair.at_b(&post.uri).await.unwrap();

    pair.a.app.clock.advance(time::Duration::minutes(5));
    let edit = statuses::Edit {
        text: "second".into(),
        spoiler: String::new(),
        sensitive: None,
        language: None,
    };
    statuses::edit(&pair.a.app, pair.alice.id, post.id, edit)
        .await
        .unwrap();
    pair.settle().await;
    let seen = statuses::load(&pair.b.app, there)
        .await
        .unwrap()
        .unwrap()
        .status;
    assert_eq!(seen.content.to_text(), "second");
    assert!(seen.edited_at.is_some());

    statuses::delete(&pair.a.app, pair.alice.id, post.id)
        .await
        .unwrap();
    pair.settle().await;
    assert_eq!(pair.at_b(&post.uri).await, None);
}

#[tokio::test]
async fn a_pasted_page_is_found_as_the_post_it_shows() {
    let pair = Pair::new().await;
    let post = pair.alice.posts("look at this").await.status;

    let found = pair
        .b
        .app
        .remote
        .by_url(&pair.b.app, &post.uri)
        .await
        .unwrap();

    let Some(Found::Status(id)) = found else {
        panic!("{found:?}")
    };
    let seen = statuses::load(&pair.b.app, id).await.unwrap().unwrap();
    assert_eq!(
        (seen.status.uri, seen.status.content.to_text()),
        (post.uri, "look at this".to_owned())
    );
}

#[tokio::test]
async fn stopping_to_follow_ends_deliveries() {
    let pair = Pair::new().await;
    let alice = pair.follow().await;

    relationships::unfollow(&pair.b.app, pair.bo.id, alice)
        .await
        .unwrap();
    pair.settle().await;
    pair.a.elsewhere.forget();
    pair.alice.posts("anybody there?").await;
    pair.settle().await;

    assert!(pair.a.elsewhere.sent(&Method::POST).is_empty());
}

#[tokio::test]
async fn a_delivery_to_a_stopped_server_arrives_once_it_is_back() {
    let pair = Pair::new().await;
    pair.follow().await;
    pair.a.elsewhere.silence("b.example");
    let post = pair.alice.posts("are you there?").await.status;
    pair.settle().await;
    assert_eq!(pair.at_b(&post.uri).await, None);

    pair.a.elsewhere.wake("b.example");
    pair.a.app.clock.advance(time::Duration::seconds(30));
    pair.settle().await;

    assert!(pair.at_b(&post.uri).await.is_some());
}

#[tokio::test]
async fn one_document_is_sent_unchanged_to_every_inbox_and_names_its_digest() {
    let pair = Pair::new().await;
    pair.follow().await;
    pair.a.elsewhere.forget();

    pair.alice.posts("hello").await;
    pair.a.work().await;

    let sent = pair.a.elsewhere.sent(&Method::POST);
    let [create] = sent.as_slice() else {
        panic!("{} deliveries", sent.len())
    };
    let document: Value = create.json();
    assert_eq!(document["type"], "Create");
    assert_eq!(document["to"], document["object"]["to"]);
    assert_eq!(create.url, "https://b.example/inbox");
    assert_eq!(
        create.headers["digest"],
        activitypub::signature::digest(&create.body)
    );
}

#[tokio::test]
async fn two_servers_on_loopback_ports_speak_over_http() {
    let pair = Pair::over_sockets().await;
    let alice = pair.follow().await;
    let post = pair.alice.posts("hello over sockets").await.status;
    pair.settle().await;

    let there = pair.at_b(&post.uri).await.expect("the post has arrived");
    statuses::favourite(&pair.b.app, pair.bo.id, there)
        .await
        .unwrap();
    pair.settle().await;

    let found = accounts::get(&pair.b.app, alice).await.unwrap();
    assert_eq!(found.domain, Some(pair.a.app.settings.local_domain.clone()));
    let seen = statuses::load(&pair.a.app, post.id)
        .await
        .unwrap()
        .unwrap()
        .status;
    assert_eq!(seen.favourites_count, 1);
}
