//! Reminders at their times, each once.

use ::model::moderation::{Kind, Target, proposal::Origin, report::Category};
use service::moderation::{emergency, propose::NewProposal, timers};
use testkit::{Mailbox, TestApp};
use time::Duration;

use super::{read_by, receiver::Receiver, reports, server, slack, works};

/// Hours pass, and every half an hour it is looked at twice what is due. Tells after how many hours what was said.
async fn passes(app: &TestApp, receiver: &Receiver, hours: i64) -> Vec<(f64, String)> {
    let mut said = Vec::new();
    let beginning = app.clock.now();
    for _ in 0..hours * 2 {
        app.clock.advance(Duration::minutes(30));
        receiver.forget();
        let _ = tokio::join!(Box::pin(timers::run(app)), Box::pin(timers::run(app)));
        works(app).await;
        let after = (app.clock.now() - beginning).as_seconds_f64() / 3600.0;
        let titles = receiver.titles().into_iter();
        let about_us = titles.filter(|title| !title.contains("checkpoint"));
        said.extend(about_us.map(|title| (after, title)));
    }
    said
}

#[tokio::test]
async fn an_emergency_measure_is_spoken_of_three_times_and_then_taken_back() {
    let receiver = Receiver::start().await;
    let app = server(vec![("slack", slack(&receiver))], &[], &Mailbox::default()).await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let new = NewProposal::new(
        Kind::AccountLimit,
        target,
        Category::Spam,
        "A flood",
        Origin::Web,
    );
    emergency::take(&app, &council.seat(1).await, new)
        .await
        .unwrap();
    works(&app).await;

    let said = passes(&app, &receiver, 25).await;

    let due = "\u{26a0}\u{fe0f} An emergency measure is still not ratified";
    let back = "\u{26a0}\u{fe0f} An emergency measure was taken back";
    let expected = [
        (12.0, due),
        (20.0, due),
        (23.0, due),
        (24.0, back),
        (24.0, back),
    ];
    assert_eq!(
        said,
        expected.map(|(hours, title)| (hours, title.to_owned()))
    );
}

#[tokio::test]
async fn a_report_that_nobody_touches_is_spoken_of_after_twelve_hours_then_daily_and_to_the_board_after_three_days()
 {
    let (receiver, mailbox) = (Receiver::start().await, Mailbox::default());
    let app = server(vec![("slack", slack(&receiver))], &[], &mailbox).await;
    app.council().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    reports(&app, ada.id, tom.id).await;
    works(&app).await;

    let said = passes(&app, &receiver, 70).await;
    let early = read_by(&mailbox, "still waits");
    let late = passes(&app, &receiver, 20).await;

    let title = "A report still waits for somebody to look at it".to_owned();
    assert_eq!(
        said,
        [
            (12.0, title.clone()),
            (36.0, title.clone()),
            (60.0, title.clone())
        ]
    );
    assert_eq!(late, [(14.0, title)]);
    assert!(early.is_empty());
    let board = [
        "bea@mail.example",
        "berta@mail.example",
        "boris@mail.example",
    ];
    assert_eq!(read_by(&mailbox, "still waits"), board);
}

#[tokio::test]
async fn a_proposal_is_spoken_of_daily_until_it_expires() {
    let receiver = Receiver::start().await;
    let app = server(vec![("slack", slack(&receiver))], &[], &Mailbox::default()).await;
    let council = app.council().await;
    council
        .propose(Kind::RegistrationsLock, Target::Server)
        .await;
    works(&app).await;

    let said = passes(&app, &receiver, 7 * 24).await;

    let times: Vec<f64> = said.iter().map(|(after, _)| *after).collect();
    assert_eq!(times, [24.0, 48.0, 72.0, 96.0, 120.0, 144.0, 168.0]);
    assert_eq!(said[0].1, "A proposal still waits for one more approval");
    assert_eq!(said[5].1, "A proposal is about to expire undecided");
    assert_eq!(said[6].1, "A proposal has expired undecided");
}
