//! Who is written to.

use ::model::moderation::{Kind, Target, board::DecisionKind, proposal::Origin, report::Category};
use serde_json::json;
use service::moderation::{
    board::decisions::{self, NewDecision},
    emergency,
    propose::NewProposal,
    recuse,
};
use testkit::Mailbox;
use time::macros::date;

use super::{read_by, receiver::Receiver, reports, server, slack, works};

#[tokio::test]
async fn without_a_channel_each_moderator_is_written_to_but_for_whoever_it_is_about() {
    let mailbox = Mailbox::default();
    let app = server(Vec::new(), &[], &mailbox).await;
    let council = app.council().await;
    let (ada, mona) = (app.member("ada").await, council.moderators[0].id);

    reports(&app, ada.id, mona).await;
    works(&app).await;

    let readers = read_by(&mailbox, "A report has come in");
    assert_eq!(readers, ["mark@mail.example", "mira@mail.example"]);
    let letter = mailbox.newest_to("mark@mail.example").unwrap();
    assert!(
        letter.text.contains("https://moot.test/console/cases/"),
        "{}",
        letter.text
    );
}

#[tokio::test]
async fn with_a_channel_only_what_cannot_wait_is_written_to_moderators() {
    let (receiver, mailbox) = (Receiver::start().await, Mailbox::default());
    let app = server(vec![("slack", slack(&receiver))], &[], &mailbox).await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    council
        .propose(Kind::RegistrationsLock, Target::Server)
        .await;
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

    assert!(read_by(&mailbox, "A proposal waits").is_empty());
    assert_eq!(
        read_by(&mailbox, "An emergency measure is in force").len(),
        3
    );
}

#[tokio::test]
async fn the_board_is_written_to_when_too_few_can_decide() {
    let (receiver, mailbox) = (Receiver::start().await, Mailbox::default());
    let app = server(vec![("slack", slack(&receiver))], &[], &mailbox).await;
    let council = app.council().await;
    let id = council
        .propose(Kind::RegistrationsLock, Target::Server)
        .await
        .proposal
        .id;

    for seat in [2, 3] {
        recuse::recuse_from_proposal(&app, &council.seat(seat).await, id, "I cannot")
            .await
            .unwrap();
    }
    works(&app).await;

    assert_eq!(read_by(&mailbox, "Too few moderators").len(), 3);
    let letter = mailbox.newest_to("berta@mail.example").unwrap();
    assert!(
        letter.text.contains("https://moot.test/board"),
        "{}",
        letter.text
    );
}

#[tokio::test]
async fn a_decision_that_waits_is_told_to_those_who_can_confirm_it_and_to_nobody_else() {
    let (receiver, mailbox) = (Receiver::start().await, Mailbox::default());
    let app = server(
        vec![("slack", slack(&receiver))],
        &["list@club.example"],
        &mailbox,
    )
    .await;
    let council = app.council().await;
    works(&app).await;
    receiver.forget();
    let before = read_by(&mailbox, "waits to be confirmed").len();
    let new = NewDecision {
        kind: DecisionKind::RemoveModerator,
        params: json!({"seat_no": 3}),
        text: "So decided.".into(),
        minutes_url: None,
        decided_on: date!(2026 - 06 - 01),
    };

    decisions::record(&app, &council.acting(&council.board[0]).await, new)
        .await
        .unwrap();
    works(&app).await;

    assert_eq!(
        before, 0,
        "all decisions so far were confirmed before anybody was written to"
    );
    let readers = read_by(&mailbox, "waits to be confirmed");
    assert_eq!(readers, ["bea@mail.example", "boris@mail.example"]);
    assert!(receiver.said().is_empty());
}
