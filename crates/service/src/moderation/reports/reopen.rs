//! A moderator takes up again what was closed.
//!
//! What was decided stays decided, with its case: its reports go to the open case about the same account, a new one where
//! there is none.

use model::moderation::report::{CaseId, ReportId};

use super::{
    arrive,
    desk::{self, Did},
};
use crate::{
    App, Error, Result,
    moderation::{
        Acting,
        tell::{About, Event, tell},
    },
};

/// Takes up the reports of a closed case again; answers the case in which they are now.
pub async fn reopen(app: &App, acting: &Acting, case: CaseId) -> Result<CaseId> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let found = desk::work_on(&mut tx, acting, case).await?;
    if found.is_open {
        return Ok(case);
    }
    let target = found.target_id.ok_or_else(|| {
        Error::Conflict("The account that was reported is not there any more".into())
    })?;
    let now = app.clock.now();
    let (into, is_new) =
        db::moderation::open_case_about(&mut tx, target, found.category, now).await?;
    let moved = db::moderation::reopen_reports(&mut tx, case, into, now).await?;
    if moved == 0 {
        return Err(Error::Conflict(
            "The reports of this case have been taken up again before".into(),
        ));
    }
    arrive::rescore(&mut tx, into).await?;
    let did = Did::with_case("case.reopen", into).what("from", case.to_string());
    desk::record(&mut tx, app, acting, did).await?;
    if is_new {
        tell(&mut tx, Event::ReportReopened, About::Case(into)).await?;
    }
    tx.commit().await?;
    Ok(into)
}

/// The same by one of the reports, as `POST /api/v1/admin/reports/:id/reopen` does.
pub async fn reopen_report(app: &App, acting: &Acting, report: ReportId) -> Result<CaseId> {
    let mut connection = app.db.acquire().await?;
    let found = db::moderation::find_report(&mut connection, report).await?;
    let case = found.ok_or(Error::NotFound)?.case_id;
    drop(connection);
    reopen(app, acting, case).await
}
