//! The same by mail: to the board, which has no channel of its own, to addresses that the operator names, and to moderators
//! where a channel fails, where there is none, and where something cannot wait.

use jobs::{Failure, Job, Priority};
use model::moderation::PersonId;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use tracing::warn;

use super::{About, Event, TellModerators, readers, words};
use crate::{
    App, Result,
    consequences::enqueue_many,
    mail::{Draft, Link, Undelivered, lay_out},
};

/// One letter to one reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellByMail {
    /// Who reads it.
    pub reader: Reader,
    /// What has happened.
    pub event: Event,
    /// To what.
    pub about: About,
    /// The event's own name.
    pub key: String,
    /// The channel that did not take it.
    pub instead_of: Option<String>,
}

/// Who reads a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// A moderator, at the address of their account.
    Moderator(PersonId),
    /// Somebody on the board, the same.
    Board(PersonId),
    /// An address that the operator has named.
    Address(String),
}

impl Job for TellByMail {
    const KIND: &'static str = "tell_by_mail";
    const PRIORITY: Priority = Priority::URGENT;
    const TIME_LIMIT: std::time::Duration = std::time::Duration::from_mins(2);
}

/// Writes to the moderators, once for each event however many channels fail.
pub(super) async fn to_moderators(
    connection: &mut PgConnection,
    app: &App,
    told: &TellModerators,
    instead_of: Option<&str>,
) -> Result<()> {
    let persons = readers::moderators(connection, told.about).await?;
    let readers = persons.into_iter().map(Reader::Moderator).collect();
    enqueue_once(connection, app, told, ("moderators", instead_of), readers).await
}

/// Writes to the board.
pub(super) async fn to_board(
    connection: &mut PgConnection,
    app: &App,
    told: &TellModerators,
) -> Result<()> {
    let persons = readers::board(connection, told.about).await?;
    let readers = persons.into_iter().map(Reader::Board).collect();
    enqueue_once(connection, app, told, ("board", None), readers).await
}

/// Writes to the addresses that the operator has named.
pub(super) async fn to_list(
    connection: &mut PgConnection,
    app: &App,
    told: &TellModerators,
) -> Result<()> {
    let readers = app
        .places
        .mail()
        .iter()
        .cloned()
        .map(Reader::Address)
        .collect();
    enqueue_once(connection, app, told, ("list", None), readers).await
}

async fn enqueue_once(
    connection: &mut PgConnection,
    app: &App,
    told: &TellModerators,
    (whom, instead_of): (&str, Option<&str>),
    readers: Vec<Reader>,
) -> Result<()> {
    let key = format!("{}-{whom}", told.key);
    if readers.is_empty()
        || !db::moderation::message_was_mailed(connection, &key, app.clock.now()).await?
    {
        return Ok(());
    }
    let letters: Vec<TellByMail> = readers
        .into_iter()
        .map(|reader| TellByMail {
            reader,
            event: told.event,
            about: told.about,
            key: told.key.clone(),
            instead_of: instead_of.map(str::to_owned),
        })
        .collect();
    enqueue_many(connection, &letters).await
}

/// The job.
pub(crate) async fn write(app: &App, job: &TellByMail) -> Result<(), Failure> {
    let mut connection = app.db.acquire().await?;
    let words = words::of(&mut connection, app, job.event, job.about).await?;
    let address = address(&mut connection, &job.reader).await?;
    drop(connection);
    let (Some(words), Some(address)) = (words, address) else {
        return Ok(());
    };
    if words.is_over {
        return Ok(());
    }
    let mut paragraphs = words.lines;
    if let Some(channel) = &job.instead_of {
        paragraphs.push(format!(
            "You get this as a letter since the channel “{channel}” does not take messages at present."
        ));
    }
    let (path, id) = match &job.reader {
        Reader::Board(person) => (
            words.board_path.unwrap_or(words.path),
            format!("{}-{person}", job.key),
        ),
        Reader::Moderator(person) => (words.path, format!("{}-{person}", job.key)),
        Reader::Address(to) => (words.path, format!("{}-{}", job.key, short(to))),
    };
    let draft = Draft {
        subject: words.title,
        paragraphs,
        link: Some(Link {
            label: words.label,
            url: format!("{}{path}", app.urls.base()),
        }),
    };
    let letter = lay_out(app, &draft, "Hello,", address, id)?;
    match app.mailer.send(&letter).await {
        Ok(()) => Ok(()),
        Err(Undelivered::ForNow(cause)) => Err(Failure::retry(cause)),
        Err(Undelivered::ForGood(cause)) => {
            warn!(
                letter.id = letter.id,
                error = format!("{cause:#}"),
                "The relay refuses a letter to moderators or board"
            );
            Err(Failure::give_up(cause))
        }
    }
}

/// The address, unless the person has left the office since, or has none.
async fn address(connection: &mut PgConnection, reader: &Reader) -> Result<Option<String>> {
    let (person, holds) = match reader {
        Reader::Address(address) => return Ok(Some(address.clone())),
        Reader::Moderator(id) => (
            *id,
            db::moderation::seat_of(connection, *id).await?.is_some(),
        ),
        Reader::Board(id) => (*id, db::moderation::sits_on_board(connection, *id).await?),
    };
    let person = db::moderation::person(connection, person).await?;
    let Some(account) = person
        .filter(|_| holds)
        .and_then(|person| person.account_id)
    else {
        return Ok(None);
    };
    let member = db::members::find(connection, account).await?;
    Ok(member.and_then(|member| member.email))
}

/// Tells addresses apart in a letter's id without showing them to the other readers.
fn short(address: &str) -> String {
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, address.as_bytes());
    hex::encode(&hash.as_ref()[..6])
}
