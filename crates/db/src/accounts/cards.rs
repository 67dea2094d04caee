//! Where members are to be found, without loading all that they say of themselves.

use model::{
    AccountId, Username,
    account::{Card, Named},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

struct Row {
    id: i64,
    version: i64,
    key_made_at: Option<OffsetDateTime>,
    username: String,
    uri: String,
    url: String,
    is_gone: bool,
}

/// A member, or the server's own actor.
pub async fn card(connection: &mut PgConnection, named: &Named) -> Result<Option<Card>> {
    let row =
        match named {
            Named::Id(id) => sqlx::query_as!(
                Row,
                r#"SELECT a.id, a.version, k.fetched_at AS "key_made_at?", a.username, a.uri, a.url,
                          a.suspension_origin IS NOT DISTINCT FROM 'owner' AS "is_gone!"
                     FROM accounts a
                     LEFT JOIN public_keys k ON k.key_id = a.uri || '#main-key'
                    WHERE a.id = $1
                      AND a.domain IS NULL"#,
                id.get(),
            )
            .fetch_optional(connection)
            .await?,
            Named::Name(name) => sqlx::query_as!(
                Row,
                r#"SELECT a.id, a.version, k.fetched_at AS "key_made_at?", a.username, a.uri, a.url,
                          a.suspension_origin IS NOT DISTINCT FROM 'owner' AS "is_gone!"
                     FROM accounts a
                     LEFT JOIN public_keys k ON k.key_id = a.uri || '#main-key'
                    WHERE lower(a.username) = lower($1)
                      AND coalesce(a.domain, '') = ''"#,
                name.as_str(),
            )
            .fetch_optional(connection)
            .await?,
        };
    Ok(row.map(|row| Card {
        id: AccountId::new(row.id),
        version: row.version,
        key_made_at: row.key_made_at,
        username: Username::from_storage(row.username),
        uri: row.uri,
        url: row.url,
        is_gone: row.is_gone,
    }))
}
