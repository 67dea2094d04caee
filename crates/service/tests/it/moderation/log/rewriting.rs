//! The tables refuse every rewrite, whoever asks.

use super::some_history;

#[tokio::test]
async fn no_statement_of_the_application_changes_an_entry() {
    let app = testkit::app().await;
    some_history(&app).await;
    service::moderation::log::checkpoint(&app).await.unwrap();

    for statement in [
        "UPDATE log_entries SET public = '{}' WHERE seq = 1",
        "UPDATE log_entries SET at = now() WHERE seq = 1",
        "UPDATE log_entries SET leaf = prev WHERE seq = 2",
        "UPDATE log_entries SET domain = 'other.example' WHERE seq = 2",
        "DELETE FROM log_entries WHERE seq = (SELECT max(seq) FROM log_entries)",
        "TRUNCATE log_entries CASCADE",
        "UPDATE log_private SET private = '{}'",
        "UPDATE log_private SET salt = '\\x00'",
        "DELETE FROM log_private",
        "TRUNCATE log_private",
        "UPDATE log_checkpoints SET note = ''",
        "DELETE FROM log_checkpoints",
        "TRUNCATE log_checkpoints CASCADE",
    ] {
        let refused = sqlx::query(statement).execute(&app.db).await.unwrap_err();

        let text = refused.to_string();
        assert!(
            text.contains("the log is never rewritten"),
            "{statement}: {text}"
        );
    }
}

#[tokio::test]
async fn while_something_is_redacted_nothing_else_changes() {
    let app = testkit::app().await;
    some_history(&app).await;

    for change in [
        "UPDATE log_entries SET public = public || '{\"reason\": \"another\"}'",
        "UPDATE log_entries SET public = public - 'action'",
        "UPDATE log_entries SET public = public - 'reason'",
        "UPDATE log_entries SET field_salts = field_salts - 'reason'",
        "UPDATE log_entries SET field_commitments = field_commitments - 'reason'",
        "UPDATE log_entries SET private_commitment = leaf",
        "UPDATE log_private SET private = private - 'effects'",
        "UPDATE log_private SET commitments = '{\"another\": 1}'",
    ] {
        let mut tx = app.db.begin().await.unwrap();
        sqlx::query("SELECT set_config('moot.redacting', 'on', true)")
            .execute(&mut *tx)
            .await
            .unwrap();
        let statement = format!(
            "{change} WHERE seq = (SELECT max(seq) FROM log_entries WHERE public ? 'reason' AND public ? 'action')"
        );

        let refused = sqlx::query(sqlx::AssertSqlSafe(statement))
            .execute(&mut *tx)
            .await;

        assert!(refused.is_err(), "{change}");
    }
}
