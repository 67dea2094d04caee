//! Measures about posts.

use ::model::{
    Viewer,
    moderation::{Kind, Params, Target},
};
use service::{
    accounts::{self, EraseAccount},
    consequences::{Publish, Retract},
    statuses::{self, Edit, ReceivedDelete, ReceivedEdit},
};

use super::{carried, refused};
use crate::world::{SHARED, arrives, post, sees};

fn none() -> Params {
    Params::default()
}

#[tokio::test]
async fn a_deleted_post_is_deleted_elsewhere_and_a_hidden_one_is_not() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let (one, two) = (
        alice.posts("one").await.status.id,
        alice.posts("two").await.status.id,
    );
    app.forget_jobs().await;

    carried(&council, Kind::StatusHide, none(), Target::Status(one)).await;
    assert!(app.enqueued::<Retract>().await.is_empty());
    carried(&council, Kind::StatusDelete, none(), Target::Status(two)).await;

    let told = app.enqueued::<Retract>().await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].status_id, two);
    // Telling peers usually ends with the row; not of a post that can come back.
    statuses::purge(&app, two).await.unwrap();
    carried(&council, Kind::StatusRestore, none(), Target::Status(two)).await;
    assert!(sees(&app, Viewer::Anybody, two).await);
    assert!(
        app.enqueued::<Publish>()
            .await
            .iter()
            .any(|job| job.status_id == two)
    );
}

#[tokio::test]
async fn what_its_author_deletes_while_it_is_hidden_does_not_come_back() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mia = app.remote("mia@far.example").await;
    let theirs = arrives(&app, post(&mia, "one")).await;
    carried(&council, Kind::StatusHide, none(), Target::Status(theirs)).await;

    let deleted = statuses::receive_delete(&app, mia.id, "https://far.example/posts/one").await;
    assert_eq!(deleted.unwrap(), ReceivedDelete::Deleted);

    let said = refused(&council, Kind::StatusRestore, Target::Status(theirs)).await;
    assert!(said.contains("by its author"), "{said}");
    assert!(!sees(&app, Viewer::Anybody, theirs).await);
}

#[tokio::test]
async fn a_hidden_post_of_a_peer_is_not_brought_back_by_its_own_server() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (alice, mia) = (
        app.member("alice").await,
        app.remote("mia@far.example").await,
    );
    alice.follows(&mia).await;
    let theirs = arrives(&app, post(&mia, "one")).await;

    carried(&council, Kind::StatusHide, none(), Target::Status(theirs)).await;
    statuses::receive(&app, post(&mia, "one"), SHARED)
        .await
        .unwrap();
    let mut edit = post(&mia, "one");
    edit.updated = Some(app.clock.now());
    assert_eq!(
        statuses::receive_edit(&app, edit).await.unwrap(),
        ReceivedEdit::Unknown
    );

    assert!(!sees(&app, alice.id, theirs).await);
}

#[tokio::test]
async fn an_author_does_not_lift_what_moderators_have_marked() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let own = alice.posts("hello").await.status.id;
    let edits = async |sensitive| {
        let edit = Edit {
            text: format!("hello again, {sensitive}"),
            spoiler: String::new(),
            sensitive: Some(sensitive),
            language: None,
        };
        statuses::edit(&app, alice.id, own, edit).await.unwrap();
    };
    let is_marked = async || {
        let view = statuses::get(&app, alice.id.into(), own).await.unwrap();
        view.status.sensitive
    };

    carried(&council, Kind::StatusSensitive, none(), Target::Status(own)).await;
    edits(false).await;
    assert!(is_marked().await);
    edits(true).await;
    carried(
        &council,
        Kind::StatusUnsensitive,
        none(),
        Target::Status(own),
    )
    .await;
    assert!(is_marked().await, "by now its author says so too");

    carried(&council, Kind::StatusSensitive, none(), Target::Status(own)).await;
    edits(false).await;
    carried(
        &council,
        Kind::StatusUnsensitive,
        none(),
        Target::Status(own),
    )
    .await;
    assert!(!is_marked().await);
}

#[tokio::test]
async fn an_account_that_its_owner_deletes_takes_hidden_posts_along() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let own = alice.posts("hello").await.status.id;
    carried(&council, Kind::StatusHide, none(), Target::Status(own)).await;

    accounts::delete(&app, alice.id).await.unwrap();
    let worker = service::work::register(app.worker(()), &app);
    worker.run_until_idle().await.unwrap();

    assert!(app.enqueued::<EraseAccount>().await.is_empty());
    let said = refused(&council, Kind::StatusRestore, Target::Status(own)).await;
    assert!(said.contains("gone"), "{said}");
}

#[tokio::test]
async fn a_hidden_post_goes_for_good_when_its_time_is_over() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let own = alice.posts("hello").await.status.id;
    carried(&council, Kind::StatusHide, none(), Target::Status(own)).await;

    app.clock.advance(time::Duration::days(100));
    service::retention::sweep(&app).await.unwrap();
    assert!(
        statuses::load(&app, own).await.unwrap().is_some(),
        "it can still be restored"
    );
    app.clock.advance(time::Duration::days(100));
    service::retention::sweep(&app).await.unwrap();

    assert!(statuses::load(&app, own).await.unwrap().is_none());
}
