//! Finding members.

use model::{
    Account, AccountId, Visibility,
    member::{Member, Office, PostingDefaults, Role},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Error, Result, accounts};

struct MemberRow {
    account_id: i64,
    email: Option<String>,
    role: String,
    locale: String,
    default_visibility: String,
    default_sensitive: bool,
    default_language: Option<String>,
    confirmed_at: Option<OffsetDateTime>,
    approved_at: Option<OffsetDateTime>,
    disabled_at: Option<OffsetDateTime>,
    last_active_at: Option<OffsetDateTime>,
    created_at: OffsetDateTime,
    eligible_for: Vec<String>,
    left_at: Option<OffsetDateTime>,
    ends_at: Option<OffsetDateTime>,
}

impl MemberRow {
    fn with(self, account: Account) -> Result<Member> {
        let inconsistent = |column| Error::Inconsistency {
            table: "members",
            column,
            key: self.account_id.to_string(),
        };
        Ok(Member {
            account,
            role: Role::from_word(&self.role).ok_or_else(|| inconsistent("role"))?,
            defaults: PostingDefaults {
                visibility: Visibility::from_word(&self.default_visibility)
                    .ok_or_else(|| inconsistent("default_visibility"))?,
                sensitive: self.default_sensitive,
                language: self.default_language,
            },
            email: self.email,
            locale: self.locale,
            confirmed_at: self.confirmed_at,
            approved_at: self.approved_at,
            disabled_at: self.disabled_at,
            last_active_at: self.last_active_at,
            created_at: self.created_at,
            eligible_for: self
                .eligible_for
                .iter()
                .map(|word| Office::from_word(word).ok_or_else(|| inconsistent("eligible_for")))
                .collect::<Result<_>>()?,
            left_at: self.left_at,
            ends_at: self.ends_at,
        })
    }
}

/// The member behind an account.
pub async fn find(connection: &mut PgConnection, id: AccountId) -> Result<Option<Member>> {
    let row = sqlx::query_as!(
        MemberRow,
        "SELECT account_id, email, role, locale, default_visibility, default_sensitive, default_language,
                confirmed_at, approved_at, disabled_at, last_active_at, created_at,
                eligible_for, left_at, ends_at
           FROM members
          WHERE account_id = $1",
        id.get(),
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(account) = accounts::by_id(connection, id).await? else {
        return Ok(None);
    };
    row.with(account).map(Some)
}

/// Everybody, in the order of joining.
pub async fn list(connection: &mut PgConnection) -> Result<Vec<Member>> {
    let rows = sqlx::query_as!(
        MemberRow,
        "SELECT account_id, email, role, locale, default_visibility, default_sensitive, default_language,
                confirmed_at, approved_at, disabled_at, last_active_at, created_at,
                eligible_for, left_at, ends_at
           FROM members
          ORDER BY account_id"
    )
    .fetch_all(&mut *connection)
    .await?;
    let ids: Vec<AccountId> = rows
        .iter()
        .map(|row| AccountId::new(row.account_id))
        .collect();
    let mut accounts = accounts::by_ids(connection, &ids).await?;
    accounts.sort_unstable_by_key(|account| account.id);
    rows.into_iter()
        .zip(accounts)
        .map(|(row, account)| row.with(account))
        .collect()
}
