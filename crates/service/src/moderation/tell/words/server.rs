//! Channels that fail, and newcomers.

use model::AccountId;
use serde_json::json;
use sqlx::PgConnection;

use super::{Words, phrases};
use crate::{
    App, Result,
    moderation::tell::{Event, health},
};

/// Channels that fail, to the others.
pub(super) async fn failing(connection: &mut PgConnection, app: &App) -> Result<Option<Words>> {
    let failing = health::failing(connection, app).await?;
    if failing.is_empty() {
        return Ok(None);
    }
    let now = app.clock.now();
    let title = match failing.len() {
        1 => "A channel of the moderators takes no messages".to_owned(),
        many => format!("{many} channels of the moderators take no messages"),
    };
    let mut words = Words::new(title, "/console".to_owned());
    for channel in &failing {
        let age = channel.failing_since.map(|since| phrases::age(now - since));
        let problem = channel.problem.as_deref().unwrap_or("unknown");
        words.lines.push(format!(
            "{}, {}: {problem}",
            channel.name,
            age.unwrap_or_default()
        ));
    }
    words
        .lines
        .push("Until it does, the moderators get letters. Whoever runs the server can try it with `moot channels test`.".into());
    words.label = "Open the console";
    let names: Vec<&str> = failing
        .iter()
        .map(|channel| channel.name.as_str())
        .collect();
    words.facts = phrases::facts([("channels", json!(names))]);
    Ok(Some(words))
}

/// Somebody has signed up, or was let in: for programs that count. Who it is, nobody is told.
pub(super) async fn account(
    connection: &mut PgConnection,
    event: Event,
    id: AccountId,
) -> Result<Option<Words>> {
    let Some(member) = db::members::find(connection, id).await? else {
        return Ok(None);
    };
    let title = match event {
        Event::AccountApproved => "Somebody was let in",
        _ if member.approved_at.is_none() => "Somebody asks to join",
        _ => "Somebody has signed up",
    };
    let mut words = Words::new(title, "/console".to_owned()).for_programs();
    words.label = "Open the console";
    words.facts = phrases::facts([
        ("approved", json!(member.approved_at.is_some())),
        ("confirmed", json!(member.confirmed_at.is_some())),
    ]);
    Ok(Some(words))
}
