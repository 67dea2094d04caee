//! A member reports somebody.

use ::model::moderation::report::Category;
use service::{
    Error, accounts,
    moderation::{
        reports::{self, NewReport},
        tell::TellModerators,
    },
};
use time::Duration;

use super::{complains, complains_of};

#[tokio::test]
async fn reports_about_one_account_are_one_case_and_moderators_are_told_once() {
    let app = testkit::app().await;
    let (ada, ben, tom) = (
        app.member("ada").await,
        app.member("ben").await,
        app.member("tom").await,
    );

    let first = complains(&app, ada.id, tom.id).await;
    let second = complains(&app, ben.id, tom.id).await;
    let other = complains(&app, ada.id, ben.id).await;

    assert_eq!(first.case_id, second.case_id);
    assert_ne!(first.case_id, other.case_id);
    assert_eq!(app.enqueued::<TellModerators>().await.len(), 2);
}

#[tokio::test]
async fn what_somebody_says_twice_is_one_report() {
    let app = testkit::app().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);

    let first = complains(&app, ada.id, tom.id).await;
    let again = complains(&app, ada.id, tom.id).await;

    assert_eq!(first.id, again.id);
}

// S70: reports cited others' posts, and such as the reporter could not see.
#[tokio::test]
async fn only_posts_of_the_reported_that_the_reporter_can_see_are_taken() {
    let app = testkit::app().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let seen = tom.posts("nasty").await.status.id;
    let foreign = ada.posts("mine").await.status.id;
    let private = tom.posts("for friends").followers_only().await.status.id;
    let direct = tom.posts("for one").direct().await.status.id;
    let deleted = tom.posts("gone").await.status.id;
    service::statuses::delete(&app, tom.id, deleted)
        .await
        .unwrap();

    let taken = complains_of(&app, ada.id, tom.id, &[seen]).await;

    assert_eq!(taken.status_ids, [seen]);
    for hidden in [foreign, private, direct, deleted] {
        let new = NewReport {
            status_ids: vec![seen, hidden],
            ..NewReport::default()
        };
        let refused = reports::create(&app, ada.id, tom.id, new).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{hidden}");
    }
}

#[tokio::test]
async fn whoever_is_gone_or_suspended_is_not_found() {
    let app = testkit::app().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    accounts::delete(&app, tom.id).await.unwrap();

    let refused = reports::create(&app, ada.id, tom.id, NewReport::default()).await;

    assert!(matches!(refused, Err(Error::NotFound)));
}

#[tokio::test]
async fn rules_make_a_violation_and_have_to_exist() {
    let app = testkit::app()
        .settings(|settings| settings.presentation.rules = vec!["Be kind".into(), "No spam".into()])
        .await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let with = |rule_ids: &[i32], category| NewReport {
        rule_ids: rule_ids.to_vec(),
        category,
        ..NewReport::default()
    };

    let broken =
        reports::create(&app, ada.id, tom.id, with(&[2, 1, 2], Some(Category::Spam))).await;
    let unknown = reports::create(&app, ada.id, tom.id, with(&[3], None)).await;
    let none = reports::create(&app, ada.id, tom.id, with(&[], Some(Category::Violation))).await;

    let broken = broken.unwrap().report;
    assert_eq!(broken.category, Category::Violation);
    assert_eq!(broken.rule_ids, [1, 2]);
    for refused in [unknown, none] {
        let sentence = refused.unwrap_err().to_string();
        assert_eq!(
            sentence,
            "Validation failed: Rule ids does not reference valid rules"
        );
    }
}

#[tokio::test]
async fn a_comment_of_a_thousand_characters_is_taken_and_a_longer_one_is_not() {
    let app = testkit::app().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let saying = |length| NewReport {
        comment: "ö".repeat(length),
        ..NewReport::default()
    };

    let taken = reports::create(&app, ada.id, tom.id, saying(1_000)).await;
    let refused = reports::create(&app, ada.id, tom.id, saying(1_001)).await;

    assert!(taken.is_ok());
    assert_eq!(
        refused.unwrap_err().to_string(),
        "Validation failed: Comment is too long (maximum is 1000 characters)"
    );
}

#[tokio::test]
async fn one_member_cannot_flood_a_case() {
    let app = testkit::app().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let saying = |number| NewReport {
        comment: format!("{number}"),
        ..NewReport::default()
    };
    for number in 0..20 {
        reports::create(&app, ada.id, tom.id, saying(number))
            .await
            .unwrap();
    }

    let refused = reports::create(&app, ada.id, tom.id, saying(20)).await;
    app.clock.advance(Duration::hours(25));
    let later = reports::create(&app, ada.id, tom.id, saying(21)).await;

    assert!(matches!(refused, Err(Error::TooMany)));
    assert!(later.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_who_report_at_once_make_one_case() {
    let app = testkit::app().await;
    let tom = app.member("tom").await;
    let mut reporters = Vec::new();
    for number in 0..20 {
        reporters.push(app.member(&format!("reporter{number}")).await.id);
    }

    let all = reporters
        .iter()
        .map(|reporter| complains(&app, *reporter, tom.id));
    let made = futures_util::future::join_all(all).await;

    assert!(made.iter().all(|report| report.case_id == made[0].case_id));
    assert_eq!(app.enqueued::<TellModerators>().await.len(), 1);
}
