//! One message to one channel, tried until it arrives; what does not within a quarter of an hour goes by mail.

use std::time::Duration as Wait;

use channels::{Channel, Client, Failure as Undelivered, Message, Place, Receipt};
use jobs::{Failure, Job, Priority, growing_backoff};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use tracing::{info, warn};
use url::Url;

use super::{
    About, Event, TellModerators, letter,
    place::{self, Found, Spot},
    places,
    words::{self, Words},
};
use crate::{App, Error, Result as Done};

/// A channel that takes nothing for so long has failed: then mail is written instead.
pub(super) const SWITCH: Duration = Duration::minutes(15);
/// The shortest and the longest time between two tries until then.
const WAITS: (Duration, Duration) = (Duration::seconds(15), Duration::minutes(5));
/// Where there is no mail to write instead, it is tried on, for two days.
const LONGEST_WAIT: Wait = Wait::from_mins(30);
/// Until whoever begins a thread has begun it.
const A_MOMENT: Wait = Wait::from_secs(2);
/// A message that was lost is written anew: the one to edit, then the one to answer below.
const LOSSES: usize = 3;

/// One message to one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellChannel {
    /// Its name in the settings.
    pub channel: String,
    /// As a new message, or as an edit of an earlier one.
    pub part: Part,
    /// What has happened.
    pub event: Event,
    /// To what.
    pub about: About,
    /// The event's own name.
    pub key: String,
    /// When it happened.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// How it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// As a message of its own.
    Word,
    /// In the place of an earlier one.
    Edit,
}

impl Job for TellChannel {
    const KIND: &'static str = "tell_channel";
    const PRIORITY: Priority = Priority::URGENT;
    const MAX_ATTEMPTS: u16 = 96;
    const TIME_LIMIT: Wait = Wait::from_mins(1);

    fn lane(&self) -> Option<String> {
        Some(format!("channel {}", self.channel))
    }

    fn backoff(attempt: u16, random: f64) -> Wait {
        growing_backoff(attempt, random).min(LONGEST_WAIT)
    }
}

/// The job.
pub(crate) async fn deliver(app: &App, job: &TellChannel) -> Result<(), Failure> {
    let Some((client, channel)) = app.places.find(&job.channel) else {
        return Ok(());
    };
    let mut connection = app.db.acquire().await?;
    let words = words::of(&mut connection, app, job.event, job.about).await?;
    drop(connection);
    let Some(words) = words else { return Ok(()) };
    // A program is told of everything that happened; people, of what is still to do.
    if words.is_over && (places::is_for_people(channel) || job.event.is_a_nudge()) {
        return Ok(());
    }
    let message = message(app, job, &words)?;
    for _ in 0..LOSSES {
        let spot = match find(app, job, &words, channel).await? {
            Found::Spot(spot) => spot,
            Found::Nowhere => return Ok(()),
            Found::Later => {
                let why = anyhow::anyhow!("another message begins the thread at this moment");
                return Err(Failure::retry_after(A_MOMENT, why));
            }
        };
        match send(app, (client, channel), &message, &spot).await {
            Ok(receipt) => return arrived(app, job, &spot, receipt).await.map_err(Into::into),
            Err(Undelivered::Lost { why }) => {
                info!(
                    channel = job.channel,
                    "A message to come back to is not there: {why}"
                );
                forget(app, job, spot.found_by.as_deref()).await?;
            }
            Err(failure) => {
                forget(app, job, spot.begins.as_deref()).await?;
                return failed(app, job, &words, failure).await;
            }
        }
    }
    Err(Failure::retry(anyhow::anyhow!(
        "messages to come back to are lost again and again"
    )))
}

fn message(app: &App, job: &TellChannel, words: &Words) -> Done<Message> {
    let link = format!("{}{}", app.urls.base(), words.path);
    let part = match job.part {
        Part::Word => "",
        Part::Edit => "-edit",
    };
    Ok(Message {
        key: format!("{}-{}{part}", job.key, job.channel),
        event: job.event.word().to_owned(),
        at: job.at,
        title: words.title.clone(),
        lines: words.lines.clone(),
        link: Url::parse(&link).map_err(Error::internal)?,
        link_label: words.label.to_owned(),
        thread: words.thread.clone(),
        place: Place::New,
        urgency: words.urgency,
        facts: words.facts.clone(),
    })
}

