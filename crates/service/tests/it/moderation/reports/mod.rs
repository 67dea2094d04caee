//! Reports, and the cases they make up.

mod closing;
mod create;
mod desk;
mod evidence;
mod forward;
mod queue;
mod receive;

use ::model::{
    AccountId, StatusId,
    moderation::report::{Report, ReportId},
};
use service::moderation::reports::{self, NewReport};
use testkit::TestApp;

/// A member reports somebody, with words that no other report has.
async fn complains(app: &TestApp, reporter: AccountId, target: AccountId) -> Report {
    complains_of(app, reporter, target, &[]).await
}

/// The same with posts.
async fn complains_of(
    app: &TestApp,
    reporter: AccountId,
    target: AccountId,
    posts: &[StatusId],
) -> Report {
    let new = NewReport {
        status_ids: posts.to_vec(),
        comment: format!("{reporter} says so"),
        ..NewReport::default()
    };
    reports::create(app, reporter, target, new)
        .await
        .unwrap()
        .report
}

/// A report as it is now.
async fn report(app: &TestApp, id: ReportId) -> Report {
    let mut connection = app.db.acquire().await.unwrap();
    db::moderation::find_report(&mut connection, id)
        .await
        .unwrap()
        .unwrap()
}
