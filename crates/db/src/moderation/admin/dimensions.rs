//! What something is made up of.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// What is taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts<'a> {
    /// Languages of members who were seen since.
    Languages,
    /// Apps with which members signed up.
    Sources,
    /// Servers, by posts.
    Servers,
    /// Accounts of a server, by followers here.
    AccountsOf(&'a str),
    /// Languages of a server's posts.
    LanguagesOf(&'a str),
    /// Bytes in the database.
    Space,
    /// The database's version.
    Versions,
}

/// One part.
#[derive(Clone, Debug)]
pub struct Part {
    /// Which.
    pub key: String,
    /// The same for people, where that differs.
    pub name: Option<String>,
    /// How much.
    pub value: String,
}

/// The largest parts, between two times where times matter.
pub async fn parts(
    connection: &mut PgConnection,
    wanted: Parts<'_>,
    (from, to): (OffsetDateTime, OffsetDateTime),
    limit: i64,
) -> Result<Vec<Part>> {
    let parts = match wanted {
        Parts::Languages => {
            sqlx::query_as!(
                Part,
                r#"SELECT m.locale AS "key!", NULL::text AS name, count(*)::text AS "value!"
                     FROM members m
                    WHERE m.last_active_at >= $1
                    GROUP BY m.locale
                    ORDER BY count(*) DESC, m.locale
                    LIMIT $2"#,
                from,
                limit,
            )
            .fetch_all(connection)
            .await?
        }
        Parts::Sources => {
            sqlx::query_as!(
                Part,
                r#"SELECT coalesce(a.id::text, 'web') AS "key!", coalesce(a.name, 'Website') AS name,
                          count(*)::text AS "value!"
                     FROM members m
                     LEFT JOIN applications a ON a.id = m.application_id
                    WHERE m.created_at >= $1 AND m.created_at <= $2
                    GROUP BY a.id, a.name
                    ORDER BY count(*) DESC, a.id
                    LIMIT $3"#,
                from,
                to,
                limit,
            )
            .fetch_all(connection)
            .await?
        }
        Parts::Servers => {
            sqlx::query_as!(
                Part,
                r#"SELECT coalesce(a.domain, '') AS "key!", NULL::text AS name, count(*)::text AS "value!"
                     FROM statuses s
                     JOIN accounts a ON a.id = s.account_id
                    WHERE s.created_at >= $1 AND s.created_at <= $2 AND s.deleted_at IS NULL
                    GROUP BY a.domain
                    ORDER BY count(*) DESC, a.domain
                    LIMIT $3"#,
                from,
                to,
                limit,
            )
            .fetch_all(connection)
            .await?
        }
        Parts::AccountsOf(domain) => {
            sqlx::query_as!(
                Part,
                r#"SELECT a.username AS "key!", NULL::text AS name, count(f.id)::text AS "value!"
                     FROM accounts a
                     LEFT JOIN follows f ON f.followee_id = a.id
                    WHERE a.domain = $1
                    GROUP BY a.id
                    ORDER BY count(f.id) DESC, a.id
                    LIMIT $2"#,
                domain,
                limit,
            )
            .fetch_all(connection)
            .await?
        }
        Parts::LanguagesOf(domain) => {
            sqlx::query_as!(
                Part,
                r#"SELECT coalesce(s.language, 'und') AS "key!", NULL::text AS name, count(*)::text AS "value!"
                     FROM statuses s
                     JOIN accounts a ON a.id = s.account_id
                    WHERE a.domain = $1 AND s.created_at >= $2 AND s.created_at <= $3
                      AND s.boost_of_id IS NULL AND s.deleted_at IS NULL
                    GROUP BY 1
                    ORDER BY count(*) DESC, 1
                    LIMIT $4"#,
                domain,
                from,
                to,
                limit,
            )
            .fetch_all(connection)
            .await?
        }
        Parts::Space => {
            sqlx::query_as!(
                Part,
                r#"SELECT 'postgresql' AS "key!", 'PostgreSQL' AS name,
                          pg_database_size(current_database())::text AS "value!""#
            )
            .fetch_all(connection)
            .await?
        }
        Parts::Versions => {
            sqlx::query_as!(
                Part,
                r#"SELECT 'postgresql' AS "key!", 'PostgreSQL' AS name,
                          current_setting('server_version') AS "value!""#
            )
            .fetch_all(connection)
            .await?
        }
    };
    Ok(parts)
}
