use model::{AccountId, Page, StatusId, Viewer};
use service::{App, Error, statuses, statuses::Edit};

use crate::world::{blocks, sees};

const PAGE: Page = Page::newest(20);

/// Every operation that names a status, as somebody; each answer as the edge would get it.
async fn everything(
    app: &App,
    who: AccountId,
    id: StatusId,
) -> Vec<(&'static str, Result<(), Error>)> {
    let viewer = Viewer::Account(who);
    let edit = Edit {
        text: "mine".to_owned(),
        spoiler: String::new(),
        sensitive: None,
        language: None,
    };
    vec![
        ("get", statuses::get(app, viewer, id).await.map(drop)),
        (
            "context",
            statuses::context(app, viewer, id).await.map(drop),
        ),
        (
            "history",
            statuses::history(app, viewer, id).await.map(drop),
        ),
        (
            "favourited_by",
            statuses::favourited_by(app, viewer, id, PAGE)
                .await
                .map(drop),
        ),
        (
            "boosted_by",
            statuses::boosted_by(app, viewer, id, PAGE).await.map(drop),
        ),
        (
            "favourite",
            statuses::favourite(app, who, id).await.map(drop),
        ),
        (
            "unfavourite",
            statuses::unfavourite(app, who, id).await.map(drop),
        ),
        ("boost", statuses::boost(app, who, id, None).await.map(drop)),
        ("unboost", statuses::unboost(app, who, id).await.map(drop)),
        ("bookmark", statuses::bookmark(app, who, id).await.map(drop)),
        (
            "unbookmark",
            statuses::unbookmark(app, who, id).await.map(drop),
        ),
        ("edit", statuses::edit(app, who, id, edit).await.map(drop)),
        ("delete", statuses::delete(app, who, id).await.map(drop)),
    ]
}

#[tokio::test]
async fn invisible_equals_absent_in_every_operation() {
    // S32, S33
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let stranger = app.member("stranger").await;
    let harsh = app.member("harsh").await;
    let private = alice.posts("for friends").followers_only().await;
    let direct = alice.posts("for @harsh").direct().await;
    let deleted = alice.posts("oh no").await;
    statuses::delete(&app, alice.id, deleted.status.id)
        .await
        .unwrap();
    let of_harsh = harsh.posts("not for strangers").await;
    blocks(&app, harsh.id, stranger.id).await;
    let never = StatusId::new(12345);
    app.forget_jobs().await;

    for id in [
        private.status.id,
        direct.status.id,
        deleted.status.id,
        of_harsh.status.id,
        never,
    ] {
        for (operation, answer) in everything(&app, stranger.id, id).await {
            let refused = answer.expect_err(operation);
            assert!(
                matches!(refused, Error::NotFound),
                "{operation} of {id}: {refused:?}"
            );
        }
    }
    assert!(app.jobs().await.is_empty());
}

#[tokio::test]
async fn only_its_author_edits_or_deletes_a_post_that_all_may_see() {
    // S34
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let hello = alice.posts("hello").await;

    for (operation, answer) in everything(&app, bob.id, hello.status.id).await {
        let may = !matches!(operation, "edit" | "delete");
        assert_eq!(answer.is_ok(), may, "{operation}");
    }
    assert!(sees(&app, Viewer::Anybody, hello.status.id).await);
}

#[tokio::test]
async fn several_come_in_the_order_asked_without_those_one_may_not_see() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let one = alice.posts("one").await.status.id;
    let secret = alice.posts("two").followers_only().await.status.id;
    let three = alice.posts("three").await.status.id;

    let views = statuses::many(&app, bob.id.into(), &[three, secret, one])
        .await
        .unwrap();

    assert_eq!(crate::world::ids(&views), [three, one]);
}
