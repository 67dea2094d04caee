//! Mentions: who is named in a status, and who was addressed without being named.

use model::{AccountId, Domain, Handle, StatusId, Username};
use sqlx::PgConnection;

use crate::Result;

/// Somebody whom a text may name.
#[derive(Clone, Debug)]
pub struct Mentioned {
    /// Which of the handles asked for it is, from 0.
    pub place: usize,
    /// Who.
    pub account_id: AccountId,
    /// In their own spelling.
    pub handle: Handle,
    /// Profile page.
    pub url: String,
    /// ActivityPub id.
    pub uri: String,
}

/// Who these handles name, in one query; those who are not known, suspended, or blocked by the author are left out.
pub async fn resolve_mentions(
    connection: &mut PgConnection,
    author: AccountId,
    handles: &[Handle],
) -> Result<Vec<Mentioned>> {
    if handles.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<String> = handles
        .iter()
        .map(|handle| handle.username.as_str().to_ascii_lowercase())
        .collect();
    let domains: Vec<String> = handles
        .iter()
        .map(|handle| handle.domain.as_ref().map_or("", Domain::as_str).to_owned())
        .collect();
    let rows = sqlx::query!(
        r#"SELECT named.place AS "place!", a.id, a.username, a.domain, a.url, a.uri
             FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS named (username, domain, place)
             JOIN accounts a
               ON lower(a.username) = named.username
              AND coalesce(a.domain, '') = named.domain
            WHERE a.suspended_at IS NULL
              AND a.id > 0
              AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = $1 AND b.blocked_id = a.id)
            ORDER BY named.place"#,
        author.get(),
        &names,
        &domains,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Mentioned {
            place: usize::try_from(row.place - 1).unwrap_or_default(),
            account_id: AccountId::new(row.id),
            handle: Handle {
                username: Username::from_storage(row.username),
                domain: row.domain.map(Domain::from_storage),
            },
            url: row.url,
            uri: row.uri,
        })
        .collect())
}

/// A mention to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewMention {
    /// Who.
    pub account_id: AccountId,
    /// Addressed without being named: may see the status, is not shown.
    pub silent: bool,
}

/// Brings mentions up to date after an edit and answers who is newly named. Whoever is named no longer keeps
/// access, silently: they have read it.
pub async fn replace_mentions(
    connection: &mut PgConnection,
    status: StatusId,
    mentions: &[NewMention],
) -> Result<Vec<AccountId>> {
    let (ids, silent) = columns(mentions);
    sqlx::query!(
        "UPDATE mentions SET silent = true WHERE status_id = $1 AND account_id <> ALL ($2) AND NOT silent",
        status.get(),
        &ids,
    )
    .execute(&mut *connection)
    .await?;
    let new = sqlx::query_scalar!(
        "INSERT INTO mentions (status_id, account_id, silent, position)
              SELECT $1, given.account_id, bool_and(given.silent), min(given.place)::smallint
                FROM unnest($2::bigint[], $3::boolean[]) WITH ORDINALITY AS given (account_id, silent, place)
                JOIN accounts a ON a.id = given.account_id
               GROUP BY given.account_id
         ON CONFLICT (status_id, account_id) DO UPDATE
                 SET silent = false, position = excluded.position
               WHERE mentions.silent AND NOT excluded.silent
           RETURNING account_id",
        status.get(),
        &ids,
        &silent,
    )
    .fetch_all(connection)
    .await?;
    let named = |id: &AccountId| {
        mentions
            .iter()
            .any(|mention| mention.account_id == *id && !mention.silent)
    };
    Ok(new.into_iter().map(AccountId::new).filter(named).collect())
}

/// The same as two columns.
pub(super) fn columns(mentions: &[NewMention]) -> (Vec<i64>, Vec<bool>) {
    mentions
        .iter()
        .map(|mention| (mention.account_id.get(), mention.silent))
        .unzip()
}
