//! All that measures touch, row by row, for comparing before and after.

use std::collections::BTreeMap;

use serde_json::Value;
use testkit::TestApp;

/// Rows that measures change or hang on what they change. What no measure brings back (sessions, strikes, letters, the log) is
/// not among them.
const TABLES: [&str; 25] = [
    "accounts",
    "members",
    "statuses",
    "status_edits",
    "mentions",
    "status_tags",
    "status_pins",
    "favourites",
    "bookmarks",
    "follows",
    "follow_requests",
    "severed_follows",
    "severances",
    "blocks",
    "mutes",
    "home_entries",
    "tombstones",
    "domain_blocks",
    "domain_allows",
    "paused_domains",
    "email_domain_blocks",
    "email_blocks",
    "ip_blocks",
    "username_blocks",
    "moderation_state",
];

/// Every row of a table, without what counts changes.
type Snapshot = BTreeMap<&'static str, Vec<Value>>;

/// The rows as they are.
pub(super) async fn snapshot(app: &TestApp) -> Snapshot {
    let mut snapshot = Snapshot::new();
    for table in TABLES {
        let query = format!(
            "SELECT (to_jsonb(t) - 'version')::text FROM {table} t ORDER BY (to_jsonb(t) - 'version')::text"
        );
        let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
            .fetch_all(&app.db)
            .await
            .unwrap();
        let rows = rows.iter().map(|row| serde_json::from_str(row).unwrap());
        snapshot.insert(table, rows.collect());
    }
    let told: Vec<String> = sqlx::query_scalar(
        "SELECT to_jsonb(n)::text
           FROM notifications n
          WHERE n.kind NOT IN ('moderation_warning', 'admin.report')
          ORDER BY n.id",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    let told = told.iter().map(|row| serde_json::from_str(row).unwrap());
    snapshot.insert("notifications", told.collect());
    snapshot
}

/// Fails, naming the rows, unless the two are equal.
#[track_caller]
pub(super) fn assert_same(before: &Snapshot, after: &Snapshot, what: &str) {
    for (table, rows) in before {
        let now = &after[table];
        let lost: Vec<&Value> = rows.iter().filter(|row| !now.contains(row)).collect();
        let new: Vec<&Value> = now.iter().filter(|row| !rows.contains(row)).collect();
        assert!(
            lost.is_empty() && new.is_empty(),
            "{what}: {table} was {lost:#?} and is {new:#?}"
        );
    }
}
