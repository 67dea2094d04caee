//! A member changes the own profile.

use service::{
    Error,
    accounts::{self, ProfileChange},
    consequences::PublishProfile,
};

#[tokio::test]
async fn what_is_changed_is_changed_and_told_to_peers_and_the_rest_stays() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let first = ProfileChange {
        display_name: Some("Alice".into()),
        locked: Some(true),
        ..ProfileChange::default()
    };
    accounts::update_profile(&app, alice.id, first)
        .await
        .unwrap();
    app.forget_jobs().await;

    let second = ProfileChange {
        note: Some("I like #cats & <dogs>".into()),
        ..ProfileChange::default()
    };
    let member = accounts::update_profile(&app, alice.id, second)
        .await
        .unwrap();

    assert_eq!(member.account.display_name, "Alice");
    assert!(member.account.locked);
    assert_eq!(member.account.note_source, "I like #cats & <dogs>");
    let note = member.account.note.as_str();
    assert!(note.contains("https://moot.test/tags/cats"), "{note}");
    assert!(note.contains("&amp; &lt;dogs&gt;"), "{note}");
    let told: Vec<PublishProfile> = app.enqueued().await;
    assert_eq!(
        told.iter().map(|job| job.account_id).collect::<Vec<_>>(),
        [alice.id]
    );
}

#[tokio::test]
async fn rows_without_words_are_dropped() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let rows = vec![
        ("Web".into(), "https://alice.example".into()),
        (" ".into(), String::new()),
    ];

    let change = ProfileChange {
        fields: Some(rows),
        ..ProfileChange::default()
    };
    let member = accounts::update_profile(&app, alice.id, change)
        .await
        .unwrap();

    let names: Vec<_> = member
        .account
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    assert_eq!(names, ["Web"]);
}

#[tokio::test]
async fn what_is_too_long_changes_nothing() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let row = |value: &str| ("name".to_owned(), value.to_owned());

    for change in [
        ProfileChange {
            display_name: Some("x".repeat(31)),
            ..ProfileChange::default()
        },
        ProfileChange {
            note: Some("x".repeat(501)),
            ..ProfileChange::default()
        },
        ProfileChange {
            fields: Some(vec![row(""); 5]),
            ..ProfileChange::default()
        },
        ProfileChange {
            fields: Some(vec![row(&"x".repeat(256))]),
            ..ProfileChange::default()
        },
    ] {
        let with_more = ProfileChange {
            locked: Some(true),
            ..change
        };

        let refused = accounts::update_profile(&app, alice.id, with_more).await;

        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }
    assert!(!alice.now().await.locked);
    assert!(app.jobs().await.is_empty());
}
