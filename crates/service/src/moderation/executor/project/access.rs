//! What follows for those who want to join.

use model::moderation::{
    Effect, ProposalId, Target, Warrant,
    params::{Comparison, IpSeverity},
};
use serde_json::Value;
use sqlx::PgConnection;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    domains::{id, made_at, unreadable},
    proposal_of,
};
use crate::Result;

pub(super) async fn project(
    connection: &mut PgConnection,
    warrant: &Warrant,
    effect: &Effect,
) -> Result<()> {
    match &effect.to {
        Some(value) => put(connection, warrant, &effect.target, value).await,
        None => remove(connection, warrant, &effect.target).await,
    }
}

async fn put(
    connection: &mut PgConnection,
    warrant: &Warrant,
    target: &Target,
    value: &Value,
) -> Result<()> {
    use db::moderation::effects;
    let wrong = || unreadable(value);
    let id = id(value).ok_or_else(wrong)?;
    let row = effects::AccessRow {
        id,
        created_at: made_at(id, OffsetDateTime::UNIX_EPOCH),
    };
    let word = |name: &str| value.get(name).and_then(Value::as_str);
    let lets_in = value
        .get("allow_with_approval")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    match target {
        Target::EmailDomain(domain) => {
            effects::put_email_domain(connection, warrant, domain, lets_in, row).await?;
        }
        Target::Email(hash) => effects::put_email(connection, warrant, hash, row).await?,
        Target::IpRange(range) => {
            let severities = [
                IpSeverity::SignUpRequiresApproval,
                IpSeverity::SignUpBlock,
                IpSeverity::NoAccess,
            ];
            let severity = word("severity")
                .and_then(|word| severities.into_iter().find(|one| one.as_str() == word))
                .ok_or_else(wrong)?;
            let expires_at = word("expires_at")
                .map(|at| OffsetDateTime::parse(at, &Rfc3339))
                .transpose()
                .map_err(|_| wrong())?;
            let rule = effects::IpRule {
                range: range.clone(),
                severity,
                expires_at,
            };
            let proposal = proposal_of(warrant).map(ProposalId::get);
            effects::put_ip(connection, warrant, &rule, row, proposal).await?;
        }
        Target::Username(pattern) => {
            let comparison = match word("comparison") {
                Some("contains") => Comparison::Contains,
                _ => Comparison::Equals,
            };
            effects::put_username(connection, warrant, pattern, comparison, lets_in, row).await?;
        }
        _ => {}
    }
    Ok(())
}

async fn remove(connection: &mut PgConnection, warrant: &Warrant, target: &Target) -> Result<()> {
    use db::moderation::effects;
    match target {
        Target::EmailDomain(domain) => {
            effects::remove_email_domain(connection, warrant, domain).await?;
        }
        Target::Email(hash) => effects::remove_email(connection, warrant, hash).await?,
        Target::IpRange(range) => effects::remove_ip(connection, warrant, range).await?,
        Target::Username(pattern) => effects::remove_username(connection, warrant, pattern).await?,
        _ => {}
    }
    Ok(())
}
