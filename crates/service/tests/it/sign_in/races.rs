//! Many at once (R20).

use service::sign_in::{self, Entry};

use super::{accounts, person};
use crate::parallel::at_once;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_first_sign_ins_at_once_make_one_account() {
    let app = testkit::app().await;

    let entries = at_once(&app, 20, |app, _| async move {
        sign_in::with_identity(&app, person("id-1", "alice")).await
    })
    .await;

    let mut ids: Vec<_> = entries
        .into_iter()
        .map(|entry| match entry.unwrap() {
            Entry::Member(member) => member.account.id,
            other => panic!("{other:?}"),
        })
        .collect();
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(accounts(&app).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_people_with_one_name_one_gets_it() {
    let app = testkit::app().await;

    let entries = at_once(&app, 20, |app, number| async move {
        sign_in::with_identity(&app, person(&format!("id-{number}"), "alice")).await
    })
    .await;

    let won = entries
        .into_iter()
        .filter(|entry| matches!(entry, Ok(Entry::Member(_))))
        .count();
    assert_eq!(won, 1);
    assert_eq!(accounts(&app).await, 1);
}
