//! Whatever is shown of a status or an account makes a new version of it when it changes.

use testkit::TestDatabase;

/// What a version is no part of, since it is told afresh each time or shown to nobody.
const LIVE: [(&str, &[&str]); 2] = [
    (
        "accounts",
        &[
            "id",
            "followers_count",
            "following_count",
            "statuses_count",
            "last_status_on",
            "updated_at",
            "fetched_at",
            "version",
            "suspended_elsewhere_at",
        ],
    ),
    (
        "statuses",
        &[
            "id",
            "deleted_at",
            "replies_count",
            "boosts_count",
            "favourites_count",
            "version",
            "moderated_at",
            "sensitive_by_author",
        ],
    ),
];

#[tokio::test]
async fn every_column_is_part_of_a_version_or_told_afresh() {
    let database = TestDatabase::new().await;

    for (table, live) in LIVE {
        let uncovered: Vec<String> = sqlx::query_scalar(
            "SELECT a.attname::text
               FROM pg_attribute a
              WHERE a.attrelid = $1::regclass
                AND a.attnum > 0
                AND NOT a.attisdropped
                AND NOT EXISTS (SELECT 1
                                  FROM pg_trigger t
                                 WHERE t.tgrelid = a.attrelid
                                   AND t.tgname = $1 || '_have_versions'
                                   AND a.attnum = ANY (t.tgattr))
              ORDER BY a.attnum",
        )
        .bind(table)
        .fetch_all(database.pool())
        .await
        .unwrap();

        assert_eq!(uncovered, live, "{table}");
    }
}

#[tokio::test]
async fn a_change_makes_a_version_and_a_count_does_not() {
    let database = TestDatabase::new().await;
    sqlx::raw_sql(
        "INSERT INTO accounts (id, username, uri, url, inbox_url, created_at, updated_at)
              VALUES (1, 'a', 'https://x/1', '', '', now(), now())",
    )
    .execute(database.pool())
    .await
    .unwrap();
    let after = async |change: &'static str| -> i64 {
        let change = format!("UPDATE accounts SET {change} WHERE id = 1 RETURNING version");
        sqlx::query_scalar(sqlx::AssertSqlSafe(change))
            .fetch_one(database.pool())
            .await
            .unwrap()
    };

    let counted = after("followers_count = 5").await;
    let same = after("display_name = ''").await;
    let renamed = after("display_name = 'A'").await;
    let again = after("display_name = 'B'").await;

    assert_eq!((counted, same), (0, 0));
    assert!(0 < renamed && renamed < again);
}
