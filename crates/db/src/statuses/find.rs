//! Finding a status by the name peers know it by.

use model::{AccountId, StatusId, Visibility};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Error, Result, statuses::rows::visibility};

/// What must be known of a status before anything is done to it in somebody's name.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its number.
    pub id: StatusId,
    /// Whose it is: nobody else may change it (S01).
    pub account_id: AccountId,
    /// Written here.
    pub local: bool,
    /// Who it is for.
    pub visibility: Visibility,
    /// What it boosts.
    pub boost_of: Option<StatusId>,
    /// When it was published.
    pub created_at: OffsetDateTime,
    /// When it was last edited.
    pub edited_at: Option<OffsetDateTime>,
    /// It is gone and waits for peers to be told.
    pub is_deleted: bool,
}

struct KnownRow {
    id: i64,
    account_id: i64,
    local: bool,
    visibility: String,
    boost_of_id: Option<i64>,
    created_at: OffsetDateTime,
    edited_at: Option<OffsetDateTime>,
    is_deleted: bool,
}

impl TryFrom<KnownRow> for Known {
    type Error = Error;

    fn try_from(row: KnownRow) -> Result<Self> {
        Ok(Self {
            id: StatusId::new(row.id),
            account_id: AccountId::new(row.account_id),
            local: row.local,
            visibility: visibility(&row.visibility, row.id)?,
            boost_of: row.boost_of_id.map(StatusId::new),
            created_at: row.created_at,
            edited_at: row.edited_at,
            is_deleted: row.is_deleted,
        })
    }
}

/// By ActivityPub id, deleted ones too.
pub async fn find_by_uri(connection: &mut PgConnection, uri: &str) -> Result<Option<Known>> {
    sqlx::query_as!(
        KnownRow,
        r#"SELECT id, account_id, local, visibility, boost_of_id, created_at, edited_at,
                  deleted_at IS NOT NULL AS "is_deleted!"
             FROM statuses
            WHERE uri = $1"#,
        uri,
    )
    .fetch_optional(connection)
    .await?
    .map(Known::try_from)
    .transpose()
}

/// By number, deleted ones too.
pub async fn find_by_id(connection: &mut PgConnection, id: StatusId) -> Result<Option<Known>> {
    sqlx::query_as!(
        KnownRow,
        r#"SELECT id, account_id, local, visibility, boost_of_id, created_at, edited_at,
                  deleted_at IS NOT NULL AS "is_deleted!"
             FROM statuses
            WHERE id = $1"#,
        id.get(),
    )
    .fetch_optional(connection)
    .await?
    .map(Known::try_from)
    .transpose()
}

/// The ActivityPub id of a status that was written here.
pub async fn own_uri(connection: &mut PgConnection, id: StatusId) -> Result<Option<String>> {
    let uri = sqlx::query_scalar!(
        "SELECT uri FROM statuses WHERE id = $1 AND local AND deleted_at IS NULL",
        id.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(uri)
}

/// Lets nobody else change a status until the end of the transaction.
pub async fn lock(connection: &mut PgConnection, id: StatusId) -> Result<()> {
    sqlx::query!(
        "SELECT id FROM statuses WHERE id = $1 FOR NO KEY UPDATE",
        id.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(())
}
