//! What each moderator does alone: claim, note, ask, categorise, take up again.

use ::model::moderation::{
    Kind, Target,
    report::{Category, NoteKind},
};
use service::{
    Error,
    mail::SendMail,
    moderation::reports::{self, Whom},
};
use testkit::TestApp;

use super::{complains, report};

async fn internal_entries(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM log_entries WHERE type = 'internal'")
        .fetch_one(&app.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn each_of_it_is_one_entry_of_the_log_that_tells_the_public_nothing() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let case = complains(&app, ada.id, tom.id).await.case_id;
    let acting = council.seat(1).await;
    let before = internal_entries(&app).await;

    reports::claim(&app, &acting, case).await.unwrap();
    reports::categorise(&app, &acting, case, Category::Spam)
        .await
        .unwrap();
    reports::note(&app, &acting, case, "Tom has done this before")
        .await
        .unwrap();
    reports::ask(&app, &acting, case, Whom::Author, "Why?")
        .await
        .unwrap();
    reports::unclaim(&app, &acting, case).await.unwrap();

    assert_eq!(internal_entries(&app).await, before + 5);
    let public: Vec<String> =
        sqlx::query_scalar("SELECT public::text FROM log_entries WHERE type = 'internal'")
            .fetch_all(&app.db)
            .await
            .unwrap();
    for entry in public {
        assert!(!entry.contains("Tom") && !entry.contains("case"), "{entry}");
    }
}

#[tokio::test]
async fn a_claim_shows_on_the_reports_and_another_may_take_over() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let made = complains(&app, ada.id, tom.id).await;
    let (first, second) = (council.seat(1).await, council.seat(2).await);

    reports::claim(&app, &first, made.case_id).await.unwrap();
    let held = report(&app, made.id).await.assigned_to;
    reports::claim(&app, &second, made.case_id).await.unwrap();

    assert_eq!(held, Some(first.officer.person.id));
    assert_eq!(
        report(&app, made.id).await.assigned_to,
        Some(second.officer.person.id)
    );
    let case = reports::case(&app, &first, made.case_id).await.unwrap();
    assert_eq!(
        case.claimed_by.map(|person| person.id),
        Some(second.officer.person.id)
    );
    assert!(case.case.first_seen_at.is_some());
}

#[tokio::test]
async fn whoever_reported_it_does_not_work_on_it_but_may_look() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    let case = complains(&app, council.moderators[0].id, tom.id)
        .await
        .case_id;
    let reporter = council.seat(1).await;

    let refused = reports::claim(&app, &reporter, case).await;
    let seen = reports::case(&app, &reporter, case).await.unwrap();

    assert!(matches!(refused, Err(Error::Forbidden(_))));
    assert!(seen.is_recused);
    assert!(seen.case.first_seen_at.is_none());
}

#[tokio::test]
async fn a_question_is_answered_once_by_whom_it_is_for() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, tom, eve) = (
        app.member("ada").await,
        app.member("tom").await,
        app.remote("eve@evil.example").await,
    );
    let made = complains(&app, ada.id, tom.id).await;
    let about_eve = complains(&app, ada.id, eve.id).await;
    let acting = council.seat(1).await;

    let asked = reports::ask(
        &app,
        &acting,
        made.case_id,
        Whom::Reporter(made.id),
        "Where?",
    )
    .await
    .unwrap();
    let elsewhere = reports::ask(&app, &acting, about_eve.case_id, Whom::Author, "Why?").await;
    let by_other = reports::answer(&app, tom.id, asked, "Nowhere").await;
    let own = reports::asked_of(&app, ada.id).await.unwrap();
    reports::answer(&app, ada.id, asked, "Here").await.unwrap();
    let again = reports::answer(&app, ada.id, asked, "There").await;

    assert!(matches!(elsewhere, Err(Error::Conflict(_))));
    assert!(matches!(by_other, Err(Error::NotFound)));
    assert_eq!(own.len(), 1);
    assert!(matches!(again, Err(Error::NotFound)));
    assert!(reports::asked_of(&app, ada.id).await.unwrap().is_empty());
    let case = reports::case(&app, &acting, made.case_id).await.unwrap();
    let notes: Vec<_> = case
        .notes
        .iter()
        .map(|view| (view.note.kind, view.note.text.as_str()))
        .collect();
    assert_eq!(
        notes,
        [
            (NoteKind::QuestionToReporter, "Where?"),
            (NoteKind::Answer, "Here")
        ]
    );
    assert!(
        app.enqueued::<SendMail>()
            .await
            .iter()
            .any(|letter| letter.account_id == ada.id)
    );
}

#[tokio::test]
async fn what_was_closed_can_be_taken_up_again_without_touching_what_was_decided() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let made = complains(&app, ada.id, tom.id).await;
    council
        .carries(Kind::ReportCloseNoAction, Target::Case(made.case_id))
        .await;

    let into = reports::reopen_report(&app, &council.seat(3).await, made.id)
        .await
        .unwrap();

    assert_ne!(into, made.case_id);
    let now = report(&app, made.id).await;
    assert_eq!((now.case_id, now.closed_at), (into, None));
    let old = reports::case(&app, &council.seat(3).await, made.case_id)
        .await
        .unwrap();
    assert!(!old.case.is_open);
    // It can be decided again.
    council
        .carries(Kind::ReportCloseNoAction, Target::Case(into))
        .await;
    assert!(report(&app, made.id).await.closed_at.is_some());
}
