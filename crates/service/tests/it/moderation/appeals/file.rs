//! Who can appeal what, and when.

use service::{
    Error,
    moderation::{
        appeals,
        tell::{Event, TellModerators},
    },
};
use time::Duration;

use super::{limited, strikes};

#[tokio::test]
async fn each_decision_can_be_appealed_once_and_only_by_whom_it_is_about() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (tom, ada) = (app.member("tom").await, app.member("ada").await);
    let strike = limited(&app, &council, tom.id).await;

    let by_other = appeals::file(&app, ada.id, strike.id, "Let him be").await;
    let blank = appeals::file(&app, tom.id, strike.id, " \n").await;
    let long = appeals::file(&app, tom.id, strike.id, &"x".repeat(2_001)).await;
    let first = appeals::file(&app, tom.id, strike.id, "That was not me").await;
    let again = appeals::file(&app, tom.id, strike.id, "Really not").await;

    assert!(matches!(by_other, Err(Error::NotFound)));
    assert!(matches!(blank, Err(Error::Invalid(_))));
    assert!(matches!(long, Err(Error::Invalid(_))));
    assert!(first.is_ok());
    assert!(matches!(again, Err(Error::Conflict(_))));
    let told = app.enqueued::<TellModerators>().await;
    assert_eq!(
        told.iter()
            .filter(|job| job.event == Event::AppealCreated)
            .count(),
        1
    );
}

#[tokio::test]
async fn it_can_be_appealed_for_twenty_days_and_not_a_second_longer() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (tom, tim) = (app.member("tom").await, app.member("tim").await);
    let about_tom = limited(&app, &council, tom.id).await;
    let about_tim = limited(&app, &council, tim.id).await;

    app.clock.advance(Duration::days(20) - Duration::SECOND);
    let in_time = appeals::file(&app, tom.id, about_tom.id, "That was not me").await;
    app.clock.advance(Duration::SECOND);
    let late = appeals::file(&app, tim.id, about_tim.id, "That was not me").await;

    assert!(in_time.is_ok());
    assert!(matches!(late, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn what_was_taken_back_already_cannot_be_appealed() {
    use ::model::moderation::{Kind, Target, proposal::Origin, report::Category};
    use service::moderation::{emergency, propose::NewProposal, timers};

    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    let new = NewProposal::new(
        Kind::AccountFreeze,
        Target::Account(tom.id),
        Category::Compromised,
        "In the wrong hands",
        Origin::Web,
    );
    emergency::take(&app, &council.seat(1).await, new)
        .await
        .unwrap();
    app.clock.advance(Duration::hours(25));
    timers::run(&app).await.unwrap();
    let strike = strikes(&app, tom.id).await.remove(0);

    let refused = appeals::file(&app, tom.id, strike.id, "That was me").await;

    assert!(matches!(refused, Err(Error::Conflict(_))));
}
