//! Posts are kept as the reporter saw them.

use ::model::StatusId;
use service::{
    Error,
    moderation::reports::{self, Seen},
    statuses::{self, Edit},
};
use testkit::TestApp;

use super::complains_of;

fn texts(seen: &Seen) -> Vec<&str> {
    seen.posts
        .iter()
        .filter_map(|post| post.seen["content"].as_str())
        .collect()
}

async fn looks(app: &TestApp) -> i64 {
    sqlx::query_scalar(
        "SELECT count(*) FROM log_private WHERE private ->> 'action' = 'private_data.seen' OR private -> 'fields' ->> 'action' = 'private_data.seen'",
    )
    .fetch_one(&app.db)
    .await
    .unwrap()
}

#[tokio::test]
async fn an_edit_or_a_deletion_changes_nothing_of_what_was_seen() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let (edited, deleted) = (
        tom.posts("nasty").await.status.id,
        tom.posts("worse").await.status.id,
    );
    let report = complains_of(&app, ada.id, tom.id, &[edited, deleted]).await;
    let edit = Edit {
        text: "nice".into(),
        spoiler: String::new(),
        sensitive: None,
        language: None,
    };

    statuses::edit(&app, tom.id, edited, edit).await.unwrap();
    statuses::delete(&app, tom.id, deleted).await.unwrap();
    sqlx::query("DELETE FROM statuses WHERE id = $1")
        .bind(deleted.get())
        .execute(&app.db)
        .await
        .unwrap();

    let seen = reports::evidence(&app, &council.seat(1).await, report.case_id, None)
        .await
        .unwrap();
    assert_eq!(texts(&seen), ["<p>nasty</p>", "<p>worse</p>"]);
}

// S70: looking at what is not for everybody is recorded, with a reason.
#[tokio::test]
async fn posts_that_are_not_for_everybody_take_a_reason_that_is_written_down() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    ada.follows(&tom).await;
    let open = tom.posts("loud").await.status.id;
    let private: StatusId = tom.posts("quiet").followers_only().await.status.id;
    let case = complains_of(&app, ada.id, tom.id, &[open, private])
        .await
        .case_id;
    let acting = council.seat(1).await;

    let without = reports::evidence(&app, &acting, case, None).await.unwrap();
    let blank = reports::evidence(&app, &acting, case, Some("  ")).await;
    let before = looks(&app).await;
    let with = reports::evidence(&app, &acting, case, Some("Threat reported"))
        .await
        .unwrap();

    assert_eq!(
        (texts(&without), without.withheld),
        (vec!["<p>loud</p>"], 1)
    );
    assert!(matches!(blank, Err(Error::Invalid(_))));
    assert_eq!(
        (texts(&with), with.withheld),
        (vec!["<p>loud</p>", "<p>quiet</p>"], 0)
    );
    assert_eq!((before, looks(&app).await), (0, 1));
}

#[tokio::test]
async fn what_was_seen_and_said_goes_when_its_time_is_over_and_the_outcome_stays() {
    use ::model::moderation::{Kind, Target};
    use service::retention;

    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let post = tom.posts("nasty").await.status.id;
    let made = complains_of(&app, ada.id, tom.id, &[post]).await;
    reports::note(&app, &council.seat(1).await, made.case_id, "Again")
        .await
        .unwrap();
    council
        .carries(Kind::ReportCloseNoAction, Target::Case(made.case_id))
        .await;
    let kept = async || {
        let seen = reports::evidence(&app, &council.seat(1).await, made.case_id, None)
            .await
            .unwrap();
        let case = reports::case(&app, &council.seat(1).await, made.case_id)
            .await
            .unwrap();
        (
            seen.posts.len(),
            case.notes.len(),
            case.reports[0].report.comment.is_empty(),
            case.case.outcome,
        )
    };

    app.clock.advance(time::Duration::days(770));
    retention::sweep(&app).await.unwrap();
    let before = kept().await;
    app.clock.advance(time::Duration::days(2));
    retention::sweep(&app).await.unwrap();

    assert_eq!((before.0, before.1, before.2), (1, 1, false));
    let after = kept().await;
    assert_eq!((after.0, after.1, after.2), (0, 0, true));
    assert_eq!(after.3, before.3);
}
