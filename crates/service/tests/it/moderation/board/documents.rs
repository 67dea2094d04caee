use std::sync::Arc;

use ::model::moderation::{Field, Target, board::DecisionKind, document::DocumentKind};
use serde_json::json;
use service::{
    Error,
    mail::Letter,
    moderation::board::documents::{self, Change, Source},
};
use testkit::Mailbox;
use time::Duration;

use super::{newest, records, state};

#[tokio::test]
async fn a_document_holds_from_its_day_on() {
    let app = testkit::app().await;
    let council = app.council().await;
    let rules =
        |text: &str, on: Option<String>| json!({"kind": "rules", "text": text, "effective_on": on});
    let before = documents::current(&app, DocumentKind::Rules).await.unwrap();
    let day = (app.clock.now() + Duration::days(10)).date();

    council
        .decide(
            DecisionKind::AdoptDocument,
            rules("- Be kind.\n- No spam.", None),
        )
        .await;
    let first = documents::rules(&app).await.unwrap();
    council
        .decide(
            DecisionKind::AdoptDocument,
            rules("- Be very kind.", Some(day.to_string())),
        )
        .await;
    let still = documents::rules(&app).await.unwrap();
    app.clock.advance(Duration::days(11));
    let then = documents::rules(&app).await.unwrap();

    assert_eq!(before.source, Source::Operator);
    assert_eq!(first, ["Be kind.", "No spam."]);
    assert_eq!(still, first);
    assert_eq!(then, ["Be very kind."]);
    let versions = documents::versions(&app, DocumentKind::Rules)
        .await
        .unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0].version, 2);
}

#[tokio::test]
async fn a_document_is_in_the_log_by_its_digest() {
    let app = testkit::app().await;
    let council = app.council().await;

    council
        .decide(
            DecisionKind::AdoptDocument,
            json!({"kind": "guidelines", "text": "We decide together."}),
        )
        .await;

    let (kind, public) = newest(&app).await;
    assert_eq!(kind, "board.decision");
    assert_eq!(
        (&public["document"], &public["version"]),
        (&json!("guidelines"), &json!(1))
    );
    let adopted = state(&app, &Target::Document("guidelines".into()), Field::Adopted)
        .await
        .unwrap();
    assert_eq!(adopted["version"], 1);
    assert_eq!(adopted["digest"].as_str().unwrap().len(), 64);
    assert_eq!(public["effects"][0]["to"], adopted);
}

#[tokio::test]
async fn what_differs_between_versions_can_be_read() {
    let app = testkit::app().await;
    let council = app.council().await;
    for text in ["One.\n\nTwo.", "One.\n\nThree."] {
        council
            .decide(
                DecisionKind::AdoptDocument,
                json!({"kind": "about", "text": text}),
            )
            .await;
    }

    let changes = documents::changes(&app, DocumentKind::About, 2)
        .await
        .unwrap();
    let none = documents::changes(&app, DocumentKind::About, 3).await;

    assert!(
        changes.contains(&Change::Removed("Two.".into())),
        "{changes:?}"
    );
    assert!(
        changes.contains(&Change::Added("Three.".into())),
        "{changes:?}"
    );
    assert!(
        changes.contains(&Change::Same("One.".into())),
        "{changes:?}"
    );
    assert!(matches!(none, Err(Error::NotFound)), "{none:?}");
}

#[tokio::test]
async fn every_member_is_told_once_of_what_binds_them() {
    let mailbox = Mailbox::default();
    let app = testkit::app().mailer(Arc::new(mailbox.clone())).await;
    let council = app.council().await;
    app.member("waiting").unapproved().await;
    app.forget_jobs().await;

    for (kind, text) in [("terms", "New terms."), ("landing", "Welcome.")] {
        council
            .decide(
                DecisionKind::AdoptDocument,
                json!({"kind": kind, "text": text}),
            )
            .await;
    }
    let worker = service::work::register(app.worker(()), &app);
    worker.run_until_idle().await.unwrap();

    let letters = mailbox.letters();
    let about_terms = |letter: &&Letter| letter.subject.contains("Terms of service");
    let mut told: Vec<_> = letters
        .iter()
        .filter(about_terms)
        .map(|letter| letter.to.as_str())
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            "bea@mail.example",
            "berta@mail.example",
            "boris@mail.example",
            "mark@mail.example",
            "mira@mail.example",
            "mona@mail.example",
        ]
    );
    let terms = letters.iter().find(about_terms).unwrap();
    assert!(
        terms
            .text
            .contains("https://moot.test/documents/terms/1/changes"),
        "{}",
        terms.text
    );
    assert!(
        !letters
            .iter()
            .any(|letter| letter.subject.contains("Welcome"))
    );
}

#[tokio::test]
async fn what_nobody_has_written_is_a_default_that_is_marked() {
    let app = testkit::app().await;
    let council = app.council().await;
    let before = documents::unwritten(&app).await.unwrap();

    council
        .decide(
            DecisionKind::AdoptDocument,
            json!({"kind": "guidelines", "text": "We decide together."}),
        )
        .await;

    assert!(before.contains(&DocumentKind::Guidelines));
    assert!(!before.contains(&DocumentKind::Rules), "the operator's");
    let after = documents::unwritten(&app).await.unwrap();
    assert!(!after.contains(&DocumentKind::Guidelines));
    let landing = documents::current(&app, DocumentKind::Landing)
        .await
        .unwrap();
    assert_eq!(
        (landing.source, landing.document.version),
        (Source::Default, 0)
    );
    assert!(landing.document.text.contains("Moot"));
}

#[tokio::test]
async fn a_text_with_blanks_can_be_adopted_but_not_unnoticed() {
    let app = testkit::app().await;
    let council = app.council().await;
    let text = documents::default_text(&app, DocumentKind::Privacy);

    let view = records(
        &app,
        &council,
        0,
        DecisionKind::AdoptDocument,
        json!({"kind": "privacy", "text": text}),
    )
    .await
    .unwrap();

    assert!(
        view.warnings
            .iter()
            .any(|warning| warning.contains("blanks"))
    );
}