async fn find(app: &App, job: &TellChannel, words: &Words, channel: &Channel) -> Done<Found> {
    let by_itself = Spot {
        place: Place::New,
        keeps: Vec::new(),
        found_by: None,
        begins: None,
    };
    let Some(topic) = words.topic.as_ref().filter(|_| channel.gives_receipts()) else {
        return Ok(Found::Spot(by_itself));
    };
    let mut tx = app.db.begin().await?;
    let found = place::find(&mut tx, job, topic, app.clock.now()).await?;
    tx.commit().await?;
    Ok(found)
}

/// No connection to the database is held meanwhile.
async fn send(
    app: &App,
    (client, channel): (&Client, &Channel),
    message: &Message,
    spot: &Spot,
) -> Result<Option<Receipt>, Undelivered> {
    let message = Message {
        place: spot.place.clone(),
        ..message.clone()
    };
    channels::send(client, channel, &message, app.clock.now()).await
}

async fn arrived(app: &App, job: &TellChannel, spot: &Spot, receipt: Option<Receipt>) -> Done<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    if let Some(receipt) = receipt {
        let receipt = serde_json::to_value(receipt).map_err(Error::internal)?;
        for topic in &spot.keeps {
            db::moderation::keep_receipt(&mut tx, &job.channel, topic, &receipt, now).await?;
        }
    }
    if db::moderation::channel_succeeded(&mut tx, &job.channel, now).await? {
        info!(
            channel = job.channel,
            "A channel of the moderators takes messages again"
        );
    }
    tx.commit().await?;
    Ok(())
}

async fn forget(app: &App, job: &TellChannel, topic: Option<&str>) -> Done<()> {
    if let Some(topic) = topic {
        let mut connection = app.db.acquire().await?;
        db::moderation::forget_receipt(&mut connection, &job.channel, topic).await?;
    }
    Ok(())
}

/// Notes that the channel fails; then either tries again, or writes to the moderators instead.
async fn failed(
    app: &App,
    job: &TellChannel,
    words: &Words,
    failure: Undelivered,
) -> Result<(), Failure> {
    warn!(
        channel = job.channel,
        event = job.event.word(),
        "A channel of the moderators did not take a message: {failure}"
    );
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let problem = failure.to_string();
    let since = db::moderation::channel_failed(&mut tx, &job.channel, &problem, now).await?;
    let lasted = now - since.min(job.at);
    let (refused, asked) = match &failure {
        Undelivered::Retry { after, .. } => (false, *after),
        _ => (true, None),
    };
    let is_lasting = refused || lasted >= SWITCH || asked.is_some_and(|wait| wait >= SWITCH);
    let by_mail = is_lasting && words.to_moderators && app.mailer.reaches_people();
    if by_mail {
        let told = TellModerators {
            event: job.event,
            about: job.about,
            key: job.key.clone(),
        };
        letter::to_moderators(&mut tx, app, &told, Some(&job.channel)).await?;
    }
    tx.commit().await?;
    match asked {
        _ if by_mail => Ok(()),
        _ if refused => Err(Failure::give_up(failure)),
        Some(wait) => Err(Failure::retry_after(wait, failure)),
        None if is_lasting => Err(Failure::retry(failure)),
        None => Err(Failure::retry_after(until_next(job, lasted, now), failure)),
    }
}

/// Twice as long each time, and for the last time when mail would be written.
fn until_next(job: &TellChannel, lasted: Duration, now: OffsetDateTime) -> Wait {
    let wait = (now - job.at).clamp(WAITS.0, WAITS.1).min(SWITCH - lasted);
    Wait::try_from(wait).unwrap_or(A_MOMENT)
}
