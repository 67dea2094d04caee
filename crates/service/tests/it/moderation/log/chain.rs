//! One chain, however many append at once; and it says what is in force.

use ledger::verify::Trust;
use service::moderation::log;

use super::{checked, export, some_history, verified};

#[tokio::test]
async fn what_was_decided_verifies_inside_and_outside() {
    let app = testkit::app().await;
    some_history(&app).await;

    let inside = verified(&app).await.unwrap();
    let outside = checked(&export(&app).await, &Trust::default()).unwrap();

    assert_eq!(inside.size, outside.size);
    assert_eq!(
        inside.private, inside.size,
        "every entry has a private part"
    );
    assert_eq!(inside.origin, "moot.test/moderation");
}

#[tokio::test]
async fn twenty_that_append_at_once_make_one_chain() {
    let app = testkit::app().await;
    some_history(&app).await;
    let before = log::count(&app).await.unwrap();

    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let app = app.to_app();
            tokio::spawn(async move { log::rotate_key(&app).await })
        })
        .collect();
    let mut numbers = Vec::new();
    for task in tasks {
        numbers.push(task.await.unwrap().unwrap());
    }

    numbers.sort_unstable();
    assert_eq!(numbers, (before + 1..=before + 20).collect::<Vec<_>>());
    assert_eq!(verified(&app).await.unwrap().keys.len(), 21);
}

#[tokio::test]
async fn every_proof_leads_to_the_root_that_is_signed() {
    let app = testkit::app().await;
    some_history(&app).await;
    let signed = log::checkpoint(&app).await.unwrap();
    let tree = signed.checkpoint().tree();
    let size = i64::try_from(tree.size).unwrap();

    for seq in 1..=size {
        let proof = log::inclusion(&app, seq, Some(size)).await.unwrap();
        ledger::tree::verify_inclusion(proof.leaf, proof.index, tree, &proof.hashes).unwrap();
        let joined = log::consistency(&app, seq, Some(size)).await.unwrap();
        let from = ledger::tree::TreeHead {
            size: joined.from,
            root: joined.from_root,
        };
        ledger::tree::verify_consistency(from, tree, &joined.hashes).unwrap();
    }

    assert!(
        log::inclusion(&app, size + 1, Some(size + 1))
            .await
            .is_err()
    );
    assert!(log::inclusion(&app, 0, None).await.is_err());
}

#[tokio::test]
async fn what_is_in_force_without_an_entry_is_noticed() {
    let app = testkit::app().await;
    let (_, member) = some_history(&app).await;

    sqlx::query("DELETE FROM moderation_state WHERE target_key = $1")
        .bind(member.id.to_string())
        .execute(&app.db)
        .await
        .unwrap();

    let wrong = verified(&app).await.unwrap_err().to_string();
    assert!(wrong.contains("it is not in force"), "{wrong}");
}
