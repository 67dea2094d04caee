//! What follows elsewhere from a measure: follows are cut, peers are told.

use db::moderation::effects::Direction;
use model::{
    AccountId, Domain, StatusId,
    moderation::{Field, Target, Warrant},
};
use sqlx::PgConnection;

use super::{
    DELETED, Extent, Measure,
    project::{DOMAIN_BLOCK, Severed, sever},
};
use crate::{
    App, Result,
    consequences::{Publish, PublishEdit, PublishProfile, Retract, enqueue},
};

pub(super) async fn follow_up(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    measure: &Measure<'_>,
) -> Result<()> {
    match measure.target {
        Target::Account(id) => account(connection, app, warrant, measure, *id).await,
        Target::Status(id) => status(connection, measure, *id).await,
        Target::Domain(domain) => self::domain(connection, app, warrant, measure, domain).await,
        _ => Ok(()),
    }
}

/// What nobody takes back within hours: the measure is final.
const fn is_final(extent: Extent) -> bool {
    matches!(extent, Extent::Full | Extent::Ratified)
}

async fn account(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    measure: &Measure<'_>,
    id: AccountId,
) -> Result<()> {
    let Some(effect) = measure
        .effects
        .iter()
        .find(|effect| effect.field == Field::Suspended)
    else {
        return Ok(());
    };
    let is_suspension = effect.to.is_some();
    if is_suspension && !is_final(measure.extent) {
        return Ok(());
    }
    match Severed::by_account(connection, id).await? {
        // Its own server does not hear of a suspension here; it must not go on thinking that its account follows ours.
        Some(by) if is_suspension => {
            sever(connection, app, warrant, &[id], Direction::ByThem, &by).await
        }
        Some(_) => Ok(()),
        // Peers are told that a member is suspended, or is not any more: Update of the actor.
        None => enqueue(connection, &PublishProfile { account_id: id }).await,
    }
}

async fn status(connection: &mut PgConnection, measure: &Measure<'_>, id: StatusId) -> Result<()> {
    let Some(status) = db::moderation::effects::measured(connection, id).await? else {
        return Ok(());
    };
    if !status.local {
        return Ok(());
    }
    for effect in measure.effects {
        let is_deletion = |value: Option<&serde_json::Value>| {
            value.and_then(serde_json::Value::as_str) == Some(DELETED)
        };
        match effect.field {
            Field::Removed if is_deletion(effect.to.as_ref()) && is_final(measure.extent) => {
                enqueue(connection, &Retract { status_id: id }).await?;
            }
            // Those who believe in resurrection get it back.
            Field::Removed if is_deletion(effect.from.as_ref()) && effect.to.is_none() => {
                enqueue(connection, &Publish { status_id: id }).await?;
            }
            Field::Sensitive if measure.extent != Extent::Provisional => {
                enqueue(connection, &PublishEdit { status_id: id }).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

async fn domain(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    measure: &Measure<'_>,
    domain: &Domain,
) -> Result<()> {
    let has_rule = measure
        .effects
        .iter()
        .any(|effect| effect.field == Field::Rule && effect.to.is_some());
    if !has_rule || !is_final(measure.extent) {
        return Ok(());
    }
    let accounts = db::moderation::effects::suspended_below(connection, domain).await?;
    if accounts.is_empty() {
        return Ok(());
    }
    let by = Severed {
        kind: DOMAIN_BLOCK,
        name: domain.to_string(),
    };
    sever(connection, app, warrant, &accounts, Direction::Both, &by).await
}
