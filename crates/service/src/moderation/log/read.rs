//! Reading the log: what everybody may, and what only moderators and board may.

use ledger::{
    Entry, Hash,
    tree::{self, TreeHead},
};
use model::{
    AccountId,
    moderation::{ProposalId, Target, appeal::AppealId, report::CaseId},
};
use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::PgConnection;

use super::{checkpoint, rows};
use crate::{
    App, Error, Result,
    moderation::{Acting, reports, view},
};

pub use db::moderation::log::Filter;

/// One entry. `NotFound` when there is none of that number.
pub async fn entry(app: &App, seq: i64) -> Result<Entry> {
    let mut connection = app.db.acquire().await?;
    let row = db::moderation::log::entry(&mut connection, seq).await?;
    rows::entry(row.ok_or(Error::NotFound)?)
}

/// Entries after a number, in order.
pub async fn entries(app: &App, filter: &Filter, after: i64, limit: i64) -> Result<Vec<Entry>> {
    let mut connection = app.db.acquire().await?;
    db::moderation::log::find(&mut connection, filter, after, limit)
        .await?
        .into_iter()
        .map(rows::entry)
        .collect()
}

/// Entries before a number, newest first.
pub async fn newest(
    app: &App,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>> {
    let mut connection = app.db.acquire().await?;
    db::moderation::log::newest(&mut connection, filter, before, limit)
        .await?
        .into_iter()
        .map(rows::entry)
        .collect()
}

/// How many entries there are.
pub async fn count(app: &App) -> Result<i64> {
    let mut connection = app.db.acquire().await?;
    Ok(db::moderation::log::count(&mut connection).await?)
}

/// What can be filtered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Types of entries that occur.
    pub kinds: Vec<String>,
    /// Actions that occur.
    pub actions: Vec<String>,
}

/// What can be filtered by.
pub async fn facets(app: &App) -> Result<Facets> {
    let mut connection = app.db.acquire().await?;
    let mut facets = Facets::default();
    for (kind, action) in db::moderation::log::facets(&mut connection).await? {
        facets.kinds.push(kind);
        facets.actions.extend(action);
    }
    for words in [&mut facets.kinds, &mut facets.actions] {
        words.sort();
        words.dedup();
    }
    Ok(facets)
}

/// The private part of an entry, for moderators and board. That they looked, and why, is an entry itself.
///
/// `NotFound` where the entry is about whoever asks; `Invalid` without a reason; `Forbidden` for everybody else.
pub async fn private_of(
    app: &App,
    acting: &Acting,
    seq: i64,
    reason: &str,
) -> Result<Map<String, Value>> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let row = db::moderation::log::private_part(&mut tx, seq)
        .await?
        .ok_or(Error::NotFound)?;
    let values = rows::private(row)?.fields.values;
    if hidden(&mut tx, acting, &values).await? {
        return Err(Error::NotFound);
    }
    let about = [Target::Entry(seq)];
    reports::record_look(&mut tx, app, acting, "log", &about, reason).await?;
    tx.commit().await?;
    Ok(values.into_iter().collect())
}

/// Nobody looks at what is said about themselves, or what they are recused from.
async fn hidden(
    connection: &mut PgConnection,
    acting: &Acting,
    values: &std::collections::BTreeMap<String, Value>,
) -> Result<bool> {
    let person = acting.officer.person.id;
    let number = |name: &str| {
        let text = values.get(name).and_then(Value::as_str)?;
        text.parse::<i64>().ok()
    };
    if let Some(case) = number("case")
        && db::moderation::is_case_about(connection, CaseId::new(case), person).await?
    {
        return Ok(true);
    }
    if let Some(appeal) = number("appeal") {
        let found = db::moderation::find_appeal(connection, AppealId::new(appeal)).await?;
        let is_own = |account| acting.officer.person.account_id == Some(account);
        if found.is_some_and(|appeal| is_own(appeal.account_id)) {
            return Ok(true);
        }
    }
    if let Some(target) = values.get("target") {
        let word = |name: &str| target.get(name).and_then(Value::as_str).unwrap_or_default();
        let about = match Target::from_words(word("type"), word("key")) {
            Some(Target::Account(id)) => Some(id),
            Some(Target::Status(id)) => db::moderation::log::author_of(connection, id).await?,
            Some(Target::Case(id)) => {
                return Ok(db::moderation::is_case_about(connection, id, person).await?);
            }
            _ => None,
        };
        let own: Option<AccountId> = acting.officer.person.account_id;
        if about.is_some() && about == own {
            return Ok(true);
        }
    }
    let named = values.get("proposal").and_then(Value::as_str);
    let Some(id) = named.and_then(|id| id.parse::<i64>().ok()) else {
        return Ok(false);
    };
    match db::moderation::find_proposal(connection, ProposalId::new(id)).await? {
        Some(proposal) => view::hidden_from(connection, acting, &proposal).await,
        None => Ok(false),
    }
}

