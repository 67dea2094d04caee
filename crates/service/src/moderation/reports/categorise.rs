//! Saying of what sort the trouble is.

use model::moderation::report::{CaseId, Category, ReportId};

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

/// A moderator says of what sort a case is; its place in the queue follows.
pub async fn categorise(
    app: &App,
    acting: &Acting,
    case: CaseId,
    category: Category,
) -> Result<()> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let found = desk::work_on(&mut tx, acting, case).await?;
    db::moderation::case_was_seen(&mut tx, case, app.clock.now()).await?;
    if found.category != category {
        db::moderation::set_case_category(&mut tx, case, category).await?;
        arrive::rescore(&mut tx, case).await?;
        tell(&mut tx, Event::ReportUpdated, About::Case(case)).await?;
        let did = Did::with_case("case.categorise", case)
            .what("from", found.category.as_str())
            .what("to", category.as_str());
        desk::record(&mut tx, app, acting, did).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A moderator corrects one report, as `PUT /api/v1/admin/reports/:id` does. Rules belong to [`Category::Violation`] only.
pub async fn recategorise(
    app: &App,
    acting: &Acting,
    report: ReportId,
    category: Category,
    rule_ids: &[i32],
) -> Result<()> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let found = db::moderation::find_report(&mut tx, report).await?;
    let found = found.ok_or(Error::NotFound)?;
    desk::work_on(&mut tx, acting, found.case_id).await?;
    let rule_ids = if category == Category::Violation {
        let known = crate::moderation::rules(app).await?;
        let exists = |rule: &i32| known.iter().any(|(number, _)| number == rule);
        if rule_ids.is_empty() || !rule_ids.iter().all(exists) {
            return Err(Error::invalid(
                "rule_ids",
                "ERR_INVALID",
                "does not reference valid rules",
            ));
        }
        rule_ids
    } else {
        &[]
    };
    let now = app.clock.now();
    db::moderation::case_was_seen(&mut tx, found.case_id, now).await?;
    if found.category != category || found.rule_ids != rule_ids {
        db::moderation::set_report_category(&mut tx, report, category, rule_ids, now).await?;
        arrive::rescore(&mut tx, found.case_id).await?;
        let did = Did::with_case("report.categorise", found.case_id)
            .what("report", report.to_string())
            .what("from", found.category.as_str())
            .what("to", category.as_str());
        desk::record(&mut tx, app, acting, did).await?;
    }
    tx.commit().await?;
    Ok(())
}
