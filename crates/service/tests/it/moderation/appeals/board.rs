//! The second stage: the board's last word.

use ::model::moderation::{
    appeal::{AppealAnswer, Stage},
    board::DecisionKind,
};
use serde_json::json;
use service::{
    Error,
    moderation::{appeals, board::decisions},
};

use super::{appealed, entries, limited, stage, strikes};

#[tokio::test]
async fn the_board_undoes_or_keeps_what_was_decided_for_good() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (tom, tim) = (app.member("tom").await, app.member("tim").await);
    let mut ids = Vec::new();
    for member in [&tom, &tim] {
        limited(&app, &council, member.id).await;
        let id = appealed(&app, member.id).await;
        appeals::vote(&app, &council.seat(3).await, id, AppealAnswer::Overturn, "")
            .await
            .unwrap();
        ids.push(id);
    }

    for (id, outcome) in ids.iter().zip(["overturned", "upheld"]) {
        let params = json!({"appeal_id": id.to_string(), "outcome": outcome});
        council.decide(DecisionKind::DecideAppeal, params).await;
    }

    assert_eq!(stage(&app, ids[0]).await, Stage::Overturned);
    assert_eq!(stage(&app, ids[1]).await, Stage::Upheld);
    assert!(tom.now().await.silenced_at.is_none());
    assert!(tim.now().await.silenced_at.is_some());
    assert!(strikes(&app, tom.id).await[0].overruled_at.is_some());
    let types = entries(&app, 4).await;
    assert!(
        types.contains(&"appeal.overturned".to_owned())
            && types.contains(&"appeal.upheld".to_owned()),
        "{types:?}"
    );
}

#[tokio::test]
async fn the_board_has_to_wait_for_the_moderators() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    limited(&app, &council, tom.id).await;
    let id = appealed(&app, tom.id).await;
    let new = decisions::NewDecision {
        kind: DecisionKind::DecideAppeal,
        params: json!({"appeal_id": id.to_string(), "outcome": "overturned"}),
        text: "So decided.".into(),
        minutes_url: None,
        decided_on: app.clock.now().date(),
    };

    let refused = decisions::record(&app, &council.acting(&council.board[0]).await, new).await;

    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    assert_eq!(stage(&app, id).await, Stage::Moderators);
}