/// That an entry is in the tree (RFC 9162, section 2.1.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InclusionProof {
    /// The entry.
    pub seq: u64,
    /// Its leaf.
    pub leaf: Hash,
    /// Its place among the leaves, from 0.
    pub index: u64,
    /// How many leaves the tree has.
    pub size: u64,
    /// The tree's root.
    pub root: Hash,
    /// The way to the root.
    pub hashes: Vec<Hash>,
}

/// That one tree continues another (RFC 9162, section 2.1.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConsistencyProof {
    /// Size of the earlier tree.
    pub from: u64,
    /// Its root.
    pub from_root: Hash,
    /// Size of the later one.
    pub to: u64,
    /// Its root.
    pub to_root: Hash,
    /// The hashes that join them.
    pub hashes: Vec<Hash>,
}

/// The proof for an entry in the tree of the first `size` entries; of the newest checkpoint's tree, or a larger one that has
/// the entry, where no size is asked for. `NotFound` beyond the log.
pub async fn inclusion(app: &App, seq: i64, size: Option<i64>) -> Result<InclusionProof> {
    let size = match size {
        Some(size) => size,
        None => usual_size(app).await?.max(seq),
    };
    if seq < 1 || seq > size {
        return Err(Error::NotFound);
    }
    let leaves = tree_of(app, size).await?;
    let index = rows::number(seq - 1)?;
    let hashes = tree::inclusion(&leaves, index).map_err(|_| Error::NotFound)?;
    let TreeHead { size, root } = TreeHead::of(&leaves);
    let leaf = usize::try_from(index)
        .ok()
        .and_then(|index| leaves.get(index).copied())
        .ok_or(Error::NotFound)?;
    Ok(InclusionProof {
        seq: index + 1,
        leaf,
        index,
        size,
        root,
        hashes,
    })
}

/// The proof that the tree of the first `to` entries continues that of the first `from`; up to the newest checkpoint where no
/// end is asked for. `NotFound` beyond the log.
pub async fn consistency(app: &App, from: i64, to: Option<i64>) -> Result<ConsistencyProof> {
    let to = match to {
        Some(to) => to,
        None => usual_size(app).await?.max(from),
    };
    if from < 0 || from > to {
        return Err(Error::NotFound);
    }
    let leaves = tree_of(app, to).await?;
    let from = rows::number(from)?;
    let hashes = tree::consistency(&leaves, from).map_err(|_| Error::NotFound)?;
    let begun = usize::try_from(from)
        .ok()
        .and_then(|from| leaves.get(..from))
        .ok_or(Error::NotFound)?;
    let whole = TreeHead::of(&leaves);
    Ok(ConsistencyProof {
        from,
        from_root: tree::root(begun),
        to: whole.size,
        to_root: whole.root,
        hashes,
    })
}

async fn usual_size(app: &App) -> Result<i64> {
    let signed = checkpoint(app).await?;
    i64::try_from(signed.checkpoint().size).map_err(Error::internal)
}

async fn tree_of(app: &App, size: i64) -> Result<Vec<Hash>> {
    let mut connection = app.db.acquire().await?;
    if size > db::moderation::log::count(&mut connection).await? {
        return Err(Error::NotFound);
    }
    checkpoint::leaves(&mut connection, size).await
}
