//! How the channels do: shown on the console, counted for the operator, and told to the others when one fails.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{About, Event, deliver::SWITCH, tell};
use crate::{App, Result};

/// How a channel does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelHealth {
    /// Its name in the settings.
    pub name: String,
    /// Its kind in a word: `slack`, `matrix`, …
    pub kind: &'static str,
    /// When it last took a message.
    pub succeeded_at: Option<OffsetDateTime>,
    /// Since when it takes none.
    pub failing_since: Option<OffsetDateTime>,
    /// What was wrong last, for the operator.
    pub problem: Option<String>,
    /// It has failed for a quarter of an hour: moderators are written to instead.
    pub is_failing: bool,
}

/// How each channel does that is configured now, by name.
pub async fn health(app: &App) -> Result<Vec<ChannelHealth>> {
    let mut connection = app.db.acquire().await?;
    of(&mut connection, app).await
}

/// Those that have failed for long.
pub(super) async fn failing(
    connection: &mut PgConnection,
    app: &App,
) -> Result<Vec<ChannelHealth>> {
    let mut all = of(connection, app).await?;
    all.retain(|channel| channel.is_failing);
    Ok(all)
}

async fn of(connection: &mut PgConnection, app: &App) -> Result<Vec<ChannelHealth>> {
    let rows = db::moderation::channels_health(connection).await?;
    let long_ago = app.clock.now() - SWITCH;
    let channels = app.places.channels().map(|(name, channel)| {
        let row = rows.iter().find(|row| row.channel == name);
        let failing_since = row.and_then(|row| row.failing_since);
        ChannelHealth {
            name: name.to_owned(),
            kind: channel.kind(),
            succeeded_at: row.and_then(|row| row.succeeded_at),
            failing_since,
            problem: row.and_then(|row| row.problem.clone()),
            is_failing: failing_since.is_some_and(|since| since <= long_ago),
        }
    });
    Ok(channels.collect())
}

/// Tells the others, once, of channels that have failed for long.
pub(super) async fn tell_of_failures(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    if db::moderation::failures_to_tell(&mut tx, now - SWITCH, now).await? {
        tell(&mut tx, Event::DeliveryFailing, About::Server).await?;
    }
    tx.commit().await?;
    Ok(())
}
