//! Writing one entry, in the transaction of what it tells.

use std::collections::BTreeMap;

use db::moderation::log::{EntryRow, Head as HeadRow, PrivateRow};
use ledger::{At, Draft, Entry, Field, Hash, Head, Salt, Sealed, tree::Frontier};
use model::moderation::{Effect, Kind, PersonId};
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{EntryKind, NewEntry, checkpoint, public, rows};
use crate::{App, Error, Result};

/// Appends an entry and answers its number. Locks the head of the log until the transaction ends, so that entries come one at a
/// time: append late in a transaction.
pub(crate) async fn append(
    connection: &mut PgConnection,
    app: &App,
    mut entry: NewEntry,
) -> Result<i64> {
    if entry.kind == EntryKind::ProposalExecuted
        && entry.action.as_deref() == Some(Kind::LogRedact.as_str())
    {
        entry.kind = EntryKind::RedactionApplied;
    }
    let head = db::moderation::log::lock_head(connection).await?;
    let now = app.clock.now();
    let shown = public::part(connection, app, &entry).await?;
    let at = match entry.kind {
        // To the minute it would show when a report came in and who was at work.
        EntryKind::Internal => At::day(now),
        _ => At::minute(now),
    };
    let mut draft = Draft::new(at, entry.kind.as_str());
    draft.public = shown.fields;
    draft.private = private(&entry);
    let exact = now.format(&Rfc3339).map_err(Error::internal)?;
    let draft = draft.kept("at", exact);
    let sealed = draft
        .seal(&ended(&head)?, Salt::random)
        .map_err(Error::internal)?;
    let frontier = grown(&head, sealed.entry.leaf)?;
    let (row, private) = into_rows(&sealed, now)?;
    db::moderation::log::insert_entry(connection, &row, &shown.marks, &private, &frontier).await?;
    checkpoint::wanted(connection, app).await?;
    Ok(row.seq)
}

/// What moderators and board see besides: what it did, to whom exactly, and by whose votes. It is kept as long as the log;
/// evidence is not.
fn private(entry: &NewEntry) -> BTreeMap<String, Field> {
    let mut fields: BTreeMap<String, Field> = entry
        .private
        .iter()
        .map(|(name, value)| (name.clone(), Field::Fixed(value.clone())))
        .collect();
    fields.extend(
        entry
            .evidence
            .iter()
            .map(|(name, value)| (name.clone(), Field::Redactable(value.clone()))),
    );
    let mut keep = |name: &str, value: Value| {
        fields.insert(name.to_owned(), Field::Fixed(value));
    };
    if let Some(target) = &entry.target {
        keep(
            "target",
            json!({"type": target.type_word(), "key": target.key()}),
        );
    }
    if !entry.effects.is_empty() {
        let effects: Vec<Value> = entry.effects.iter().map(Effect::to_json).collect();
        keep("effects", effects.into());
    }
    if entry.kind == EntryKind::Internal {
        // Nothing of it is public, so all of it is here.
        internal(entry, &mut fields);
    }
    fields
}

fn internal(entry: &NewEntry, fields: &mut BTreeMap<String, Field>) {
    let mut keep = |name: &str, value: Value| {
        fields.entry(name.to_owned()).or_insert(Field::Fixed(value));
    };
    let ids = |persons: &[PersonId]| -> Value {
        persons
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .into()
    };
    if let Some(action) = &entry.action {
        keep("action", action.clone().into());
    }
    if let Some(category) = entry.category {
        keep("category", category.as_str().into());
    }
    if let Some(proposer) = entry.proposer {
        keep("proposer", proposer.to_string().into());
    }
    for (name, persons) in [
        ("approved_by", &entry.approved_by),
        ("objected", &entry.objected),
        ("abstained", &entry.abstained),
    ] {
        if !persons.is_empty() {
            keep(name, ids(persons));
        }
    }
    if let Some(digest) = &entry.digest {
        keep("digest", hex::encode(digest).into());
    }
    if !entry.reason.is_empty() {
        fields
            .entry("reason_public".to_owned())
            .or_insert_with(|| Field::Redactable(entry.reason.clone().into()));
    }
}

fn ended(head: &HeadRow) -> Result<Head> {
    Ok(Head {
        seq: rows::number(head.seq)?,
        leaf: rows::hash(&head.leaf)?,
    })
}

fn grown(head: &HeadRow, leaf: Hash) -> Result<Vec<Vec<u8>>> {
    let mut frontier = rows::frontier(head)?;
    frontier.push(leaf);
    Ok(peaks(&frontier))
}

fn peaks(frontier: &Frontier) -> Vec<Vec<u8>> {
    frontier
        .peaks()
        .iter()
        .map(|peak| peak.as_bytes().to_vec())
        .collect()
}

fn into_rows(sealed: &Sealed, now: OffsetDateTime) -> Result<(EntryRow, PrivateRow)> {
    let (entry, private): (&Entry, _) = (&sealed.entry, &sealed.private);
    let seq = i64::try_from(entry.seq).map_err(Error::internal)?;
    let row = EntryRow {
        seq,
        at: entry.at.time(),
        kind: entry.kind.clone(),
        public: rows::json(&entry.public.values)?,
        field_salts: rows::json(&entry.public.salts)?,
        field_commitments: rows::json(&entry.public.commitments)?,
        private_commitment: entry.private_commitment.as_bytes().to_vec(),
        prev: entry.prev.as_bytes().to_vec(),
        leaf: entry.leaf.as_bytes().to_vec(),
    };
    let private = PrivateRow {
        seq,
        salt: private.salt.as_bytes().to_vec(),
        private: rows::json(&private.fields.values)?,
        salts: rows::json(&private.fields.salts)?,
        commitments: rows::json(&private.fields.commitments)?,
        at: now,
    };
    Ok((row, private))
}
