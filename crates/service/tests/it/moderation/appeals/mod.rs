//! Appeals, both stages.

mod board;
mod file;
mod moderators;
mod own;

use ::model::{
    AccountId,
    moderation::{
        Kind, Target,
        appeal::{AppealId, Stage, Strike},
    },
};
use service::moderation::appeals;
use testkit::{Council, TestApp};

/// Decisions about a member, newest first.
async fn strikes(app: &TestApp, member: AccountId) -> Vec<Strike> {
    let mut connection = app.db.acquire().await.unwrap();
    db::moderation::strikes_about(&mut connection, member)
        .await
        .unwrap()
}

/// The moderators in seats 1 and 2 limit a member.
async fn limited(app: &TestApp, council: &Council, member: AccountId) -> Strike {
    council
        .carries(Kind::AccountLimit, Target::Account(member))
        .await;
    strikes(app, member).await.remove(0)
}

/// The member appeals their newest decision.
async fn appealed(app: &TestApp, member: AccountId) -> AppealId {
    let strike = strikes(app, member).await.remove(0);
    appeals::file(app, member, strike.id, "That was not me")
        .await
        .unwrap()
}

async fn stage(app: &TestApp, id: AppealId) -> Stage {
    let mut connection = app.db.acquire().await.unwrap();
    db::moderation::find_appeal(&mut connection, id)
        .await
        .unwrap()
        .unwrap()
        .stage
}

/// Types of the newest public entries, newest first.
async fn entries(app: &TestApp, count: i64) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT type FROM log_entries WHERE type <> 'internal' ORDER BY seq DESC LIMIT $1",
    )
    .bind(count)
    .fetch_all(&app.db)
    .await
    .unwrap()
}
