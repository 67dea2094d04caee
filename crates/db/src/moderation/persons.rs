//! Who decides: persons, not accounts.

use model::{
    AccountId,
    moderation::{Person, PersonId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

struct PersonRow {
    id: i64,
    account_id: Option<i64>,
    name: String,
    handle: String,
    votes_wait_since: Option<OffsetDateTime>,
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Self {
            id: PersonId::new(row.id),
            account_id: row.account_id.map(AccountId::new),
            name: row.name,
            handle: row.handle,
            votes_wait: row.votes_wait_since.is_some(),
        }
    }
}

/// A person by id.
pub async fn person(connection: &mut PgConnection, id: PersonId) -> Result<Option<Person>> {
    Ok(persons(connection, &[id]).await?.into_iter().next())
}

/// Several persons, in no order.
pub async fn persons(connection: &mut PgConnection, ids: &[PersonId]) -> Result<Vec<Person>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let rows = sqlx::query_as!(
        PersonRow,
        "SELECT id, account_id, name, handle, votes_wait_since
           FROM persons
          WHERE id = ANY ($1)",
        &ids,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(Person::from).collect())
}

/// The person behind an account, if one is known: somebody who holds, held or was named for an office.
pub async fn person_of(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<Option<Person>> {
    let row = sqlx::query_as!(
        PersonRow,
        "SELECT p.id, p.account_id, p.name, p.handle, p.votes_wait_since
           FROM persons p
          WHERE p.account_id = $1
             OR EXISTS (
                    SELECT 1 FROM identities i
                     WHERE i.account_id = $1 AND i.source = p.source AND i.subject = p.subject)
          ORDER BY p.account_id = $1 DESC NULLS LAST, p.id
          LIMIT 1",
        account.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(Person::from))
}

/// Writes down the person behind an account, by the id that the directory knows them by where there is one.
pub async fn make_person(
    connection: &mut PgConnection,
    account: AccountId,
    name: &str,
    handle: &str,
    now: OffsetDateTime,
) -> Result<Person> {
    if let Some(known) = person_of(connection, account).await? {
        rename_person(connection, known.id, Some(account), name, handle).await?;
        return Ok(Person {
            account_id: Some(account),
            name: name.to_owned(),
            handle: handle.to_owned(),
            ..known
        });
    }
    let row = sqlx::query_as!(
        PersonRow,
        "INSERT INTO persons (id, source, subject, account_id, name, handle, created_at)
              SELECT snowflake($4), coalesce(i.source, 'local'), coalesce(i.subject, $1::bigint::text), $1, $2, $3, $4
                FROM (VALUES (1)) one
                LEFT JOIN LATERAL (
                         SELECT source, subject FROM identities
                          WHERE account_id = $1
                          ORDER BY linked_at, source
                          LIMIT 1) i ON true
         RETURNING id, account_id, name, handle, votes_wait_since",
        account.get(),
        name,
        handle,
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok(row.into())
}

/// Notes how somebody is called by now, and which account is theirs.
pub async fn rename_person(
    connection: &mut PgConnection,
    id: PersonId,
    account: Option<AccountId>,
    name: &str,
    handle: &str,
) -> Result<()> {
    sqlx::query!(
        "UPDATE persons
            SET account_id = $2, name = $3, handle = $4
          WHERE id = $1
            AND (account_id, name, handle) IS DISTINCT FROM ($2, $3, $4)",
        id.get(),
        account.map(AccountId::get),
        name,
        handle,
    )
    .execute(connection)
    .await?;
    Ok(())
}
