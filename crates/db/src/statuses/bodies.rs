//! What is the same for everybody who sees a status or an account: what the glimpses leave out.

use model::{Account, AccountId, StatusId, status::Post};
use sqlx::{FromRow, PgConnection, postgres::PgRow};

use crate::{
    Result,
    accounts::AccountRow,
    glimpses::Columns,
    statuses::rows::{StatusRow, Versions},
};

/// So many columns has a status, between its id and the account's.
const OF_STATUS: usize = 28;

/// Statuses and accounts, as far as they are still there, whoever may see them.
#[derive(Debug, Default)]
pub struct Bodies {
    /// Without their authors, and without what they boost.
    pub posts: Vec<Post>,
    /// With their versions; see [`AccountGlimpse`](model::AccountGlimpse).
    pub accounts: Vec<(i64, Account)>,
}

/// All of these in one query, in no particular order.
pub async fn bodies(
    connection: &mut PgConnection,
    posts: &[StatusId],
    accounts: &[AccountId],
) -> Result<Bodies> {
    let posts: Vec<i64> = posts.iter().map(|id| id.get()).collect();
    let accounts: Vec<i64> = accounts.iter().map(|id| id.get()).collect();
    let rows: Vec<Row> = sqlx::query_as(include_str!("../../queries/statuses/bodies.sql"))
        .bind(posts)
        .bind(accounts)
        .fetch_all(connection)
        .await?;
    let mut bodies = Bodies::default();
    for row in rows {
        if let Some((versions, status)) = row.status {
            bodies.posts.push(status.into_post(versions)?);
        }
        if let Some(account) = row.account {
            bodies.accounts.push((account.version, account.try_into()?));
        }
    }
    Ok(bodies)
}

struct Row {
    status: Option<(Versions, StatusRow)>,
    account: Option<AccountRow>,
}

impl FromRow<'_, PgRow> for Row {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let mut columns = Columns::of(row);
        let (own, names): (Option<i64>, i64) = (columns.next()?, columns.next()?);
        let (own, id) = (own.unwrap_or_default(), columns.next()?);
        let status = if let Some(id) = id {
            Some((Versions { own, names }, StatusRow::read(id, &mut columns)?))
        } else {
            columns.skip(OF_STATUS);
            None
        };
        let account = match columns.next()? {
            Some(id) => Some(AccountRow::read(id, &mut columns)?),
            None => None,
        };
        Ok(Self { status, account })
    }
}
