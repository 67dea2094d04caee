//! Whoever owns the database can change it, and is found out.

use super::{as_owner, some_history, verified};

/// Every way to change one value of one column of one entry.
async fn changes(app: &testkit::TestApp) -> Vec<String> {
    let mut changes = Vec::new();
    let entries: i64 = sqlx::query_scalar("SELECT max(seq) FROM log_entries")
        .fetch_one(&app.db)
        .await
        .unwrap();
    for seq in [1, entries / 2, entries] {
        for (table, column) in [
            ("log_entries", "public"),
            ("log_entries", "field_salts"),
            ("log_entries", "field_commitments"),
            ("log_private", "private"),
            ("log_private", "salts"),
            ("log_private", "commitments"),
        ] {
            let names: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
                "SELECT jsonb_object_keys({column}) FROM {table} WHERE seq = {seq}"
            )))
            .fetch_all(&app.db)
            .await
            .unwrap();
            for name in names {
                // A hash or salt of another first letter; anything else becomes another thing.
                let changed = format!(
                    "CASE WHEN jsonb_typeof({column} -> '{name}') = 'string' AND length({column} ->> '{name}') > 0 \
                     THEN to_jsonb(overlay({column} ->> '{name}' placing \
                          (CASE WHEN left({column} ->> '{name}', 1) = 'A' THEN 'B' ELSE 'A' END) from 1 for 1)) \
                     ELSE to_jsonb('changed'::text) END"
                );
                changes.push(format!(
                    "UPDATE {table} SET {column} = jsonb_set({column}, '{{{name}}}', {changed}) WHERE seq = {seq}"
                ));
                changes.push(format!(
                    "UPDATE {table} SET {column} = {column} - '{name}' WHERE seq = {seq}"
                ));
            }
        }
        for (table, column, length) in [
            ("log_entries", "private_commitment", 32),
            ("log_entries", "prev", 32),
            ("log_entries", "leaf", 32),
            ("log_private", "salt", 16),
        ] {
            for place in [0, length / 2, length - 1] {
                changes.push(format!(
                    "UPDATE {table} SET {column} = set_byte({column}, {place}, get_byte({column}, {place}) # 1) WHERE seq = {seq}"
                ));
            }
        }
        changes.push(format!(
            "UPDATE log_entries SET at = at + interval '1 minute' WHERE seq = {seq}"
        ));
        changes.push(format!(
            "UPDATE log_entries SET type = 'board.invented' WHERE seq = {seq}"
        ));
        changes.push(format!("DELETE FROM log_entries WHERE seq = {seq}"));
        changes.push(format!("DELETE FROM log_private WHERE seq = {seq}"));
    }
    changes.push("UPDATE log_entries SET seq = 3 - seq + 100000 WHERE seq IN (1, 2)".into());
    changes.push("UPDATE log_head SET seq = seq + 1".into());
    changes
}

#[tokio::test]
async fn every_change_of_one_value_is_noticed() {
    let app = testkit::app().await;
    some_history(&app).await;
    verified(&app).await.unwrap();
    let keep = ["log_entries", "log_private", "log_head"]
        .map(|table| format!("CREATE TABLE kept_{table} AS TABLE {table}"));
    as_owner(&app, &keep).await;
    let restore: Vec<String> = ["log_entries", "log_private", "log_head"]
        .into_iter()
        .flat_map(|table| {
            [
                format!("DELETE FROM {table}"),
                format!("INSERT INTO {table} SELECT * FROM kept_{table}"),
            ]
        })
        .collect();

    let changes = changes(&app).await;
    assert!(changes.len() > 100);
    for change in changes {
        as_owner(&app, std::slice::from_ref(&change)).await;

        let outcome = verified(&app).await;

        assert!(outcome.is_err(), "not noticed: {change}");
        as_owner(&app, &restore).await;
    }
    verified(&app).await.unwrap();
    let drop =
        ["log_entries", "log_private", "log_head"].map(|table| format!("DROP TABLE kept_{table}"));
    as_owner(&app, &drop).await;
}
