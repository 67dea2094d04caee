//! Measures about other servers.

use model::{
    Domain,
    moderation::{Field, Kind, Params, Target, params::DomainSeverity},
};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{Planned, change, once_more, stale, switch_off, switch_on};
use crate::{App, moderation::executor::Intent};

pub(super) async fn plan(
    connection: &mut PgConnection,
    app: &App,
    intent: Intent<'_>,
    domain: &Domain,
) -> Planned {
    if crate::accounts::is_ours(app, domain) {
        return stale("This is this server's own name.");
    }
    let target = &Target::Domain(domain.clone());
    let held = db::moderation::state_of(connection, target, Field::Rule).await?;
    match intent.kind {
        Kind::DomainBlock if held.is_some() => stale("There is a rule about this domain already."),
        Kind::DomainBlock => {
            let now = app.clock.now();
            let id = db::moderation::effects::free_id(connection, intent.reserved_id, now).await?;
            change(target, Field::Rule, None, Some(rule(id, intent.params)))
        }
        Kind::DomainChange => {
            let Some(held) = held else {
                return stale("There is no rule about this domain any more.");
            };
            let new = rule(id_of(&held).unwrap_or(intent.reserved_id), intent.params);
            if new == held {
                return stale("The rule about this domain says so already.");
            }
            change(target, Field::Rule, Some(held), Some(new))
        }
        Kind::DomainUnblock => {
            switch_off(
                connection,
                target,
                Field::Rule,
                "There is no rule about this domain any more.",
            )
            .await
        }
        Kind::DomainAllow => {
            let held = db::moderation::state_of(connection, target, Field::Allowed).await?;
            if held.is_some() {
                return stale("This domain is listed already.");
            }
            let now = app.clock.now();
            let id = db::moderation::effects::free_id(connection, intent.reserved_id, now).await?;
            change(
                target,
                Field::Allowed,
                None,
                Some(json!({"id": id.to_string()})),
            )
        }
        Kind::DomainDisallow => {
            switch_off(
                connection,
                target,
                Field::Allowed,
                "This domain is not listed any more.",
            )
            .await
        }
        Kind::DomainPause => {
            switch_on(
                connection,
                target,
                Field::Paused,
                "Nothing is taken in from this domain already.",
            )
            .await
        }
        Kind::DomainResume => {
            switch_off(
                connection,
                target,
                Field::Paused,
                "This domain is not paused.",
            )
            .await
        }
        Kind::DomainPurge if is_suspended(held.as_ref()) => {
            once_more(connection, target, Field::Purged).await
        }
        Kind::DomainPurge => stale("Only what a suspended domain has left here can be deleted."),
        _ => stale("This cannot be done to a domain."),
    }
}

/// A rule as the state keeps it.
fn rule(id: i64, params: &Params) -> Value {
    json!({
        "id": id.to_string(),
        "severity": params.severity.unwrap_or(DomainSeverity::Silence).as_str(),
        "reject_media": params.reject_media.unwrap_or(false),
        "reject_reports": params.reject_reports.unwrap_or(false),
        "obfuscate": params.obfuscate.unwrap_or(false),
    })
}

fn id_of(rule: &Value) -> Option<i64> {
    rule.get("id")?.as_str()?.parse().ok()
}

fn is_suspended(rule: Option<&Value>) -> bool {
    rule.and_then(|rule| rule.get("severity"))
        .and_then(Value::as_str)
        == Some(DomainSeverity::Suspend.as_str())
}
