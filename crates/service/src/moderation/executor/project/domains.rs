//! What follows for another server, and for everybody on it.

use model::{
    Domain,
    moderation::{Effect, Field, ProposalId, Warrant, params::DomainSeverity},
};
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{follows, proposal_of};
use crate::{
    App, Error, Result, accounts::PurgeDomain, consequences::enqueue, moderation::executor::times,
};

pub(super) async fn project(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    effect: &Effect,
    domain: &Domain,
) -> Result<()> {
    use db::moderation::effects;
    let now = app.clock.now();
    match (effect.field, &effect.to) {
        (Field::Rule, to) => {
            match to {
                Some(value) => {
                    let rule = rule(domain, value).ok_or_else(|| unreadable(value))?;
                    let proposal = proposal_of(warrant).map(ProposalId::get);
                    effects::put_domain_rule(connection, warrant, &rule, proposal).await?;
                }
                None => effects::remove_domain_rule(connection, warrant, domain).await?,
            }
            settle(connection, warrant, domain).await?;
        }
        (Field::Paused, Some(_)) => effects::pause(connection, warrant, domain, now).await?,
        (Field::Paused, None) => effects::resume(connection, warrant, domain).await?,
        (Field::Allowed, Some(value)) => {
            let id = id(value).ok_or_else(|| unreadable(value))?;
            effects::allow_domain(connection, warrant, domain, id, made_at(id, now)).await?;
        }
        (Field::Allowed, None) => effects::disallow_domain(connection, warrant, domain).await?,
        (Field::Purged, to) if times(to.as_ref()) > times(effect.from.as_ref()) => {
            let domain = domain.clone();
            enqueue(connection, &PurgeDomain { domain }).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Everybody at the domain and below it is dealt with as the rules now say; what a suspension had cut comes back where there is
/// none any more.
async fn settle(connection: &mut PgConnection, warrant: &Warrant, domain: &Domain) -> Result<()> {
    use db::moderation::effects;
    let accounts = effects::accounts_below(connection, domain).await?;
    effects::settle_accounts(connection, &accounts).await?;
    if follows::restore(connection, warrant, &accounts).await? {
        effects::remove_severances(connection, follows::DOMAIN_BLOCK, domain.as_str()).await?;
    }
    Ok(())
}

fn rule<'a>(domain: &'a Domain, value: &Value) -> Option<db::moderation::effects::DomainRule<'a>> {
    let flag = |name: &str| value.get(name).and_then(Value::as_bool);
    let word = value.get("severity")?.as_str()?;
    let severities = [
        DomainSeverity::Noop,
        DomainSeverity::Silence,
        DomainSeverity::Suspend,
    ];
    let id = id(value)?;
    Some(db::moderation::effects::DomainRule {
        domain,
        id,
        severity: severities
            .into_iter()
            .find(|severity| severity.as_str() == word)?,
        reject_media: flag("reject_media")?,
        reject_reports: flag("reject_reports")?,
        obfuscate: flag("obfuscate")?,
        created_at: made_at(id, OffsetDateTime::UNIX_EPOCH),
    })
}

/// The id of a row, from the value that says it.
pub(super) fn id(value: &Value) -> Option<i64> {
    value.get("id")?.as_str()?.parse().ok()
}

/// When an id was made: it carries its time, to the millisecond.
pub(super) fn made_at(id: i64, otherwise: OffsetDateTime) -> OffsetDateTime {
    let milliseconds = i128::from(id >> 16);
    OffsetDateTime::from_unix_timestamp_nanos(milliseconds * 1_000_000).unwrap_or(otherwise)
}

/// A value that we have written and cannot read.
pub(super) fn unreadable(value: &Value) -> Error {
    Error::internal(anyhow::anyhow!(
        "the moderation state holds {value}, which is no rule"
    ))
}
