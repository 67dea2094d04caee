//! Measures about who may join, and from where.

use model::moderation::{
    Field, Kind, Target,
    params::{Comparison, IpSeverity},
};
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use super::{Planned, change, stale, switch_off};
use crate::{App, Error, Result, moderation::executor::Intent, moderation::spelling};

pub(super) async fn plan(
    connection: &mut PgConnection,
    app: &App,
    intent: Intent<'_>,
    target: &Target,
) -> Planned {
    if spelling::normalised(target.clone()).ok().as_ref() != Some(target) {
        return stale("This is not written as the server compares it.");
    }
    let now = app.clock.now();
    let held = db::moderation::state_of(connection, target, Field::Rule).await?;
    let is_in_force = held.as_ref().is_some_and(|rule| !has_expired(rule, now));
    match intent.kind {
        Kind::EmailDomainBlock | Kind::EmailBlock | Kind::IpBlock | Kind::UsernameBlock => {
            if is_in_force {
                return stale("There is such a rule already.");
            }
            let id = db::moderation::effects::free_id(connection, intent.reserved_id, now).await?;
            change(target, Field::Rule, held, Some(rule(intent, id, now)?))
        }
        Kind::IpChange => {
            let Some(held) = held.filter(|_| is_in_force) else {
                return stale("There is no such rule any more.");
            };
            let id = held
                .get("id")
                .and_then(Value::as_str)
                .and_then(|id| id.parse().ok());
            let new = rule(intent, id.unwrap_or(intent.reserved_id), now)?;
            change(target, Field::Rule, Some(held), Some(new))
        }
        Kind::EmailDomainUnblock | Kind::EmailUnblock | Kind::IpUnblock | Kind::UsernameUnblock => {
            switch_off(
                connection,
                target,
                Field::Rule,
                "There is no such rule any more.",
            )
            .await
        }
        _ => stale("This cannot be done here."),
    }
}

/// A rule as the state keeps it.
fn rule(intent: Intent<'_>, id: i64, now: OffsetDateTime) -> Result<Value> {
    let params = intent.params;
    let id = id.to_string();
    let lets_in = params.allow_with_approval.unwrap_or(false);
    Ok(match intent.kind {
        Kind::IpBlock | Kind::IpChange => {
            let until = params
                .expires_in
                .map(|seconds| now + Duration::seconds(seconds.into()));
            json!({
                "id": id,
                "severity": params.ip_severity.unwrap_or(IpSeverity::SignUpRequiresApproval).as_str(),
                "expires_at": until.map(|at| at.format(&Rfc3339)).transpose().map_err(Error::internal)?,
            })
        }
        Kind::UsernameBlock => json!({
            "id": id,
            "comparison": params.comparison.unwrap_or(Comparison::Equals).as_str(),
            "allow_with_approval": lets_in,
        }),
        Kind::EmailDomainBlock => json!({"id": id, "allow_with_approval": lets_in}),
        _ => json!({"id": id}),
    })
}

fn has_expired(rule: &Value, now: OffsetDateTime) -> bool {
    rule.get("expires_at")
        .and_then(Value::as_str)
        .and_then(|at| OffsetDateTime::parse(at, &Rfc3339).ok())
        .is_some_and(|at| at <= now)
}
