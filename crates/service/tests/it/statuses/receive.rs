use futures_util::future::join_all;
use model::{Viewer, Visibility, notification::NotificationKind};
use service::{
    consequences::{FanOut, FetchParent},
    statuses,
    statuses::{Arrival, Received, RemoteMention},
    surface,
};
use time::Duration;

use crate::world::{SHARED, arrives, home, ids, named, post, sees, told};

#[tokio::test]
async fn a_pushed_post_must_concern_somebody_here() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;

    let before = statuses::receive(&app, post(&mia, "one"), SHARED)
        .await
        .unwrap();
    let mut to_alice = post(&mia, "two");
    to_alice.mentions = vec![named(alice.id)];
    let named_alice = statuses::receive(&app, to_alice, SHARED).await.unwrap();
    alice.follows(&mia).await;
    let after = statuses::receive(&app, post(&mia, "three"), SHARED)
        .await
        .unwrap();

    assert_eq!(before, Received::Irrelevant);
    assert!(matches!(named_alice, Received::New(_)));
    assert!(matches!(after, Received::New(_)));
    assert_eq!(told(&app, alice.id).await.len(), 1);
}

#[tokio::test]
async fn the_same_post_through_many_doors_is_one() {
    // R20, S17
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    alice.follows(&mia).await;

    let doors = (0..20).map(|_| statuses::receive(&app, post(&mia, "hello"), SHARED));
    let outcomes: Vec<_> = join_all(doors)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();

    let new = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Received::New(_)))
        .count();
    assert_eq!(new, 1);
    assert!(
        outcomes
            .iter()
            .all(|outcome| matches!(outcome, Received::New(_) | Received::AlreadyKnown(_)))
    );
    assert_eq!(home(&app, alice.id).await.len(), 1);
    assert_eq!(mia.now().await.statuses_count, 1);
}

#[tokio::test]
async fn an_id_belongs_to_whoever_came_with_it_first() {
    // S01
    let app = testkit::app().await;
    let mia = app.remote("mia@mastodon.example").await;
    let neighbour = app.remote("neighbour@mastodon.example").await;
    let id = arrives(&app, post(&mia, "hello")).await;
    let mut stolen = post(&mia, "hello");
    stolen.author = neighbour.id;
    let mut ours = post(&mia, "ours");
    ours.uri = "https://moot.test/ap/users/1/statuses/2".to_owned();

    let theft = statuses::receive(&app, stolen, Arrival::Fetched)
        .await
        .unwrap();
    let forgery = statuses::receive(&app, ours, Arrival::Fetched)
        .await
        .unwrap();

    assert_eq!(theft, Received::NotOwner);
    assert_eq!(forgery, Received::NotOwner);
    let view = statuses::get(&app, Viewer::Anybody, id).await.unwrap();
    assert_eq!(view.author.id, mia.id);
}

#[tokio::test]
async fn a_followers_only_post_is_for_those_whom_its_origin_let_follow() {
    // S11
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let mia = app.remote("mia@mastodon.example").locked().await;
    alice.follows(&mia).await;
    bob.asks_to_follow(&mia).await;
    let mut secret = post(&mia, "secret");
    secret.visibility = Visibility::Private;

    let Received::New(id) = statuses::receive(&app, secret, SHARED).await.unwrap() else {
        panic!("a follower is here")
    };

    assert!(sees(&app, alice.id, id).await);
    assert!(!sees(&app, bob.id, id).await);
    assert_eq!(home(&app, alice.id).await, [id]);
    assert!(home(&app, bob.id).await.is_empty());
}

#[tokio::test]
async fn whoever_it_was_delivered_to_may_see_it() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let mia = app.remote("mia@mastodon.example").await;
    let letter = || {
        let mut letter = post(&mia, "letter");
        letter.visibility = Visibility::Direct;
        letter
    };
    let to = |owner| Arrival::Pushed {
        inbox_owner: Some(owner),
    };

    let Received::New(id) = statuses::receive(&app, letter(), to(alice.id))
        .await
        .unwrap()
    else {
        panic!("addressed")
    };
    let bob_before = sees(&app, bob.id, id).await;
    let again = statuses::receive(&app, letter(), to(bob.id)).await.unwrap();

    assert!(!bob_before);
    assert_eq!(again, Received::AlreadyKnown(id));
    assert!(sees(&app, alice.id, id).await);
    assert!(sees(&app, bob.id, id).await);
    let view = statuses::get(&app, alice.id.into(), id).await.unwrap();
    assert_eq!(view.status.visibility, Visibility::Limited);
    assert!(view.mentions.is_empty(), "silent mentions are not shown");
    assert!(told(&app, alice.id).await.is_empty(), "nobody was named");
}

