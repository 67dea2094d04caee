//! Checking the log with the database at hand: public and private parts, and that replaying them gives the state that
//! moderation has set.

use ledger::{
    Entry, Private,
    export::{Footer, Header},
    verify::{Problem, Report, Trust, Verifier},
};
use model::moderation::{Effect, Target, effect::State};
use serde_json::Value;
use sqlx::PgConnection;

use super::{checkpoint, export, implied::Implied, rows};
use crate::{App, Error};

/// Entries read at a time.
const BATCH: i64 = 500;

/// Why the log, or what is in force, is not what it should be.
#[derive(Debug, thiserror::Error)]
pub enum Wrong {
    /// The log itself.
    #[error(transparent)]
    Log(#[from] Problem),
    /// A private part says another thing than the public one.
    #[error("entry {seq}: {complaint}")]
    Entry {
        /// The entry.
        seq: u64,
        /// What is wrong.
        complaint: String,
    },
    /// The log implies one thing, and the table has another.
    #[error("by the log, {0}")]
    State(String),
    /// It could not be read.
    #[error("the log could not be read")]
    Failed(#[from] Error),
}

impl From<db::Error> for Wrong {
    fn from(error: db::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<sqlx::Error> for Wrong {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Checks everything that is in the database. What is published meanwhile waits.
pub async fn database(app: &App, trust: &Trust) -> Result<Report, Wrong> {
    let newest = checkpoint(app).await?;
    let mut tx = app.db.begin().await?;
    let head = db::moderation::log::lock_head(&mut tx).await?;
    let (header, footer) = export::frame(&mut tx, app, head.seq, &newest).await?;
    let (report, implied, state) = replay(&mut tx, trust, &header, &footer).await?;
    let leaf = rows::hash(&head.leaf)?;
    if rows::number(head.seq)? != report.size || rows::frontier(&head)?.size() != report.size {
        return Err(Wrong::State(format!(
            "there are {} entries, and the end of the log says {}",
            report.size, head.seq
        )));
    }
    let leaves = checkpoint::leaves(&mut tx, head.seq).await?;
    if leaves.last().is_some_and(|last| *last != leaf)
        || rows::frontier(&head)? != ledger::tree::Frontier::of(&leaves)
    {
        return Err(Wrong::State("the end of the log is another".to_owned()));
    }
    for gone in &report.redacted {
        if !implied.says_redacted(gone.seq, &gone.field) {
            return Err(Wrong::Entry {
                seq: gone.seq,
                complaint: format!("{} was taken away, and no entry says so", gone.field),
            });
        }
    }
    compare(&mut tx, &state).await?;
    tx.commit().await?;
    Ok(report)
}

async fn replay(
    connection: &mut PgConnection,
    trust: &Trust,
    header: &Header,
    footer: &Footer,
) -> Result<(Report, Implied, State), Wrong> {
    let mut verifier = Verifier::new(trust, header)?;
    let (mut implied, mut state) = (Implied::default(), State::default());
    let mut after = 0;
    loop {
        let entries = db::moderation::log::after(connection, after, BATCH).await?;
        let private = db::moderation::log::private_parts(connection, after, BATCH).await?;
        let Some(end) = entries.last().map(|row| row.seq) else {
            break;
        };
        let mut private = private.into_iter().peekable();
        for row in entries {
            let hidden = private.next_if(|hidden| hidden.seq == row.seq);
            let entry = rows::entry(row)?;
            let wrong = |complaint: String| Wrong::Entry {
                seq: entry.seq,
                complaint,
            };
            let hidden = hidden.ok_or_else(|| wrong("its private part is missing".to_owned()))?;
            let hidden = rows::private(hidden)?;
            verifier.entry(&entry)?;
            verifier.private(&entry, &hidden)?;
            implied.follow(&entry).map_err(wrong)?;
            let effects = effects(&hidden).map_err(wrong)?;
            says_what_it_did(&entry, &effects).map_err(wrong)?;
            for effect in &effects {
                state.apply(effect).map_err(|error| {
                    wrong(format!(
                        "it changes {} of {} from {:?}, but before it was {:?}",
                        effect.field.as_str(),
                        effect.target,
                        error.claimed,
                        error.held
                    ))
                })?;
            }
        }
        after = end;
    }
    Ok((verifier.finish(footer)?, implied, state))
}

fn effects(private: &Private) -> Result<Vec<Effect>, String> {
    let told = private.fields.get("effects").and_then(Value::as_array);
    told.into_iter()
        .flatten()
        .map(|effect| {
            Effect::from_json(effect).ok_or_else(|| "an effect cannot be read".to_owned())
        })
        .collect()
}

/// What an entry did to offices, settings and documents is public, as it was done.
fn says_what_it_did(entry: &Entry, effects: &[Effect]) -> Result<(), String> {
    let is_public = |effect: &&Effect| {
        matches!(
            effect.target,
            Target::Seat(_)
                | Target::BoardMember(_)
                | Target::Setting(_)
                | Target::Document(_)
                | Target::Person(_)
                | Target::Entry(_)
                | Target::Server
        )
    };
    let done: Vec<Value> = effects
        .iter()
        .filter(is_public)
        .map(Effect::to_json)
        .collect();
    let said = match entry.public.get("effects") {
        Some(Value::Array(said)) => said.as_slice(),
        _ => &[],
    };
    if said == done {
        Ok(())
    } else {
        Err("its public part says another thing than its private part".to_owned())
    }
}

async fn compare(connection: &mut PgConnection, implied: &State) -> Result<(), Wrong> {
    let table = db::moderation::state(connection).await?;
    for (target, field, value) in &table {
        match implied.get(target, *field) {
            Some(by_log) if by_log == value => {}
            by_log => {
                return Err(Wrong::State(format!(
                    "{} of {target} is {}, but in force is {value}",
                    field.as_str(),
                    by_log.map_or_else(|| "nothing".to_owned(), ToString::to_string)
                )));
            }
        }
    }
    let is_in_force =
        |target: &Target, field| table.iter().any(|(t, f, _)| t == target && *f == field);
    match implied
        .iter()
        .find(|(target, field, _)| !is_in_force(target, *field))
    {
        Some((target, field, value)) => Err(Wrong::State(format!(
            "{} of {target} is {value}, but it is not in force",
            field.as_str()
        ))),
        None => Ok(()),
    }
}
