//! What follows for reports when moderators have decided: whoever reported learns that it was, and no more.

use model::moderation::{
    ProposalId,
    report::{CaseId, CaseOutcome},
};
use sqlx::PgConnection;

use crate::{
    App, Result,
    mail::{self, Occasion},
    moderation::tell::{About, Event, tell},
};

/// Follows the moderation state of a case: closed with an outcome, or open again with `None`. Called by the executor alone.
pub(crate) async fn project(
    connection: &mut PgConnection,
    app: &App,
    case: CaseId,
    outcome: Option<CaseOutcome>,
    by: Option<ProposalId>,
) -> Result<()> {
    let now = app.clock.now();
    let Some(outcome) = outcome else {
        return Ok(db::moderation::set_case_open(connection, case, now).await?);
    };
    let closing = db::moderation::Closing { outcome, by };
    tell(connection, Event::ReportUpdated, About::Case(case)).await?;
    let reporters = db::moderation::set_case_closed(connection, case, closing, now).await?;
    for reporter in reporters {
        mail::tell(
            connection,
            reporter,
            Occasion::ReportDecided {
                outcome: outcome.as_str().into(),
            },
        )
        .await?;
    }
    Ok(())
}