#[tokio::test]
async fn only_those_named_and_addressed_are_told() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let mia = app.remote("mia@mastodon.example").await;
    let mut hello = post(&mia, "hello");
    hello.mentions = vec![
        named(alice.id),
        RemoteMention {
            addressed: false,
            ..named(bob.id)
        },
    ];

    let id = arrives(&app, hello).await;

    assert_eq!(
        told(&app, alice.id).await,
        [(NotificationKind::Mention, mia.id, Some(id))]
    );
    assert!(told(&app, bob.id).await.is_empty());
}

#[tokio::test]
async fn an_answer_that_comes_before_its_question_is_tied_to_it_later() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    let leo = app.remote("leo@gts.example").await;
    alice.follows(&mia).await;
    alice.follows(&leo).await;
    let mut answer = post(&leo, "answer");
    answer.in_reply_to_uri = Some(post(&mia, "question").uri);

    let Received::New(answer) = statuses::receive(&app, answer, SHARED).await.unwrap() else {
        panic!("followed")
    };
    let home_before = home(&app, alice.id).await;
    let asked = app.enqueued::<FetchParent>().await;
    let question = arrives(&app, post(&mia, "question")).await;
    for job in app.enqueued::<FanOut>().await {
        surface::fan_out(&app, &job).await.unwrap();
    }

    assert!(home_before.is_empty(), "nobody knows yet whom it answers");
    assert_eq!(asked.len(), 1);
    let thread = statuses::context(&app, Viewer::Anybody, question)
        .await
        .unwrap();
    assert_eq!(ids(&thread.descendants), [answer]);
    assert_eq!(
        statuses::get(&app, Viewer::Anybody, question)
            .await
            .unwrap()
            .status
            .replies_count,
        1
    );
    assert_eq!(home(&app, alice.id).await, [question, answer]);
}

#[tokio::test]
async fn an_answer_to_a_page_of_ours_finds_the_post() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    let question = alice.posts("why?").await;
    let mut answer = post(&mia, "answer");
    answer.in_reply_to_uri = Some(question.status.url.clone());

    let Received::New(answer) = statuses::receive(&app, answer, SHARED).await.unwrap() else {
        panic!("it answers")
    };

    let view = statuses::get(&app, Viewer::Anybody, answer).await.unwrap();
    assert_eq!(view.status.in_reply_to_id, Some(question.status.id));
    assert!(app.enqueued::<FetchParent>().await.is_empty());
}

#[tokio::test]
async fn an_old_post_that_we_fetched_is_no_news() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    alice.follows(&mia).await;
    let mut old = post(&mia, "old");
    old.published = Some(app.clock.now() - Duration::hours(7));
    old.mentions = vec![named(alice.id)];

    let id = arrives(&app, old).await;

    assert!(home(&app, alice.id).await.is_empty());
    assert!(told(&app, alice.id).await.is_empty());
    assert!(
        id.created_at() < app.clock.now() - Duration::hours(6),
        "it stands where it belongs"
    );
}

#[tokio::test]
async fn nothing_is_taken_of_somebody_who_is_suspended() {
    // S65
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app
        .remote("mia@mastodon.example")
        .with(|account| account.suspended = true)
        .await;
    let mut hello = post(&mia, "hello");
    hello.mentions = vec![named(alice.id)];
    let of_alice = alice.posts("hello").await.status.id;

    let pushed = statuses::receive(&app, hello.clone(), SHARED)
        .await
        .unwrap();
    let fetched = statuses::receive(&app, hello, Arrival::Fetched)
        .await
        .unwrap();
    let boost = statuses::receive_boost(
        &app,
        mia.id,
        of_alice,
        "https://mastodon.example/b",
        Visibility::Public,
        None,
    );
    let like = statuses::receive_favourite(&app, mia.id, of_alice, "https://mastodon.example/l");

    assert_eq!(pushed, Received::Irrelevant);
    assert_eq!(fetched, Received::Irrelevant);
    assert_eq!(boost.await.unwrap(), None);
    assert!(!like.await.unwrap());
}
