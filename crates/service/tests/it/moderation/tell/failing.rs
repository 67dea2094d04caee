//! Channels that do not take what they are told.

use ::model::moderation::{Kind, Target};
use service::moderation::{
    tell::{TellByMail, health},
    timers,
};
use testkit::{Mailbox, TestApp};
use time::Duration;

use super::{read_by, receiver::Receiver, server, slack, webhook, works};

/// Time passes, and everything that is due is done as it becomes so.
async fn passes(app: &TestApp, minutes: i64) {
    for _ in 0..minutes {
        app.clock.advance(Duration::MINUTE);
        works(app).await;
    }
}

#[tokio::test]
async fn what_a_program_did_not_take_is_told_again_under_the_same_name() {
    let receiver = Receiver::start().await;
    let app = server(
        vec![("webhook", webhook(&receiver))],
        &[],
        &Mailbox::default(),
    )
    .await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    works(&app).await;
    receiver.forget();
    receiver.answers(500);

    council.propose(Kind::AccountLimit, target).await;
    works(&app).await;
    let failing = health(&app).await.unwrap();
    receiver.answers(200);
    passes(&app, 1).await;

    let said = receiver.said();
    assert_eq!(said.len(), 2);
    assert_eq!(said[0].delivery, said[1].delivery);
    // The words are made afresh, so that ages are true.
    assert_eq!(said[0].body["object"]["id"], said[1].body["object"]["id"]);
    assert!(failing[0].failing_since.is_some() && !failing[0].is_failing);
    assert!(failing[0].problem.is_some());
    let well = health(&app).await.unwrap();
    assert!(well[0].failing_since.is_none() && well[0].succeeded_at.is_some());
}

#[tokio::test]
async fn after_a_quarter_of_an_hour_moderators_get_letters_and_the_others_are_told() {
    let (bad, good, mailbox) = (
        Receiver::start().await,
        Receiver::start().await,
        Mailbox::default(),
    );
    let channels = vec![("slack", slack(&bad)), ("webhook", webhook(&good))];
    let app = server(channels, &["list@club.example"], &mailbox).await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    works(&app).await;
    bad.answers(503);

    council.propose(Kind::AccountLimit, target.clone()).await;
    works(&app).await;
    passes(&app, 14).await;
    let before = read_by(&mailbox, "A proposal waits");
    passes(&app, 1).await;
    timers::run(&app).await.unwrap();
    timers::run(&app).await.unwrap();
    works(&app).await;

    // Addresses that the operator has named are always told.
    assert_eq!(before, ["list@club.example"]);
    let moderators = [
        "mark@mail.example",
        "mira@mail.example",
        "mona@mail.example",
    ];
    let readers = read_by(&mailbox, "A proposal waits");
    assert_eq!(readers[0], "list@club.example");
    assert_eq!(readers[1..], moderators);
    let told = good.titles();
    let said = told
        .iter()
        .filter(|title| title.contains("takes no messages"))
        .count();
    assert_eq!(said, 1, "{told:?}");
    assert!(health(&app).await.unwrap()[0].is_failing);
    // From now on at once, and once for each event.
    council.propose(Kind::AccountFreeze, target).await;
    works(&app).await;
    assert_eq!(read_by(&mailbox, "A proposal waits").len(), 8);
    bad.answers(200);
    council
        .propose(Kind::RegistrationsLock, Target::Server)
        .await;
    works(&app).await;
    assert_eq!(read_by(&mailbox, "A proposal waits").len(), 9);
    assert!(!health(&app).await.unwrap()[0].is_failing);
}

#[tokio::test]
async fn a_refusal_sends_letters_at_once() {
    let (bad, mailbox) = (Receiver::start().await, Mailbox::default());
    let app = server(
        vec![("webhook", webhook(&bad)), ("slack", slack(&bad))],
        &[],
        &mailbox,
    )
    .await;
    let council = app.council().await;
    works(&app).await;
    bad.answers(403);

    council
        .propose(Kind::RegistrationsLock, Target::Server)
        .await;
    works(&app).await;

    assert_eq!(read_by(&mailbox, "A proposal waits").len(), 3);
}

#[tokio::test]
async fn without_mail_a_channel_is_tried_on() {
    let bad = Receiver::start().await;
    let app = testkit::app()
        .places(super::places(vec![("webhook", webhook(&bad))], &[]))
        .await;
    let council = app.council().await;
    works(&app).await;
    bad.answers(500);

    council
        .propose(Kind::RegistrationsLock, Target::Server)
        .await;
    passes(&app, 20).await;
    bad.answers(200);
    bad.forget();
    passes(&app, 60).await;

    assert!(app.enqueued::<TellByMail>().await.is_empty());
    assert!(
        bad.titles()
            .contains(&"A proposal waits for one more approval".to_owned())
    );
}
