//! Another server reports somebody.

use ::model::moderation::report::{Category, ReportOrigin};
use service::moderation::reports::{self, Flag, Taken};
use testkit::{Remote, TestApp};

use super::report;

async fn flags(app: &TestApp, by: &Remote, uri: &str, objects: &[&str], comment: &str) -> Taken {
    let flag = Flag {
        uri: Some(uri.to_owned()),
        objects: objects.iter().map(|&object| object.to_owned()).collect(),
        comment: comment.to_owned(),
    };
    reports::receive(app, &by.now().await, &flag).await.unwrap()
}

async fn policy(app: &TestApp, domain: &str, severity: &str, rejects_reports: bool) {
    sqlx::query(
        "INSERT INTO domain_blocks (domain, id, severity, reject_reports, created_at) VALUES ($1, 1, $2, $3, now())",
    )
    .bind(domain)
    .bind(severity)
    .bind(rejects_reports)
    .execute(&app.db)
    .await
    .unwrap();
}

#[tokio::test]
async fn a_flag_is_one_report_about_each_member_however_often_it_arrives() {
    let app = testkit::app().await;
    let mia = app.remote("mia@peer.example").await;
    let (tom, tim) = (app.member("tom").await, app.member("tim").await);
    let post = tom.posts("nasty").await.status;
    let (tom_uri, tim_uri) = (tom.now().await.uri, tim.now().await.uri);
    let objects = [tom_uri.as_str(), tim_uri.as_str(), post.uri.as_str()];

    let first = flags(&app, &mia, "https://peer.example/flags/1", &objects, "rude").await;
    let again = flags(&app, &mia, "https://peer.example/flags/1", &objects, "rude").await;

    let Taken::Reports(ids) = &first else {
        panic!("{first:?}")
    };
    assert_eq!(first, again);
    assert_eq!(ids.len(), 2);
    let about_tom = report(&app, ids[0]).await;
    assert_eq!(about_tom.target_id, Some(tom.id));
    assert_eq!(about_tom.status_ids, [post.id]);
    assert_eq!(
        (about_tom.origin, about_tom.category),
        (ReportOrigin::Remote, Category::Other)
    );
    assert!(report(&app, ids[1]).await.status_ids.is_empty());
}

// S70: what nobody on the reporting server can have seen is not attached.
#[tokio::test]
async fn only_posts_that_the_other_server_can_have_seen_are_kept() {
    let app = testkit::app().await;
    let (mia, max) = (
        app.remote("mia@peer.example").await,
        app.remote("max@other.example").await,
    );
    let tom = app.member("tom").await;
    max.follows(&tom).await;
    let open = tom.posts("loud").await.status;
    let private = tom.posts("quiet").followers_only().await.status;
    let direct = tom.posts("between us").direct().await.status;
    let told = tom.posts("@mia@peer.example psst").direct().await.status;
    let uri = tom.now().await.uri;
    let objects = [
        uri.as_str(),
        &open.uri,
        &private.uri,
        &direct.uri,
        &told.uri,
    ];

    let from_mia = flags(&app, &mia, "https://peer.example/flags/1", &objects, "").await;
    let from_max = flags(&app, &max, "https://other.example/flags/1", &objects, "").await;

    let posts = async |taken: Taken| match taken {
        Taken::Reports(ids) => report(&app, ids[0]).await.status_ids,
        other => panic!("{other:?}"),
    };
    assert_eq!(posts(from_mia).await, [open.id, told.id]);
    assert_eq!(posts(from_max).await, [open.id, private.id]);
}

#[tokio::test]
async fn a_post_alone_names_its_author_and_so_do_addresses_in_the_text() {
    let app = testkit::app().await;
    let mia = app.remote("mia@peer.example").await;
    let tom = app.member("tom").await;
    let post = tom.posts("nasty").await.status;
    let uri = tom.now().await.uri;
    let text = format!("Note: {}\nbad\n-----\n", post.uri);

    let lemmy = flags(
        &app,
        &mia,
        "https://peer.example/flags/1",
        &[&post.uri],
        "spam",
    )
    .await;
    let misskey = flags(&app, &mia, "https://peer.example/flags/2", &[&uri], &text).await;

    for taken in [lemmy, misskey] {
        let Taken::Reports(ids) = taken else {
            panic!("{taken:?}")
        };
        let taken = report(&app, ids[0]).await;
        assert_eq!(
            (taken.target_id, taken.status_ids),
            (Some(tom.id), vec![post.id])
        );
    }
}

#[tokio::test]
async fn people_elsewhere_concern_us_only_where_they_have_answered_a_member() {
    let app = testkit::app().await;
    let (mia, eve) = (
        app.remote("mia@peer.example").await,
        app.remote("eve@evil.example").await,
    );
    let tom = app.member("tom").await;
    let begun = tom.posts("hello").await.status;
    let mut answer = crate::world::post(&eve, "answer");
    answer.in_reply_to_uri = Some(begun.uri.clone());
    let answer = crate::world::arrives(&app, answer).await;
    let eve_uri = eve.now().await.uri;

    let alone = flags(&app, &mia, "https://peer.example/flags/1", &[&eve_uri], "").await;
    let with_answer = flags(
        &app,
        &mia,
        "https://peer.example/flags/2",
        &[&eve_uri, "https://evil.example/posts/answer"],
        "",
    )
    .await;

    assert_eq!(alone, Taken::Nobody);
    let Taken::Reports(ids) = with_answer else {
        panic!("{with_answer:?}")
    };
    assert_eq!(report(&app, ids[0]).await.status_ids, [answer]);
}

#[tokio::test]
async fn a_server_whose_reports_are_rejected_is_not_heard() {
    let app = testkit::app().await;
    let mia = app.remote("mia@peer.example").await;
    let tom = app.member("tom").await.now().await.uri;
    policy(&app, "peer.example", "noop", true).await;

    let taken = flags(&app, &mia, "https://peer.example/flags/1", &[&tom], "").await;

    assert_eq!(taken, Taken::Refused);
}

#[tokio::test]
async fn a_flood_from_one_server_ends() {
    let app = testkit::app().await;
    let mia = app.remote("mia@peer.example").await;
    let tom = app.member("tom").await.now().await.uri;
    policy(&app, "peer.example", "silence", false).await;
    for number in 0..50 {
        let uri = format!("https://peer.example/flags/{number}");
        let taken = flags(&app, &mia, &uri, &[&tom], &number.to_string()).await;
        assert!(matches!(taken, Taken::Reports(_)));
    }

    let taken = flags(&app, &mia, "https://peer.example/flags/50", &[&tom], "50").await;

    assert_eq!(taken, Taken::Flood);
}

#[tokio::test]
async fn a_comment_is_cut_and_stays_text() {
    let app = testkit::app().await;
    let mia = app.remote("mia@peer.example").await;
    let tom = app.member("tom").await.now().await.uri;
    let long = format!("<script>alert(1)</script>{}", "Z".repeat(9_000));

    let taken = flags(&app, &mia, "https://peer.example/flags/1", &[&tom], &long).await;

    let Taken::Reports(ids) = taken else {
        panic!("{taken:?}")
    };
    let comment = report(&app, ids[0]).await.comment;
    assert_eq!(comment.chars().count(), 5_000);
    assert!(comment.starts_with("<script>"));
}
