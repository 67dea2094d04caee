//! What a measure would change, given what is so now.

mod access;
mod accounts;
mod domains;
mod others;
mod statuses;

pub(super) use accounts::member_behind;

use model::moderation::{Effect, Field, Target};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{Intent, Plan, Stale};
use crate::{App, Result};

/// A plan, or why there is none.
type Planned = Result<Result<Plan, Stale>>;

/// What the measure would change. The inner error says why it does not fit any more.
pub(crate) async fn plan(
    connection: &mut PgConnection,
    app: &App,
    intent: Intent<'_>,
    target: &Target,
) -> Planned {
    if let Some(sentence) = intent.kind.lacks() {
        return stale(format!("{sentence}."));
    }
    if !intent.kind.is_about(target) {
        return stale("This kind of measure is about something else.");
    }
    match target {
        Target::Account(id) => accounts::plan(connection, intent, *id).await,
        Target::Status(id) => statuses::plan(connection, intent, *id).await,
        Target::Domain(domain) => domains::plan(connection, app, intent, domain).await,
        Target::EmailDomain(_) | Target::Email(_) | Target::IpRange(_) | Target::Username(_) => {
            access::plan(connection, app, intent, target).await
        }
        Target::Server | Target::Case(_) | Target::Entry(_) => {
            others::plan(connection, intent, target).await
        }
        // What has no capability behind it was refused above; offices and settings are changed by the board's decisions.
        _ => stale("This server has no such thing."),
    }
}

/// It does not fit any more.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it is the answer of what calls it"
)]
fn stale(why: impl Into<String>) -> Planned {
    Ok(Err(Stale(why.into())))
}

/// It changes nothing in the state, and fits.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it is the answer of what calls it"
)]
fn unchanged() -> Planned {
    Ok(Ok(Plan::default()))
}

/// It changes one field.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it is the answer of what calls it"
)]
fn change(target: &Target, field: Field, from: Option<Value>, to: Option<Value>) -> Planned {
    Ok(Ok(Plan {
        effects: vec![Effect {
            target: target.clone(),
            field,
            from,
            to,
        }],
    }))
}

/// Sets a field that is either set or not; stale when it is set already.
async fn switch_on(
    connection: &mut PgConnection,
    target: &Target,
    field: Field,
    already: &str,
) -> Planned {
    match db::moderation::state_of(connection, target, field).await? {
        None => change(target, field, None, Some(json!(true))),
        Some(_) => stale(already),
    }
}

/// Clears a field; stale when nothing is set.
async fn switch_off(
    connection: &mut PgConnection,
    target: &Target,
    field: Field,
    already: &str,
) -> Planned {
    match db::moderation::state_of(connection, target, field).await? {
        Some(held) => change(target, field, Some(held), None),
        None => stale(already),
    }
}

/// Does once more what can be done any number of times: the field counts.
async fn once_more(connection: &mut PgConnection, target: &Target, field: Field) -> Planned {
    let held = db::moderation::state_of(connection, target, field).await?;
    let next = match super::times(held.as_ref()) {
        0 => json!(true),
        times => json!(times + 1),
    };
    change(target, field, held, Some(next))
}
