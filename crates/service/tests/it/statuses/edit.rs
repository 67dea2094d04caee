use futures_util::future::join_all;
use model::notification::NotificationKind;
use service::{consequences::PublishEdit, statuses, statuses::Edit};

use crate::world::told;

fn edit(text: &str) -> Edit {
    Edit {
        text: text.to_owned(),
        spoiler: String::new(),
        sensitive: None,
        language: None,
    }
}

#[tokio::test]
async fn every_version_is_kept() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let hello = alice.posts("one #a").await;
    app.clock.advance(time::Duration::minutes(1));

    let view = statuses::edit(&app, alice.id, hello.status.id, edit("two #b"))
        .await
        .unwrap();

    assert_eq!(view.status.source, "two #b");
    assert_eq!(view.status.edited_at, Some(app.clock.now()));
    assert_eq!(view.tags[0].name, "b");
    let (author, versions) = statuses::history(&app, alice.id.into(), hello.status.id)
        .await
        .unwrap();
    assert_eq!(author.id, alice.id);
    let texts: Vec<_> = versions
        .iter()
        .map(|version| version.content.to_text())
        .collect();
    assert_eq!(texts, ["one #a", "two #b"]);
    assert_eq!(versions[0].created_at, hello.status.created_at);
    assert_eq!(app.enqueued::<PublishEdit>().await.len(), 1);
}

#[tokio::test]
async fn what_changes_nothing_is_no_edit() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let hello = alice.posts("hello").await;

    let view = statuses::edit(&app, alice.id, hello.status.id, edit("hello "))
        .await
        .unwrap();

    assert_eq!(view.status.edited_at, None);
    assert!(app.enqueued::<PublishEdit>().await.is_empty());
}

#[tokio::test]
async fn whoever_is_named_by_an_edit_and_whoever_boosted_hear_of_it() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let carol = app.member("carol").await;
    let hello = alice.posts("hello @carol").await;
    statuses::boost(&app, bob.id, hello.status.id, None)
        .await
        .unwrap();

    let view = statuses::edit(&app, alice.id, hello.status.id, edit("hello @bob"))
        .await
        .unwrap();

    let id = Some(hello.status.id);
    let of_bob = told(&app, bob.id).await;
    assert!(of_bob.contains(&(NotificationKind::Mention, alice.id, id)));
    assert!(of_bob.contains(&(NotificationKind::Update, alice.id, id)));
    assert_eq!(told(&app, carol.id).await.len(), 1, "nobody is told twice");
    let people: Vec<_> = view
        .mentions
        .iter()
        .map(|mention| mention.account_id)
        .collect();
    assert_eq!(people, [bob.id]);
}

#[tokio::test]
async fn pressing_many_times_makes_one_version() {
    // R20
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let hello = alice.posts("one").await.status.id;

    let presses = (0..10).map(|_| statuses::edit(&app, alice.id, hello, edit("two")));
    let answers = join_all(presses).await;

    assert!(
        answers
            .iter()
            .all(|answer| answer.as_ref().unwrap().status.source == "two")
    );
    let (_, versions) = statuses::history(&app, alice.id.into(), hello)
        .await
        .unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(app.enqueued::<PublishEdit>().await.len(), 1);
}
