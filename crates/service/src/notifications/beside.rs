//! What stands beside notifications that are about neither a person nor a post.

use db::moderation::effects;
pub use db::moderation::effects::Severance;
use model::{
    Account, AccountId, NotificationGlimpse,
    moderation::{
        appeal::{Appeal, Strike, StrikeId},
        report::ReportId,
    },
};

use crate::{App, Result, moderation::reports::Reported};

/// What stands beside some notifications.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Reports that a moderator was told of.
    pub reports: Vec<Reported>,
    /// Decisions that a member was told of.
    pub warnings: Vec<Warning>,
    /// Follows that were cut.
    pub severances: Vec<Severance>,
}

/// A decision that a member was told of.
#[derive(Clone, Debug)]
pub struct Warning {
    /// The decision.
    pub strike: Strike,
    /// Whom it is about.
    pub target: Account,
    /// The appeal against it.
    pub appeal: Option<Appeal>,
}

/// What stands beside these notifications of a member. Most have nothing beside them, and then nothing is asked.
pub async fn beside(app: &App, found: &[NotificationGlimpse]) -> Result<Beside> {
    let all = || found.iter().map(|glimpse| &glimpse.notification);
    let reports: Vec<ReportId> = all().filter_map(|one| one.report_id).collect();
    let strikes: Vec<StrikeId> = all().filter_map(|one| one.strike_id).collect();
    let severances: Vec<i64> = all().filter_map(|one| one.severance_id).collect();
    let mut beside = Beside::default();
    if reports.is_empty() && strikes.is_empty() && severances.is_empty() {
        return Ok(beside);
    }
    let mut connection = app.db.acquire().await?;
    let reports = db::moderation::reports_by_ids(&mut connection, &reports).await?;
    let strikes = effects::strikes_by_ids(&mut connection, &strikes).await?;
    let ids: Vec<StrikeId> = strikes.iter().map(|strike| strike.id).collect();
    let appeals = db::moderation::appeals_against(&mut connection, &ids).await?;
    let people: Vec<AccountId> = reports
        .iter()
        .filter_map(|report| report.target_id)
        .chain(strikes.iter().map(|strike| strike.account_id))
        .collect();
    let accounts = db::accounts::by_ids(&mut connection, &people).await?;
    let account = |id: AccountId| accounts.iter().find(|account| account.id == id).cloned();
    beside.severances = effects::severances(&mut connection, &severances).await?;
    beside.reports = reports
        .into_iter()
        .filter_map(|report| {
            let target = account(report.target_id?)?;
            Some(Reported { report, target })
        })
        .collect();
    beside.warnings = strikes
        .into_iter()
        .filter_map(|strike| {
            Some(Warning {
                target: account(strike.account_id)?,
                appeal: appeals
                    .iter()
                    .find(|appeal| appeal.strike_id == strike.id)
                    .cloned(),
                strike,
            })
        })
        .collect();
    Ok(beside)
}
