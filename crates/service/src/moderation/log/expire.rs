//! Private reasons and evidence are not kept for ever: their time is over so many days after the last term in which a decision
//! could be appealed.

use model::moderation::Governance;
use time::{Duration, OffsetDateTime};

use crate::{App, Result, moderation::board};

/// Deletes the evidence whose time is over. Answers of how many entries.
pub(crate) async fn expire_evidence(app: &App) -> Result<u64> {
    let mut removed = 0;
    loop {
        let mut tx = app.db.begin().await?;
        let governance = board::governance(&mut tx, app).await?;
        let end = made_before(&governance, app.clock.now());
        let batch = db::moderation::log::expire_evidence(&mut tx, end).await?;
        tx.commit().await?;
        removed += batch;
        if batch == 0 {
            return Ok(removed);
        }
    }
}

/// Whatever was written before this can go: the member's time to appeal and both stages are over, and then the days that
/// the board has set.
pub(crate) fn made_before(governance: &Governance, now: OffsetDateTime) -> OffsetDateTime {
    let appeal = [
        governance.appeal_window,
        governance.appeal_stage1,
        governance.appeal_stage2,
    ];
    let terms: Duration = appeal.into_iter().map(Governance::lasting).sum();
    now - terms - Duration::days(governance.evidence_days.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_outlives_every_appeal() {
        let governance = Governance::default();
        let now = OffsetDateTime::UNIX_EPOCH + Duration::days(10_000);

        let end = made_before(&governance, now);

        assert_eq!(now - end, Duration::days(730 + 20 + 7 + 14));
    }
}
