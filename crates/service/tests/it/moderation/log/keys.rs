//! Checkpoints, and the keys that sign them. S71.

use ledger::{
    Departure,
    verify::{Keys, Trust},
};
use service::moderation::log::{
    self,
    checkpoint::{self, Departed},
};

use super::{as_owner, checked, export, some_history};

#[tokio::test]
async fn whoever_knows_the_first_key_can_check_what_its_successors_sign() {
    let app = testkit::app().await;
    some_history(&app).await;
    let first = checked(&export(&app).await, &Trust::default()).unwrap();
    let trust = Trust {
        keys: vec![first.keys[0].vkey.clone()],
        ..Trust::default()
    };

    log::rotate_key(&app).await.unwrap();
    log::rotate_key(&app).await.unwrap();
    let report = checked(&export(&app).await, &trust).unwrap();

    assert_eq!(report.trusted, Keys::Known);
    assert_eq!(report.keys.len(), 3);
}

#[tokio::test]
async fn no_two_checkpoints_are_made_within_a_minute() {
    let app = testkit::app().await;
    let council = app.council().await;
    let first = log::checkpoint(&app).await.unwrap();

    let tom = app.member("tom").await;
    let target = ::model::moderation::Target::Account(tom.id);
    council
        .carries(::model::moderation::Kind::AccountLimit, target)
        .await;
    let soon = log::checkpoint(&app).await.unwrap();
    app.clock.advance(time::Duration::seconds(61));
    let later = log::checkpoint(&app).await.unwrap();

    assert_eq!(soon, first);
    assert!(later.checkpoint().size > first.checkpoint().size);
}

#[tokio::test]
async fn a_log_restored_from_an_older_copy_is_not_signed_and_the_start_is_refused() {
    let app = testkit::app().await;
    some_history(&app).await;
    let kept = log::checkpoint(&app).await.unwrap();
    let size = i64::try_from(kept.checkpoint().size).unwrap();

    // The copy is from before the last entries, and from before the checkpoint too.
    let leaves: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT leaf FROM log_entries WHERE seq <= $1 ORDER BY seq")
            .bind(size - 2)
            .fetch_all(&app.db)
            .await
            .unwrap();
    let hashes: Vec<ledger::Hash> = leaves
        .iter()
        .map(|leaf| ledger::Hash::try_from(leaf.as_slice()).unwrap())
        .collect();
    let frontier = ledger::tree::Frontier::of(&hashes);
    let peaks: Vec<String> = frontier
        .peaks()
        .iter()
        .map(|peak| format!("decode('{}', 'hex')", hex::encode(peak.as_bytes())))
        .collect();
    as_owner(
        &app,
        &[
            "DELETE FROM log_checkpoints_told".to_owned(),
            "DELETE FROM log_checkpoints".to_owned(),
            format!("DELETE FROM log_private WHERE seq > {}", size - 2),
            format!("DELETE FROM log_entries WHERE seq > {}", size - 2),
            format!(
                "UPDATE log_head SET seq = {}, leaf = decode('{}', 'hex'), frontier = ARRAY[{}]",
                size - 2,
                hex::encode(leaves.last().unwrap()),
                peaks.join(", ")
            ),
        ],
    )
    .await;

    let alone = checkpoint::continues(&app, None).await;
    let with_kept = checkpoint::continues(&app, Some(&kept.to_string())).await;

    assert!(
        alone.is_ok(),
        "the copy itself does not know what it has lost"
    );
    assert!(
        matches!(
            with_kept,
            Err(Departed::Departure(Departure::Shortened { .. }))
        ),
        "{with_kept:?}"
    );
}

#[tokio::test]
async fn what_departs_from_what_was_signed_is_never_signed() {
    let app = testkit::app().await;
    let council = app.council().await;
    log::checkpoint(&app).await.unwrap();
    let tom = app.member("tom").await;
    let target = ::model::moderation::Target::Account(tom.id);
    council
        .carries(::model::moderation::Kind::AccountLimit, target)
        .await;
    app.clock.advance(time::Duration::minutes(2));

    as_owner(
        &app,
        &[
            "UPDATE log_entries SET leaf = set_byte(leaf, 0, get_byte(leaf, 0) # 1) WHERE seq = 2"
                .to_owned(),
        ],
    )
    .await;

    assert!(log::checkpoint(&app).await.is_err());
    assert!(matches!(
        checkpoint::continues(&app, None).await,
        Err(Departed::Departure(Departure::Forked { .. }))
    ));
}

#[tokio::test]
async fn an_entry_that_was_changed_before_it_was_signed_is_not_signed() {
    let app = testkit::app().await;
    some_history(&app).await;

    as_owner(
        &app,
        &["UPDATE log_entries SET public = jsonb_set(public, '{reason}', '\"Nicer\"') WHERE public ? 'reason'".to_owned()],
    )
    .await;

    assert!(log::checkpoint(&app).await.is_err());
}
