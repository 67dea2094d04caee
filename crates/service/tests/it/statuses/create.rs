use std::collections::BTreeSet;

use futures_util::future::join_all;
use model::{Viewer, Visibility, notification::NotificationKind};
use service::{Error, consequences::Publish, relationships, statuses, statuses::Draft};

use crate::world::{sees, told};

fn draft(text: &str) -> Draft {
    Draft {
        text: text.to_owned(),
        spoiler: String::new(),
        visibility: None,
        sensitive: None,
        language: None,
        in_reply_to: None,
        application_id: None,
        idempotency_key: None,
    }
}

#[tokio::test]
async fn a_post_gets_its_addresses_and_is_counted() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;

    let view = alice.posts("hello #World, see https://example.org/").await;

    let id = view.status.id;
    assert_eq!(
        view.status.uri,
        format!("{}/statuses/{id}", alice.account.uri)
    );
    assert_eq!(view.status.url, format!("https://moot.test/@alice/{id}"));
    assert_eq!(view.status.visibility, Visibility::Public);
    assert_eq!(view.tags[0].name, "world");
    assert_eq!(view.tags[0].display_name, "World");
    assert!(
        view.status
            .content
            .as_str()
            .contains("https://moot.test/tags/world")
    );
    assert_eq!(alice.now().await.statuses_count, 1);
}

#[tokio::test]
async fn a_post_goes_to_peers_when_somebody_there_hears_of_it() {
    let app = testkit::app().await;
    let alone = app.member("alone").await;
    let friend = app.member("friend").await;
    friend.follows(&alone).await;
    let known = app.member("known").await;
    let mia = app.remote("mia@mastodon.example").await;
    relationships::receive_follow(&app, mia.id, known.id, "https://mastodon.example/follows/1")
        .await
        .unwrap();
    let of_friend = friend.posts("a question").await.status.id;
    app.forget_jobs().await;

    for unheard in [
        alone.posts("for @friend"),
        alone.posts("@friend").direct(),
        known.posts("to @friend alone").direct(),
    ] {
        unheard.await;
        assert!(app.enqueued::<Publish>().await.is_empty());
    }
    for heard in [
        known.posts("for followers").followers_only(),
        alone.posts("for @mia@mastodon.example").direct(),
        // The one who is answered may have followers elsewhere, who follow the thread.
        alone.posts("an answer").in_reply_to(of_friend),
    ] {
        let id = heard.await.status.id;
        let waiting: Vec<Publish> = app.enqueued().await;
        assert_eq!(waiting.last().map(|job| job.status_id), Some(id));
    }
}

#[tokio::test]
async fn fifty_requests_with_one_key_make_one_post() {
    // R20
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let with_key = |text: &str| Draft {
        idempotency_key: Some("the key".to_owned()),
        ..draft(text)
    };

    let requests = (0..50).map(|_| statuses::create(&app, alice.id, with_key("once")));
    let answers: BTreeSet<_> = join_all(requests)
        .await
        .into_iter()
        .map(|view| view.unwrap().status.id)
        .collect();
    let of_bob = statuses::create(&app, bob.id, with_key("mine"))
        .await
        .unwrap();

    assert_eq!(answers.len(), 1);
    assert_eq!(alice.now().await.statuses_count, 1);
    assert!(
        !answers.contains(&of_bob.status.id),
        "a key belongs to a member"
    );
}

#[tokio::test]
async fn a_key_is_forgotten_after_an_hour() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let with_key = || Draft {
        idempotency_key: Some("the key".to_owned()),
        ..draft("again")
    };
    let first = statuses::create(&app, alice.id, with_key()).await.unwrap();

    app.clock.advance(time::Duration::minutes(61));
    let second = statuses::create(&app, alice.id, with_key()).await.unwrap();

    assert_ne!(first.status.id, second.status.id);
}

#[tokio::test]
async fn what_is_too_long_or_empty_is_refused_in_mastodons_words() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;

    let blank = statuses::create(&app, alice.id, draft(" \u{0} "))
        .await
        .unwrap_err();
    let long = statuses::create(&app, alice.id, draft(&"a".repeat(501)))
        .await
        .unwrap_err();

    assert_eq!(blank.to_string(), "Validation failed: Text can't be blank");
    assert_eq!(
        long.to_string(),
        "Validation failed: Text character limit of 500 exceeded"
    );
    assert_eq!(alice.now().await.statuses_count, 0);
}

#[tokio::test]
async fn people_are_named_wherever_they_live() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let mia = app.remote("mia@mastodon.example").await;

    let view = alice
        .posts("@BOB@moot.test and @mia@mastodon.example, not @nobody")
        .direct()
        .await;

    let people: Vec<_> = view
        .mentions
        .iter()
        .map(|mention| mention.account_id)
        .collect();
    assert_eq!(people, [bob.id, mia.id]);
    assert!(view.status.content.as_str().contains(&mia.account.url));
    assert!(view.status.content.as_str().contains("not @nobody"));
    assert_eq!(
        told(&app, bob.id).await,
        [(NotificationKind::Mention, alice.id, Some(view.status.id))]
    );
    assert!(sees(&app, bob.id, view.status.id).await);
    assert!(!sees(&app, Viewer::Anybody, view.status.id).await);
    assert_eq!(
        alice.now().await.statuses_count,
        0,
        "direct messages are not counted in public"
    );
}

#[tokio::test]
async fn a_reply_belongs_to_the_thread_and_is_counted() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let question = alice.posts("why?").await;

    let answer = bob
        .posts("because")
        .in_reply_to(question.status.id)
        .unlisted()
        .await;
    bob.posts("psst")
        .in_reply_to(question.status.id)
        .direct()
        .await;

    assert_eq!(answer.status.in_reply_to_id, Some(question.status.id));
    assert_eq!(answer.status.in_reply_to_account_id, Some(alice.id));
    assert_eq!(
        answer.status.conversation_uri,
        question.status.conversation_uri
    );
    assert!(question.status.conversation_uri.is_some());
    let question = statuses::get(&app, alice.id.into(), question.status.id)
        .await
        .unwrap();
    assert_eq!(
        question.status.replies_count, 1,
        "what not everybody may see is not counted"
    );
}

#[tokio::test]
async fn nobody_answers_what_they_may_not_see() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let secret = alice.posts("for friends").followers_only().await;

    let answer = Draft {
        in_reply_to: Some(secret.status.id),
        ..draft("what?")
    };
    let refused = statuses::create(&app, bob.id, answer).await.unwrap_err();

    assert!(matches!(refused, Error::NotFound));
}

#[tokio::test]
async fn a_warning_without_text_becomes_the_text() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;

    let view = alice.posts("").warns("spiders").await;

    assert_eq!(view.status.source, "spiders");
    assert_eq!(view.status.spoiler, "");
    assert!(view.status.sensitive);
}

/// What is answered is put together from what was written; nothing must look otherwise when it is read.
#[tokio::test]
async fn what_is_answered_is_what_is_stored() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    app.member("bob").await;
    app.remote("mia@mastodon.example").await;
    let question = alice.posts("why? #Topic").await.status.id;

    for posted in [
        alice.posts("plain"),
        alice.posts("#two #Tags of @bob").warns("careful"),
        alice
            .posts("@mia@mastodon.example, @BOB and @bob again")
            .direct(),
        alice
            .posts("because")
            .in_reply_to(question)
            .followers_only(),
    ] {
        let answered = posted.await;
        let stored = statuses::get(&app, alice.id.into(), answered.status.id)
            .await
            .unwrap();
        assert_eq!(format!("{answered:#?}"), format!("{stored:#?}"));
    }
}
