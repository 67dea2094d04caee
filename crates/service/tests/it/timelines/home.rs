use model::Page;
use service::{members, relationships, statuses, surface, timelines};
use time::Duration;

use crate::world::{SHARED, blocks, home, ids, post, sees};

#[tokio::test]
async fn a_post_enters_the_homes_of_followers_and_of_its_author() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let stranger = app.member("stranger").await;
    bob.follows(&alice).await;

    let public = alice.posts("one").await.status.id;
    let private = alice.posts("two").followers_only().await.status.id;
    let direct = alice.posts("three, @stranger").direct().await.status.id;

    assert_eq!(home(&app, alice.id).await, [direct, private, public]);
    assert_eq!(home(&app, bob.id).await, [private, public]);
    assert!(home(&app, stranger.id).await.is_empty());
}

#[tokio::test]
async fn answers_are_shown_to_those_who_follow_both() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let both = app.member("both").await;
    let only_alice = app.member("only_alice").await;
    both.follows(&alice).await;
    both.follows(&bob).await;
    only_alice.follows(&alice).await;
    bob.follows(&alice).await;
    let question = bob.posts("why?").await.status.id;

    let answer = alice.posts("because").in_reply_to(question).await.status.id;
    let more = alice.posts("and so on").in_reply_to(answer).await.status.id;

    assert_eq!(home(&app, both.id).await, [more, answer, question]);
    assert_eq!(
        home(&app, only_alice.id).await,
        [more],
        "answers to oneself are how long posts are written"
    );
    assert_eq!(
        home(&app, bob.id).await,
        [more, answer, question],
        "it answers him"
    );
}

#[tokio::test]
async fn following_brings_the_newest_posts_and_unfollowing_takes_them_away() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let old = alice.posts("old").await.status.id;
    let private = alice.posts("private").followers_only().await.status.id;

    bob.follows(&alice).await;
    let after_following = home(&app, bob.id).await;
    relationships::unfollow(&app, bob.id, alice.id)
        .await
        .unwrap();

    assert_eq!(after_following, [private, old]);
    assert!(home(&app, bob.id).await.is_empty());
}

#[tokio::test]
async fn nothing_of_somebody_unwanted_comes_by_a_boost() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let carol = app.member("carol").await;
    alice.follows(&carol).await;
    blocks(&app, alice.id, bob.id).await;
    let unwanted = bob.posts("hello").await.status.id;

    statuses::boost(&app, carol.id, unwanted, None)
        .await
        .unwrap();
    carol.posts("look at @bob").await;
    let fine = carol.posts("fine").await.status.id;

    assert_eq!(home(&app, alice.id).await, [fine]);
}

#[tokio::test]
async fn boosts_of_somebody_turned_away_leave_the_home() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let carol = app.member("carol").await;
    alice.follows(&carol).await;
    let hello = bob.posts("hello").await.status.id;
    statuses::boost(&app, carol.id, hello, None).await.unwrap();

    let mut connection = app.db.acquire().await.unwrap();
    surface::turned_away(&mut connection, alice.id, bob.id)
        .await
        .unwrap();

    assert!(home(&app, alice.id).await.is_empty());
}

#[tokio::test]
async fn those_who_are_away_are_not_written_to_and_find_their_home_when_they_return() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    bob.follows(&alice).await;
    app.clock.advance(Duration::days(8));

    let hello = alice.posts("hello").await.status.id;
    let while_away = home(&app, bob.id).await;
    members::seen(&app, bob.id).await.unwrap();

    assert!(while_away.is_empty());
    assert_eq!(home(&app, bob.id).await, [hello]);
}

#[tokio::test]
async fn a_boost_of_what_is_there_already_is_left_out() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let carol = app.member("carol").await;
    carol.follows(&alice).await;
    carol.follows(&bob).await;
    let hello = alice.posts("hello").await.status.id;

    statuses::boost(&app, bob.id, hello, None).await.unwrap();

    assert_eq!(home(&app, carol.id).await, [hello]);
}

#[tokio::test]
async fn pages_meet_without_a_gap() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mut written = Vec::new();
    for number in 0..7 {
        written.insert(0, alice.posts(&format!("post {number}")).await.status.id);
    }
    let page = |page: Page| timelines::home(&app, alice.id, page);

    let newest = ids(&page(Page::newest(3)).await.unwrap());
    let older = ids(&page(Page {
        max_id: Some(newest[2].get()),
        ..Page::newest(3)
    })
    .await
    .unwrap());
    let upwards = ids(&page(Page {
        min_id: Some(written[6].get()),
        ..Page::newest(3)
    })
    .await
    .unwrap());
    let since = ids(&page(Page {
        since_id: Some(written[6].get()),
        ..Page::newest(3)
    })
    .await
    .unwrap());

    assert_eq!(newest, written[0..3]);
    assert_eq!(older, written[3..6]);
    assert_eq!(upwards, written[3..6], "right after the border");
    assert_eq!(since, written[0..3], "the newest after the border");
}

#[tokio::test]
async fn a_peers_post_enters_the_homes_of_its_followers() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    alice.follows(&mia).await;

    statuses::receive(&app, post(&mia, "hello"), SHARED)
        .await
        .unwrap();

    let home = home(&app, alice.id).await;
    assert_eq!(home.len(), 1);
    assert!(sees(&app, alice.id, home[0]).await);
}
