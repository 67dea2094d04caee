//! What the log tells, against what is so.

use ::model::moderation::{
    Field,
    effect::{Effect, State},
};
use serde_json::Value;
use testkit::TestApp;

type Row = (&'static str, String, Field, Value);

/// Replays the log from empty and compares: invariant 2.
pub(super) async fn check(app: &TestApp) -> Result<(), String> {
    let mut connection = app.db.acquire().await.unwrap();
    let entries: Vec<Value> = sqlx::query_scalar("SELECT private FROM log_private ORDER BY seq")
        .fetch_all(&mut *connection)
        .await
        .unwrap();
    let mut replayed = State::default();
    for entry in &entries {
        let effects = entry.get("effects").and_then(Value::as_array);
        for effect in effects.into_iter().flatten() {
            let effect = Effect::from_json(effect).expect("an effect");
            replayed
                .apply(&effect)
                .map_err(|wrong| format!("{effect:?} does not follow: {wrong:?}"))?;
        }
    }
    let held = db::moderation::state(&mut connection).await.unwrap();
    let told =
        sorted(replayed.iter().map(|(target, field, value)| {
            (target.type_word(), target.key(), field, value.clone())
        }));
    let is = sorted(
        held.into_iter()
            .map(|(target, field, value)| (target.type_word(), target.key(), field, value)),
    );
    if told == is {
        Ok(())
    } else {
        Err(format!("the log tells {told:?}, the state is {is:?}"))
    }
}

fn sorted(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut rows: Vec<Row> = rows.collect();
    rows.sort_by_key(|row| (row.0, row.1.clone(), row.2.as_str()));
    rows
}
