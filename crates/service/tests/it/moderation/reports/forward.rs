//! Copies of reports for other servers.

use crate::world::{arrives, post};
use ::model::{
    Domain,
    moderation::{Kind, Target, proposal::Origin, report::Category},
};
use service::moderation::{
    propose::NewProposal,
    reports::{self, ForwardReport, NewReport},
};

#[tokio::test]
async fn a_copy_goes_to_the_accounts_server_and_names_no_reporter() {
    let app = testkit::app().await;
    let (ada, eve) = (
        app.member("ada").await,
        app.remote("eve@evil.example").await,
    );
    let nasty = arrives(&app, post(&eve, "nasty")).await;
    let new = NewReport {
        status_ids: vec![nasty],
        comment: "rude".into(),
        forward: true,
        ..NewReport::default()
    };

    let report = reports::create(&app, ada.id, eve.id, new)
        .await
        .unwrap()
        .report;

    assert!(report.forwarded_at.is_some());
    let jobs = app.enqueued::<ForwardReport>().await;
    let copies = reports::copies(&app, &jobs[0]).await.unwrap();
    assert_eq!(copies.len(), 1);
    let account = eve.now().await;
    assert_eq!(
        copies[0].about,
        [account.uri.as_str(), "https://evil.example/posts/nasty"]
    );
    assert_eq!(copies[0].comment, "rude");
    assert!(!copies[0].uri.contains("ada") && !copies[0].uri.contains(&ada.id.to_string()));
    assert!(copies[0].uri.starts_with(app.urls.base()));
}

#[tokio::test]
async fn nothing_is_forwarded_about_members_nor_where_it_is_not_asked_for() {
    let app = testkit::app().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let eve = app.remote("eve@evil.example").await;
    let forwarded = NewReport {
        forward: true,
        ..NewReport::default()
    };

    let about_member = reports::create(&app, ada.id, tom.id, forwarded)
        .await
        .unwrap()
        .report;
    let not_asked = reports::create(&app, ada.id, eve.id, NewReport::default())
        .await
        .unwrap()
        .report;

    assert!(about_member.forwarded_at.is_none() && not_asked.forwarded_at.is_none());
    assert!(app.enqueued::<ForwardReport>().await.is_empty());
}

#[tokio::test]
async fn servers_whose_people_were_answered_learn_of_public_posts_only() {
    let app = testkit::app().await;
    let (ada, eve) = (
        app.member("ada").await,
        app.remote("eve@evil.example").await,
    );
    let max = app.remote("max@other.example").await;
    let begun = arrives(&app, post(&max, "begun")).await;
    let answering = |name: &str| {
        let mut answer = post(&eve, name);
        answer.in_reply_to_uri = Some("https://other.example/posts/begun".into());
        answer
    };
    let open = arrives(&app, answering("open")).await;
    let mut quiet = answering("quiet");
    quiet.visibility = ::model::Visibility::Private;
    ada.follows(&eve).await;
    let quiet = arrives(&app, quiet).await;
    sqlx::query("UPDATE follows SET created_at = created_at")
        .execute(&app.db)
        .await
        .unwrap();
    let _ = begun;
    let seen = if crate::world::sees(&app, ada.id, quiet).await {
        vec![open, quiet]
    } else {
        vec![open]
    };
    let new = NewReport {
        status_ids: seen,
        forward: true,
        forward_to: Some(vec![
            Domain::parse("other.example").unwrap(),
            Domain::parse("elsewhere.example").unwrap(),
        ]),
        ..NewReport::default()
    };

    let report = reports::create(&app, ada.id, eve.id, new)
        .await
        .unwrap()
        .report;

    assert!(
        report.forwarded_at.is_none(),
        "not to the account's own server"
    );
    let jobs = app.enqueued::<ForwardReport>().await;
    let copies = reports::copies(&app, &jobs[0]).await.unwrap();
    assert_eq!(copies.len(), 1);
    assert!(copies[0].inboxes[0].contains("other.example"));
    assert_eq!(copies[0].about.len(), 2, "{:?}", copies[0].about);
}

#[tokio::test]
async fn two_moderators_forward_what_its_author_did_not() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, eve) = (
        app.member("ada").await,
        app.remote("eve@evil.example").await,
    );
    let report = super::complains(&app, ada.id, eve.id).await;
    app.forget_jobs().await;
    let mut new = NewProposal::new(
        Kind::ReportForward,
        Target::Case(report.case_id),
        Category::Other,
        "Its own server should know",
        Origin::Web,
    );
    new.case_id = Some(report.case_id);

    let proposed = council.propose_all(new).await;
    assert!(app.enqueued::<ForwardReport>().await.is_empty());
    council.approve(2, proposed.proposal.id).await;

    let jobs = app.enqueued::<ForwardReport>().await;
    assert_eq!(jobs.len(), 1);
    assert_eq!(reports::copies(&app, &jobs[0]).await.unwrap().len(), 1);
    assert!(super::report(&app, report.id).await.forwarded_at.is_some());
}
