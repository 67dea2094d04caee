use ::model::moderation::{Kind, Target, board::DecisionKind};
use serde_json::json;
use service::{
    Error,
    moderation::board::{
        reset::{Reset, after_reset},
        seats,
    },
    second_factor,
};

use super::{confirms, log, newest, person, records};

/// S40: whoever asks the operator for a new second factor may not be the moderator.
#[tokio::test]
async fn votes_of_a_moderator_whose_second_factor_was_reset_wait_for_the_board() {
    let app = testkit::app().await;
    let council = app.council().await;
    let eve = app.member("eve").await;
    let proposal = council
        .propose(Kind::AccountLimit, Target::Account(eve.id))
        .await;
    let mona = &council.moderators[0];

    second_factor::reset(&app, mona.id).await.unwrap();
    let entry = newest(&app).await;
    let second = council.approve(2, proposal.proposal.id).await;
    let acting = council.seat(1).await;
    let governance = service::moderation::board::current_governance(&app)
        .await
        .unwrap();
    let proof = acting.proof(&governance, app.clock.now());

    assert_eq!(entry.0, "officer.reset");
    assert_eq!(entry.1["action"], "second_factor");
    assert_eq!(entry.1["person"]["handle"], "mona@moot.test");
    assert_eq!(
        second.approvals, 1,
        "the vote given before does not count either"
    );
    assert!(matches!(proof, Err(Error::Forbidden(_))), "{proof:?}");
    assert!(eve.now().await.silenced_at.is_none());
    assert_eq!(seats::waiting(&app).await.unwrap().len(), 1);
    let id = person(&app, mona).await.id;
    council
        .decide(
            DecisionKind::ConfirmReset,
            json!({"person_id": id.to_string()}),
        )
        .await;
    assert!(seats::waiting(&app).await.unwrap().is_empty());
    assert!(eve.now().await.silenced_at.is_some());
}

#[tokio::test]
async fn nobody_on_the_board_confirms_their_own_reset() {
    let app = testkit::app().await;
    let council = app.council().await;
    let own = &council.board[1];
    after_reset(&app, own.id, Reset::Password).await.unwrap();
    let id = person(&app, own).await.id.to_string();

    let recorded = records(
        &app,
        &council,
        1,
        DecisionKind::ConfirmReset,
        json!({ "person_id": id }),
    )
    .await;
    let by_another = records(
        &app,
        &council,
        0,
        DecisionKind::ConfirmReset,
        json!({ "person_id": id }),
    )
    .await
    .unwrap();
    let confirmed = confirms(&app, &council, 1, &by_another).await;

    assert!(matches!(recorded, Err(Error::Forbidden(_))), "{recorded:?}");
    assert!(
        matches!(confirmed, Err(Error::Forbidden(_))),
        "{confirmed:?}"
    );
    assert!(confirms(&app, &council, 2, &by_another).await.is_ok());
}

#[tokio::test]
async fn a_reset_of_a_member_without_office_is_nobodys_business() {
    let app = testkit::app().await;
    let council = app.council().await;
    let eve = app.member("eve").await;
    let before = log(&app).await.len();

    second_factor::reset(&app, eve.id).await.unwrap();
    after_reset(&app, eve.id, Reset::Password).await.unwrap();

    assert_eq!(log(&app).await.len(), before);
    assert_eq!(council.board.len(), 3);
}

#[tokio::test]
async fn a_second_reset_is_told_again_and_changes_nothing_more() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mona = &council.moderators[0];
    after_reset(&app, mona.id, Reset::Password).await.unwrap();
    let before = log(&app).await.len();

    after_reset(&app, mona.id, Reset::SecondFactor)
        .await
        .unwrap();

    assert_eq!(log(&app).await.len(), before + 1);
    assert_eq!(seats::waiting(&app).await.unwrap().len(), 1);
    // It may be somebody else who sits there: even giving the seat up waits for the board.
    let refused = seats::step_down(&app, &council.seat(1).await).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
}
