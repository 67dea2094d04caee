//! What a member is told of a measure: the strike, with a letter and a notification.

use db::moderation::effects::{self, NewStrike};
use model::{
    AccountId,
    moderation::{Governance, Target, Warrant, appeal::StrikeId, warrant::Authority},
};
use sqlx::PgConnection;

use super::{Extent, Measure, plan::member_behind};
use crate::{
    App, Result,
    mail::{self, Occasion},
    moderation::board,
};

/// Strike, notice and notification; after a rollback, that it does not count.
pub(super) async fn follow_up(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    measure: &Measure<'_>,
) -> Result<()> {
    let Some(action) = measure.proposal.kind.strike() else {
        return Ok(());
    };
    let Some(member) = member_behind(connection, measure.target).await? else {
        return Ok(());
    };
    match measure.extent {
        Extent::Full | Extent::Provisional => {
            give(connection, app, warrant, measure, member, action).await
        }
        // They were told when it was taken.
        Extent::Ratified => Ok(()),
        Extent::Undone => take_back(connection, app, warrant, measure, member).await,
    }
}

async fn give(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    measure: &Measure<'_>,
    member: AccountId,
    action: &str,
) -> Result<()> {
    let (proposal, now) = (measure.proposal, app.clock.now());
    let own_post = match measure.target {
        Target::Status(id) => Some(*id),
        _ => None,
    };
    // Several posts of one member in one proposal are one decision.
    if let Some(strike) = effects::strike_of(connection, proposal.id, member).await? {
        if let Some(status) = own_post {
            effects::add_status(connection, warrant, strike, status).await?;
        }
        return Ok(());
    }
    let statuses: Vec<_> = match own_post {
        Some(status) => vec![status],
        None => proposal.status_ids.clone(),
    };
    let window = board::governance(connection, app).await?.appeal_window;
    let strike = NewStrike {
        account: member,
        proposal: proposal.id,
        action,
        text: &proposal.notice_text,
        statuses: &statuses,
        rules: &proposal.rule_ids,
        report: proposal.report_ids.first().copied(),
        log_seq: measure.seq,
        appealable_until: now + Governance::lasting(window),
    };
    let strike = effects::insert_strike(connection, warrant, &strike, now).await?;
    effects::tell_of_strike(connection, member, strike, now).await?;
    if proposal.params.send_mail == Some(false) {
        return Ok(());
    }
    let occasion = Occasion::Decision {
        strike: strike.get(),
    };
    mail::tell(connection, member, occasion).await
}

/// An emergency measure was not ratified: it was never a decision. (What is overruled on appeal has an effect of its own.)
async fn take_back(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    measure: &Measure<'_>,
    member: AccountId,
) -> Result<()> {
    if !matches!(warrant.authority(), Authority::Rollback { .. }) {
        return Ok(());
    }
    let strike: Option<StrikeId> =
        effects::strike_of(connection, measure.proposal.id, member).await?;
    let Some(strike) = strike else {
        return Ok(());
    };
    let now = app.clock.now();
    effects::overrule(connection, warrant, strike, Some(now)).await?;
    let occasion = Occasion::MeasureTakenBack {
        strike: strike.get(),
    };
    mail::tell(connection, member, occasion).await
}
