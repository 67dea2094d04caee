use model::{Viewer, timeline::Reach};
use service::{App, statuses, timelines, timelines::TagFilter};

use crate::world::{ALL, SHARED, arrives, blocks, ids, named, post};

async fn public(app: &App, viewer: impl Into<Viewer>, reach: Reach) -> Vec<model::StatusId> {
    ids(&timelines::public(app, viewer.into(), reach, false, ALL)
        .await
        .unwrap())
}

#[tokio::test]
async fn only_public_posts_that_begin_something_are_listed() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let mia = app.remote("mia@mastodon.example").await;
    let hello = alice.posts("hello").await.status.id;
    let more = alice.posts("more").in_reply_to(hello).await.status.id;
    bob.posts("an answer").in_reply_to(hello).await;
    alice.posts("unlisted").unlisted().await;
    alice.posts("private").followers_only().await;
    statuses::boost(&app, bob.id, hello, None).await.unwrap();
    let remote = arrives(&app, post(&mia, "remote")).await;

    assert_eq!(
        public(&app, Viewer::Anybody, Reach::Everybody).await,
        [remote, more, hello]
    );
    assert_eq!(
        public(&app, Viewer::Anybody, Reach::Local).await,
        [more, hello]
    );
    assert_eq!(public(&app, Viewer::Anybody, Reach::Remote).await, [remote]);
}

#[tokio::test]
async fn limited_suspended_and_unwanted_people_are_not_listed() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let limited = app.member("limited").await;
    let suspended = app.member("suspended").await;
    let unwanted = app.member("unwanted").await;
    let harsh = app.member("harsh").await;
    limited.posts("limited").await;
    suspended.posts("suspended").await;
    let of_unwanted = unwanted.posts("unwanted").await.status.id;
    let of_harsh = harsh.posts("harsh").await.status.id;
    for sql in [
        "UPDATE accounts SET silenced_at = now() WHERE id = $1",
        "UPDATE accounts SET suspended_at = now(), suspension_origin = 'local' WHERE id = $1",
    ] {
        let who = if sql.contains("silenced") {
            limited.id
        } else {
            suspended.id
        };
        sqlx::query(sql)
            .bind(who.get())
            .execute(&app.db)
            .await
            .unwrap();
    }
    blocks(&app, alice.id, unwanted.id).await;
    blocks(&app, harsh.id, alice.id).await;

    assert_eq!(
        public(&app, Viewer::Anybody, Reach::Everybody).await,
        [of_harsh, of_unwanted]
    );
    assert!(public(&app, alice.id, Reach::Everybody).await.is_empty());
}

#[tokio::test]
async fn tags_are_combined() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let cats = alice.posts("#Cats").await.status.id;
    let both = alice.posts("#cats #DOGS").await.status.id;
    let dogs = alice.posts("#dogs").await.status.id;
    alice.posts("#cats for friends").followers_only().await;
    let names = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let tagged = async |any: &[&str], all: &[&str], none: &[&str]| {
        let filter = TagFilter {
            name: "CATS".to_owned(),
            any: names(any),
            all: names(all),
            none: names(none),
            reach: Reach::Everybody,
            only_media: false,
        };
        ids(&timelines::tag(&app, Viewer::Anybody, &filter, ALL)
            .await
            .unwrap())
    };

    assert_eq!(tagged(&[], &[], &[]).await, [both, cats]);
    assert_eq!(tagged(&["dogs"], &[], &[]).await, [dogs, both, cats]);
    assert_eq!(tagged(&[], &["dogs"], &[]).await, [both]);
    assert_eq!(tagged(&[], &[], &["dogs"]).await, [cats]);
}

#[tokio::test]
async fn a_secret_word_is_in_no_list() {
    // S36
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let stranger = app.member("stranger").await;
    let mia = app.remote("mia@mastodon.example").await;
    alice.posts("xyzzy #plugh").followers_only().await;
    alice
        .posts("xyzzy #plugh for @mia@mastodon.example")
        .direct()
        .await;
    let mut letter = post(&mia, "xyzzy");
    letter.visibility = model::Visibility::Direct;
    letter.mentions = vec![named(alice.id)];
    statuses::receive(&app, letter, SHARED).await.unwrap();
    let tag = TagFilter {
        name: "plugh".to_owned(),
        any: Vec::new(),
        all: Vec::new(),
        none: Vec::new(),
        reach: Reach::Everybody,
        only_media: false,
    };

    for viewer in [Viewer::Anybody, stranger.id.into()] {
        assert!(public(&app, viewer, Reach::Everybody).await.is_empty());
        assert!(
            timelines::tag(&app, viewer, &tag, ALL)
                .await
                .unwrap()
                .is_empty()
        );
        for author in [alice.id, mia.id] {
            assert!(
                statuses::outbox(&app, author, viewer, ALL)
                    .await
                    .unwrap()
                    .is_empty()
            );
            let listed =
                service::accounts::statuses(&app, viewer, author, &super::account::everything())
                    .await;
            assert!(listed.unwrap().is_empty());
        }
    }
    assert!(
        timelines::home(&app, stranger.id, ALL)
            .await
            .unwrap()
            .is_empty()
    );
}
