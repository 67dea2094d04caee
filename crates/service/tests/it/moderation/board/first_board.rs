use ::model::moderation::{Field, Governance, Target};
use serde_json::json;
use service::{
    Error,
    moderation::board::{bootstrap, current_governance, seats},
};

use super::{log, person, state};

#[tokio::test]
async fn the_first_board_is_named_once_and_is_the_first_entry_of_the_log() {
    let app = testkit::app().await;
    let (ann, bob, eve) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("eve").await,
    );

    let seq = bootstrap::bootstrap(&app, &[ann.id, bob.id]).await.unwrap();
    let again = bootstrap::bootstrap(&app, &[eve.id, bob.id]).await;

    assert_eq!(seq, 1);
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    let log = log(&app).await;
    assert_eq!(log.len(), 1);
    assert_eq!(log[0].0, "board.bootstrapped");
    assert_eq!(
        log[0].1["board"],
        json!([
            {"name": "ann", "handle": "ann@moot.test"},
            {"name": "bob", "handle": "bob@moot.test"},
        ])
    );
    assert_eq!(log[0].1["governance"]["threshold"], 2);
    assert_eq!(seats::board(&app).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_board_that_could_confirm_nothing_is_not_named() {
    let app = testkit::app().await;
    let ann = app.member("ann").await;
    let asleep = app.member("asleep").unapproved().await;

    let alone = bootstrap::bootstrap(&app, &[ann.id]).await;
    let twice = bootstrap::bootstrap(&app, &[ann.id, ann.id]).await;
    let absent = bootstrap::bootstrap(&app, &[ann.id, asleep.id]).await;

    for refused in [alone, twice, absent] {
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }
    assert!(log(&app).await.is_empty());
    assert!(seats::board(&app).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_the_operator_configures_later_changes_nothing() {
    let app = testkit::app()
        .settings(|settings| settings.governance.ratify_hours = 12)
        .await;
    let before = current_governance(&app).await.unwrap();
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    bootstrap::bootstrap(&app, &[ann.id, bob.id]).await.unwrap();

    let mut settings = (*app.settings).clone();
    settings.governance.ratify_hours = 72;
    let mut later = app.to_app();
    later.settings = std::sync::Arc::new(settings);

    assert_eq!(before.ratify_hours, 12);
    assert_eq!(current_governance(&later).await.unwrap().ratify_hours, 12);
    let setting = Target::Setting("ratify_hours".into());
    assert_eq!(state(&app, &setting, Field::Setting).await, Some(json!(12)));
}

#[tokio::test]
async fn without_a_board_the_operators_settings_hold() {
    let app = testkit::app().await;

    assert_eq!(
        current_governance(&app).await.unwrap(),
        Governance::default()
    );
    assert_eq!(seats::vacancies(&app).await.unwrap(), [1, 2, 3]);
}

#[tokio::test]
async fn a_member_of_the_board_is_in_the_moderation_state() {
    let app = testkit::app().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);

    bootstrap::bootstrap(&app, &[ann.id, bob.id]).await.unwrap();

    let target = Target::BoardMember(person(&app, &ann).await.id.get());
    assert_eq!(
        state(&app, &target, Field::Sits).await,
        Some(json!({"name": "ann", "handle": "ann@moot.test"}))
    );
}
