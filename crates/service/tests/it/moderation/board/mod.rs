//! The board: how it comes about, and how it decides.

mod decisions;
mod directory;
mod documents;
mod first_board;
mod resets;
mod seats;

use ::model::moderation::{Field, Target, board::DecisionKind};
use serde_json::Value;
use service::{
    Result,
    moderation::board::decisions::{DecisionView, NewDecision, confirm, record},
};
use testkit::{Council, Member, TestApp};
use time::macros::date;

/// What the log says in public, in order.
async fn log(app: &TestApp) -> Vec<(String, Value)> {
    let entries = service::moderation::log::entries(
        app,
        &service::moderation::log::Filter::default(),
        0,
        500,
    )
    .await
    .unwrap();
    entries
        .into_iter()
        .map(|entry| {
            let public = serde_json::to_value(&entry.public.values).unwrap();
            (entry.kind, public)
        })
        .collect()
}

/// The newest entry of the log.
async fn newest(app: &TestApp) -> (String, Value) {
    log(app).await.pop().expect("something has happened")
}

/// What one field is.
async fn state(app: &TestApp, target: &Target, field: Field) -> Option<Value> {
    let mut connection = app.db.acquire().await.unwrap();
    db::moderation::state_of(&mut connection, target, field)
        .await
        .unwrap()
}

fn new(kind: DecisionKind, params: Value) -> NewDecision {
    NewDecision {
        kind,
        params,
        text: "So decided.".into(),
        minutes_url: Some("https://club.example/minutes/7".into()),
        decided_on: date!(2020 - 11 - 01),
    }
}

/// Recorded by one of the board.
async fn records(
    app: &TestApp,
    council: &Council,
    who: usize,
    kind: DecisionKind,
    params: Value,
) -> Result<DecisionView> {
    let acting = council.acting(&council.board[who]).await;
    record(app, &acting, new(kind, params)).await
}

/// Confirmed by one of the board, as it was recorded.
async fn confirms(
    app: &TestApp,
    council: &Council,
    who: usize,
    view: &DecisionView,
) -> Result<DecisionView> {
    let acting = council.acting(&council.board[who]).await;
    confirm(app, &acting, view.decision.id, view.decision.digest).await
}

/// The person behind a member.
async fn person(app: &TestApp, member: &Member) -> ::model::moderation::Person {
    let mut connection = app.db.acquire().await.unwrap();
    db::moderation::person_of(&mut connection, member.id)
        .await
        .unwrap()
        .expect("somebody who was named for an office is a person")
}
