use futures_util::future::join_all;
use model::Viewer;
use service::{statuses, statuses::ReceivedEdit};
use text::SafeHtml;
use time::Duration;

use crate::world::{arrives, post};

#[tokio::test]
async fn a_newer_version_is_an_edit_an_older_one_is_stale_and_none_only_refreshes() {
    let app = testkit::app().await;
    let mia = app.remote("mia@mastodon.example").await;
    let mut hello = post(&mia, "hello");
    hello.published = Some(app.clock.now() - Duration::hours(1));
    let id = arrives(&app, hello.clone()).await;
    let version = |text: &str, minutes: Option<i64>| {
        let mut version = hello.clone();
        version.content = SafeHtml::clean(text);
        version.updated = minutes.map(|minutes| app.clock.now() + Duration::minutes(minutes));
        version.favourites_count = Some(7);
        version
    };

    let refreshed = statuses::receive_edit(&app, version("not shown", None))
        .await
        .unwrap();
    let edited = statuses::receive_edit(&app, version("new", Some(-10)))
        .await
        .unwrap();
    let stale = statuses::receive_edit(&app, version("old", Some(-20)))
        .await
        .unwrap();
    let again = statuses::receive_edit(&app, version("new", Some(-10)))
        .await
        .unwrap();

    assert_eq!(refreshed, ReceivedEdit::Refreshed(id));
    assert_eq!(edited, ReceivedEdit::Edited(id));
    assert_eq!(stale, ReceivedEdit::Stale);
    assert_eq!(again, ReceivedEdit::Refreshed(id));
    let view = statuses::get(&app, Viewer::Anybody, id).await.unwrap();
    assert_eq!(view.status.content.to_text(), "new");
    assert_eq!(view.status.favourites_count, 7);
    let (_, versions) = statuses::history(&app, Viewer::Anybody, id).await.unwrap();
    assert_eq!(versions.len(), 2);
}

#[tokio::test]
async fn nobody_edits_what_is_not_theirs() {
    // S01
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    let neighbour = app.remote("neighbour@mastodon.example").await;
    let id = arrives(&app, post(&mia, "hello")).await;
    let ours = alice.posts("hello").await;
    let mut stolen = post(&mia, "hello");
    stolen.author = neighbour.id;
    stolen.content = SafeHtml::clean("stolen");
    stolen.updated = Some(app.clock.now());
    let mut of_alice = stolen.clone();
    of_alice.uri.clone_from(&ours.status.uri);
    let mut in_her_name = of_alice.clone();
    in_her_name.author = alice.id;

    for attempt in [stolen, of_alice, in_her_name] {
        assert_eq!(
            statuses::receive_edit(&app, attempt).await.unwrap(),
            ReceivedEdit::NotOwner
        );
    }

    for (id, text) in [(id, "hello"), (ours.status.id, "hello")] {
        let view = statuses::get(&app, Viewer::Anybody, id).await.unwrap();
        assert_eq!(view.status.content.to_text(), text);
    }
    assert_eq!(
        statuses::receive_edit(&app, post(&mia, "never"))
            .await
            .unwrap(),
        ReceivedEdit::Unknown
    );
}

#[tokio::test]
async fn the_same_edit_through_many_doors_is_one() {
    // R20
    let app = testkit::app().await;
    let mia = app.remote("mia@mastodon.example").await;
    let id = arrives(&app, post(&mia, "hello")).await;
    app.clock.advance(Duration::minutes(5));
    let mut edited = post(&mia, "hello");
    edited.content = SafeHtml::clean("new");
    edited.updated = Some(app.clock.now());

    let doors = (0..10).map(|_| statuses::receive_edit(&app, edited.clone()));
    let outcomes = join_all(doors).await;

    let edits = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Ok(ReceivedEdit::Edited(_))))
        .count();
    assert_eq!(edits, 1);
    let (_, versions) = statuses::history(&app, Viewer::Anybody, id).await.unwrap();
    assert_eq!(versions.len(), 2);
}
