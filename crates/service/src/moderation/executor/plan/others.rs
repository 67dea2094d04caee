//! Measures about the server, cases and the log.

use std::collections::BTreeSet;

use model::moderation::{Field, Kind, Target};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{Planned, change, stale, switch_off, switch_on};
use crate::moderation::{executor::Intent, log};

pub(super) async fn plan(
    connection: &mut PgConnection,
    intent: Intent<'_>,
    target: &Target,
) -> Planned {
    match (intent.kind, target) {
        (Kind::RegistrationsLock, Target::Server) => {
            switch_on(
                connection,
                target,
                Field::RegistrationsLocked,
                "Sign-ups are closed already.",
            )
            .await
        }
        (Kind::RegistrationsUnlock, Target::Server) => {
            switch_off(
                connection,
                target,
                Field::RegistrationsLocked,
                "Moderators have not closed sign-ups.",
            )
            .await
        }
        (Kind::ReportCloseNoAction, Target::Case(id)) => {
            let case = db::moderation::find_case(connection, *id).await?;
            if !case.is_some_and(|case| case.is_open) {
                return stale("The case is closed already.");
            }
            let held = db::moderation::state_of(connection, target, Field::Closed).await?;
            change(target, Field::Closed, held, Some(json!("no_action")))
        }
        (Kind::ReportForward, Target::Case(id)) => {
            let Some(case) = db::moderation::find_case(connection, *id).await? else {
                return stale("The case is gone.");
            };
            let Some(account) = case.target_id else {
                return stale("The account is gone.");
            };
            match db::accounts::by_id(connection, account).await? {
                Some(account) if !account.is_local() => {
                    switch_on(
                        connection,
                        target,
                        Field::Forwarded,
                        "The reports were forwarded already.",
                    )
                    .await
                }
                Some(_) => {
                    stale("The account is a member's: there is no other server to forward to.")
                }
                None => stale("The account is gone."),
            }
        }
        (Kind::LogRedact, Target::Entry(_)) => redact(connection, intent, target).await,
        _ => stale("This cannot be done here."),
    }
}

async fn redact(connection: &mut PgConnection, intent: Intent<'_>, target: &Target) -> Planned {
    let held = db::moderation::state_of(connection, target, Field::Redacted).await?;
    let gone: BTreeSet<String> = held
        .as_ref()
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    let mut all = gone.clone();
    all.extend(intent.params.fields.iter().flatten().cloned());
    if all == gone {
        return stale("These fields were taken away already.");
    }
    let Target::Entry(seq) = target else {
        return stale("This is no entry of the log.");
    };
    let Some(there) = log::redactable(connection, *seq).await? else {
        return stale("There is no such entry of the log.");
    };
    if all.difference(&gone).any(|name| !there.contains(name)) {
        return stale("This entry has no such field that could be taken away.");
    }
    change(target, Field::Redacted, held, Some(json!(all)))
}
