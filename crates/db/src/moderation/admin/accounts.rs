//! Accounts, by what moderators look for.

use model::{Account, AccountId, ApplicationId, Page};
use sqlx::{PgConnection, Postgres, QueryBuilder};
use time::OffsetDateTime;

use crate::{
    Result,
    accounts::AccountRow,
    paging::{newest_first, push_page},
};

/// Whose accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Members'.
    Local,
    /// Those of people of other servers.
    Remote,
}

/// Accounts in which state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not suspended.
    Active,
    /// Members who wait to be let in.
    Pending,
    /// Members who cannot sign in, and are not suspended.
    Disabled,
    /// Limited.
    Silenced,
    /// Suspended.
    Suspended,
    /// All media hidden.
    Sensitised,
}

/// What moderators look for. Whatever is `None` does not matter.
#[derive(Clone, Copy, Debug)]
pub struct AccountQuery<'a> {
    /// Whose.
    pub origin: Option<Origin>,
    /// In which state.
    pub standing: Option<Standing>,
    /// Of this server.
    pub domain: Option<&'a str>,
    /// Whose name begins so, whatever the case.
    pub username: Option<&'a str>,
    /// Whose display name begins so, whatever the case.
    pub display_name: Option<&'a str>,
    /// Whose mail address begins so, whatever the case.
    pub email: Option<&'a str>,
    /// Only among these.
    pub among: Option<&'a [AccountId]>,
    /// Which part.
    pub page: Page,
}

/// Accounts, newest first; without the server's own.
pub async fn list_accounts(
    connection: &mut PgConnection,
    wanted: &AccountQuery<'_>,
) -> Result<Vec<Account>> {
    let mut query = QueryBuilder::<Postgres>::new(
        "SELECT a.* FROM accounts a LEFT JOIN members m ON m.account_id = a.id WHERE a.id > 0",
    );
    match wanted.origin {
        Some(Origin::Local) => query.push(" AND a.domain IS NULL"),
        Some(Origin::Remote) => query.push(" AND a.domain IS NOT NULL"),
        None => &mut query,
    };
    match wanted.standing {
        Some(Standing::Active) => query.push(" AND a.suspended_at IS NULL"),
        Some(Standing::Pending) => {
            query.push(" AND m.account_id IS NOT NULL AND m.approved_at IS NULL")
        }
        Some(Standing::Disabled) => {
            query.push(" AND m.disabled_at IS NOT NULL AND a.suspended_at IS NULL")
        }
        Some(Standing::Silenced) => query.push(" AND a.silenced_at IS NOT NULL"),
        Some(Standing::Suspended) => query.push(" AND a.suspended_at IS NOT NULL"),
        Some(Standing::Sensitised) => query.push(" AND a.sensitised_at IS NOT NULL"),
        None => &mut query,
    };
    if let Some(domain) = wanted.domain {
        query.push(" AND a.domain = ").push_bind(domain.to_owned());
    }
    for (column, beginning) in [
        ("a.username", wanted.username),
        ("a.display_name", wanted.display_name),
        ("m.email", wanted.email),
    ] {
        if let Some(beginning) = beginning {
            query
                .push(" AND starts_with(lower(")
                .push(column)
                .push("), lower(")
                .push_bind(beginning.to_owned())
                .push("))");
        }
    }
    if let Some(ids) = wanted.among {
        let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        query.push(" AND a.id = ANY (").push_bind(ids).push(")");
    }
    push_page(&mut query, "a.id", wanted.page);
    let rows: Vec<AccountRow> = query.build_query_as().fetch_all(connection).await?;
    let accounts: Vec<Account> = rows
        .into_iter()
        .map(Account::try_from)
        .collect::<Result<_>>()?;
    Ok(newest_first(accounts, wanted.page))
}

/// What moderators see of a member beside the account.
#[derive(Clone, Debug)]
pub struct MemberRow {
    /// Which account.
    pub account_id: AccountId,
    /// The mail address.
    pub email: Option<String>,
    /// When it was shown to be theirs.
    pub confirmed_at: Option<OffsetDateTime>,
    /// When they were let in.
    pub approved_at: Option<OffsetDateTime>,
    /// When their sign-in was switched off.
    pub disabled_at: Option<OffsetDateTime>,
    /// Their language.
    pub locale: String,
    /// What they wrote when they asked to be let in.
    pub sign_up_reason: String,
    /// The app they signed up with.
    pub application_id: Option<ApplicationId>,
}

/// The members among these accounts, in no order.
pub async fn member_rows(
    connection: &mut PgConnection,
    ids: &[AccountId],
) -> Result<Vec<MemberRow>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let rows = sqlx::query!(
        "SELECT account_id, email, confirmed_at, approved_at, disabled_at, locale, sign_up_reason, application_id
           FROM members
          WHERE account_id = ANY ($1)",
        &ids,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| MemberRow {
            account_id: AccountId::new(row.account_id),
            email: row.email,
            confirmed_at: row.confirmed_at,
            approved_at: row.approved_at,
            disabled_at: row.disabled_at,
            locale: row.locale,
            sign_up_reason: row.sign_up_reason,
            application_id: row.application_id.map(ApplicationId::new),
        })
        .collect())
}
