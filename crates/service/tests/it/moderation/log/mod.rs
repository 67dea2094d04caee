//! The log: nothing is changed unnoticed, nothing private is told, and whoever has the export can check it.

mod chain;
mod hidden;
mod keys;
mod redaction;
mod rewriting;
mod tampering;

use std::io::Cursor;

use ::model::moderation::{Kind, Target};
use futures_util::TryStreamExt as _;
use ledger::{
    export::Lines,
    verify::{self, Problem, Report, Trust},
};
use service::{
    App,
    moderation::log::{self, implied::Implied, verify::Wrong},
};
use testkit::{Council, Member, TestApp};

/// The whole export as text.
async fn export(app: &App) -> String {
    let lines: Vec<String> = log::export(app).await.unwrap().try_collect().await.unwrap();
    lines.concat()
}

/// Checks an export as an outsider does.
fn checked(export: &str, trust: &Trust) -> Result<Report, Problem> {
    let mut implied = Implied::default();
    verify::lines(Lines::new(Cursor::new(export)), trust, |entry| {
        implied.follow(entry)
    })
}

/// Checks everything that is in the database.
async fn verified(app: &App) -> Result<Report, Wrong> {
    log::verify::database(app, &Trust::default()).await
}

/// A council that has decided something about a member: the log has entries of several types.
async fn some_history(app: &TestApp) -> (Council, Member) {
    let council = app.council().await;
    let member = app.member("tom").await;
    council
        .carries(Kind::AccountLimit, Target::Account(member.id))
        .await;
    council
        .carries(
            Kind::DomainBlock,
            Target::Domain("peer.example".parse().unwrap()),
        )
        .await;
    (council, member)
}

/// Runs statements as whoever owns the database can: past every trigger.
async fn as_owner(app: &TestApp, statements: &[String]) {
    let mut connection = app.db.acquire().await.unwrap();
    let mut all = vec!["SET session_replication_role = replica".to_owned()];
    all.extend_from_slice(statements);
    all.push("SET session_replication_role = DEFAULT".to_owned());
    for statement in all {
        sqlx::query(sqlx::AssertSqlSafe(statement))
            .execute(&mut *connection)
            .await
            .unwrap();
    }
}
