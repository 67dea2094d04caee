//! Passwords of this server's own beside the organisation's (S48).

use std::time::{Duration, Instant};

use service::{
    settings::PasswordCost,
    sign_in::{self, Entry, LocalDoor, Proof},
};
use testkit::PASSWORD;

use super::person;

#[tokio::test]
async fn whoever_is_linked_is_not_let_in_by_an_old_password() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    sign_in::links::link(&app, alice.id, &person("id-1", "alice"))
        .await
        .unwrap();

    for login in ["alice", "alice@mail.example", "alice@club.example"] {
        let entry = sign_in::with_password(&app, login, PASSWORD).await.unwrap();
        assert!(matches!(entry, Entry::Wrong), "{login}: {entry:?}");
    }
    // Nor by one that an operator or a letter set later.
    service::members::set_password(&app, alice.id, PASSWORD)
        .await
        .unwrap();
    let entry = sign_in::with_password(&app, "alice", PASSWORD)
        .await
        .unwrap();
    assert!(matches!(entry, Entry::Wrong), "{entry:?}");
    let door = sign_in::local_door(&app, "alice").await.unwrap();
    assert_eq!(door, LocalDoor::Linked(alice.id));
}

#[tokio::test]
async fn where_local_passwords_are_off_they_open_nothing_and_prove_the_account_still() {
    let app = testkit::app()
        .settings(|settings| settings.sign_in.local_passwords = false)
        .await;
    let alice = app.member("alice").with_password().await;

    let entry = sign_in::with_password(&app, "alice", PASSWORD)
        .await
        .unwrap();

    assert!(matches!(entry, Entry::Wrong), "{entry:?}");
    let proof = sign_in::is_password_of(&app, alice.id, PASSWORD)
        .await
        .unwrap();
    assert_eq!(proof, Proof::Right);
    let proof = sign_in::is_password_of(&app, alice.id, "wrong")
        .await
        .unwrap();
    assert_eq!(proof, Proof::Wrong);
}

#[tokio::test]
async fn a_member_named_like_anothers_address_does_not_hide_them() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;

    for login in ["ALICE", "ａｌｉｃｅ", "@alice", "Alice@Mail.Example"] {
        let entry = sign_in::with_password(&app, login, PASSWORD).await.unwrap();
        assert!(matches!(entry, Entry::Member(_)), "{login}: {entry:?}");
    }
}

// S49: the time told which names exist, and which of them are linked.
#[tokio::test]
async fn every_wrong_password_costs_a_comparison_whoever_is_meant() {
    let app = testkit::app()
        .settings(|settings| settings.password_cost = PasswordCost::Real)
        .await;
    app.member("with").with_password().await;
    app.member("without").await;
    let linked = app.member("linked").with_password().await;
    sign_in::links::link(&app, linked.id, &person("id-1", "linked"))
        .await
        .unwrap();
    let mut quickest = std::collections::BTreeMap::new();

    for _ in 0..5 {
        for login in ["with", "without", "linked", "nobody"] {
            let begun = Instant::now();
            let entry = sign_in::with_password(&app, login, "wrong").await.unwrap();
            assert!(matches!(entry, Entry::Wrong), "{entry:?}");
            let best = quickest.entry(login).or_insert(Duration::MAX);
            *best = begun.elapsed().min(*best);
        }
    }

    for (login, took) in &quickest {
        assert!(*took * 3 > quickest["with"], "{login}: {quickest:?}");
    }
}
