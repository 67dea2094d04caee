//! Documents on their way to peers.

use service::{consequences::Deliver, peers};
use testkit::TestApp;
use time::Duration;

async fn gives_up(app: &TestApp, domain: &str) {
    sqlx::query("UPDATE peers SET unavailable_since = now() WHERE domain = $1")
        .bind(domain)
        .execute(&app.db)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_document_is_kept_once_and_delivered_to_each_inbox() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let inboxes = [
        "https://one.example/inbox".to_owned(),
        "https://two.example/inbox".to_owned(),
    ];

    peers::send(&app, alice.id, "{}".into(), "SHA-256=x".into(), &inboxes)
        .await
        .unwrap();

    let deliveries: Vec<Deliver> = app.enqueued().await;
    assert_eq!(
        deliveries.iter().map(|job| &job.inbox).collect::<Vec<_>>(),
        [&inboxes[0], &inboxes[1]]
    );
    assert_eq!(deliveries[0].activity_id, deliveries[1].activity_id);
    let document = peers::outbound(&app, deliveries[0].activity_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (
            document.sender,
            document.body.as_str(),
            document.digest.as_str()
        ),
        (alice.id, "{}", "SHA-256=x")
    );
    let lanes: Vec<_> = app
        .jobs()
        .await
        .into_iter()
        .filter_map(|job| job.lane)
        .collect();
    assert_eq!(lanes, ["one.example", "two.example"]);
}

#[tokio::test]
async fn a_document_for_nobody_is_not_kept() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;

    peers::send(&app, alice.id, "{}".into(), "SHA-256=x".into(), &[])
        .await
        .unwrap();

    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM outbound_activities")
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(kept, 0);
    assert!(app.jobs().await.is_empty());
}

#[tokio::test]
async fn a_document_is_gone_after_a_week() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let inboxes = ["https://one.example/inbox".to_owned()];
    peers::send(&app, alice.id, "{}".into(), "SHA-256=x".into(), &inboxes)
        .await
        .unwrap();
    let id = app.enqueued::<Deliver>().await[0].activity_id;

    app.clock.advance(Duration::days(7));
    let early = peers::expire_outbound(&app).await.unwrap();
    app.clock.advance(Duration::SECOND);
    let late = peers::expire_outbound(&app).await.unwrap();

    assert_eq!((early, late), (0, 1));
    assert!(peers::outbound(&app, id).await.unwrap().is_none());
}

#[tokio::test]
async fn followers_of_one_server_share_an_inbox_and_those_out_of_reach_are_left_out() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    app.member("bob").await.follows(&alice).await;
    for handle in [
        "one@shared.example",
        "two@shared.example",
        "three@gone.example",
        "five@suspended.example",
    ] {
        app.remote(handle).await.follows(&alice).await;
    }
    let alone = app
        .remote("four@alone.example")
        .with(|account| account.shared_inbox_url = None)
        .await;
    alone.follows(&alice).await;
    gives_up(&app, "gone.example").await;
    app.remote("five@suspended.example")
        .with(|account| account.suspended = true)
        .await;

    let mut inboxes = peers::follower_inboxes(&app, alice.id).await.unwrap();

    inboxes.sort();
    assert_eq!(
        inboxes,
        [
            "https://alone.example/users/four/inbox",
            "https://shared.example/inbox"
        ]
    );
}

#[tokio::test]
async fn of_given_accounts_only_remote_ones_have_inboxes() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let one = app.remote("one@shared.example").await;
    let two = app.remote("two@shared.example").await;

    let inboxes = peers::inboxes_of(&app, &[alice.id, one.id, two.id])
        .await
        .unwrap();

    assert_eq!(inboxes, ["https://shared.example/inbox"]);
}
