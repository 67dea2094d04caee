//! A report comes in, from wherever: it joins the case about its account, and moderators are told of a new one.

use db::moderation::NewReport;
use model::{
    AccountId, StatusId,
    moderation::{
        priority,
        report::{CaseId, Category, ReportId},
    },
};
use sqlx::PgConnection;

use crate::{
    App, Result,
    moderation::tell::{About, Event, tell},
};

/// A place in the queue from which on a case cannot wait.
const URGENT: i32 = 1_000;

/// A report that came in.
pub(super) struct Arrived {
    /// The report; an earlier one that says the same.
    pub(super) id: ReportId,
    /// It was not there before.
    pub(super) is_new: bool,
}

/// Writes a report down, in the caller's transaction. What the same voice has said before, and nobody has decided yet, is not
/// said twice: the earlier report is the answer. `None` when it was said before and is decided.
pub(super) async fn arrive(
    connection: &mut PgConnection,
    app: &App,
    new: NewReport<'_>,
) -> Result<Option<Arrived>> {
    let now = app.clock.now();
    let (case, is_new) =
        db::moderation::open_case_about(connection, new.target, new.category, now).await?;
    if !is_new && let Some(same) = db::moderation::find_same_report(connection, &new).await? {
        return Ok(Some(Arrived {
            id: same,
            is_new: false,
        }));
    }
    let new = NewReport {
        case_id: case,
        ..new
    };
    let Some(report) = db::moderation::insert_report(connection, &new, now).await? else {
        return Ok(None);
    };
    db::moderation::keep_evidence(connection, report, new.status_ids, now).await?;
    name(connection, case, new.category).await?;
    let was_urgent = !is_new && score_of(connection, case).await? >= URGENT;
    let is_urgent = rescore(connection, case).await? >= URGENT;
    if is_new || (is_urgent && !was_urgent) {
        db::moderation::notify_of_report(connection, report, now).await?;
        tell(connection, Event::ReportCreated, About::Case(case)).await?;
    }
    Ok(Some(Arrived {
        id: report,
        is_new: true,
    }))
}

/// Until a moderator has looked, a case is of the sort of its newest report that names one.
async fn name(connection: &mut PgConnection, case: CaseId, category: Category) -> Result<()> {
    let found = db::moderation::find_case(connection, case).await?;
    let is_unseen = found.is_some_and(|case| case.first_seen_at.is_none());
    if is_unseen && category != Category::Other {
        db::moderation::set_case_category(connection, case, category).await?;
    }
    Ok(())
}

async fn score_of(connection: &mut PgConnection, case: CaseId) -> Result<i32> {
    let found = db::moderation::find_case(connection, case).await?;
    Ok(found.map_or(0, |case| case.score))
}

/// Gives a case its place in the queue anew, and answers it.
pub(super) async fn rescore(connection: &mut PgConnection, case: CaseId) -> Result<i32> {
    let Some(found) = db::moderation::find_case(connection, case).await? else {
        return Ok(0);
    };
    let voices = db::moderation::voices_in_case(connection, case).await?;
    let score = priority::score(found.category, &voices);
    db::moderation::set_case_score(connection, case, score).await?;
    Ok(score)
}

/// An empty report about somebody, to be filled.
pub(super) fn blank(
    reporter: AccountId,
    target: AccountId,
    origin: model::moderation::report::ReportOrigin,
    status_ids: &[StatusId],
) -> NewReport<'_> {
    NewReport {
        case_id: CaseId::new(0),
        reporter,
        target,
        origin,
        uri: None,
        category: Category::Other,
        comment: "",
        status_ids,
        rule_ids: &[],
        forward_wanted: false,
        forwarded_at: None,
        application_id: None,
    }
}
