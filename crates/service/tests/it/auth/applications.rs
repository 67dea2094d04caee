//! Apps register and prove who they are.

use service::{
    Error,
    auth::{self, NewApplication},
};

fn registration(redirect_uri: &str) -> NewApplication {
    NewApplication {
        name: "Tusky".into(),
        website: None,
        redirect_uris: vec![redirect_uri.into()],
        scopes: "read write".parse().unwrap(),
    }
}

#[tokio::test]
async fn an_app_is_known_by_its_own_secret_only() {
    let app = testkit::app().await;
    let (tusky, secret) = app.application("Tusky").await;
    let (_, secret_of_another) = app.application("Another").await;

    let right = auth::check_application(&app, &tusky.client_id, secret.reveal())
        .await
        .unwrap();
    let wrong = auth::check_application(&app, &tusky.client_id, secret_of_another.reveal())
        .await
        .unwrap();
    let unknown = auth::check_application(&app, "nobody", secret.reveal())
        .await
        .unwrap();

    assert_eq!(right.unwrap().id, tusky.id);
    assert!(wrong.is_none());
    assert!(unknown.is_none());
}

#[tokio::test]
async fn an_apps_secret_is_stored_as_a_hash_only() {
    let app = testkit::app().await;
    let (_, secret) = app.application("Tusky").await;

    let stored: String = sqlx::query_scalar("SELECT to_jsonb(a)::text FROM applications a")
        .fetch_one(&app.db)
        .await
        .unwrap();

    assert!(!stored.contains(secret.reveal()));
    // S43
    assert!(!format!("{secret:?}").contains(secret.reveal()));
}

#[tokio::test]
async fn a_redirect_that_runs_script_or_has_a_fragment_registers_nothing() {
    let app = testkit::app().await;

    // S41
    for uri in [
        "javascript:alert(1)",
        "data:text/html,hello",
        "https://app.example/#fragment",
        "/callback",
        "",
    ] {
        let refused = auth::register_application(&app, registration(uri)).await;

        assert!(
            matches!(refused, Err(Error::Invalid(_))),
            "{uri}: {refused:?}"
        );
    }
    let registered: i64 = sqlx::query_scalar("SELECT count(*) FROM applications")
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(registered, 0);
}

#[tokio::test]
async fn an_app_without_a_name_or_redirect_is_refused() {
    let app = testkit::app().await;
    let nameless = NewApplication {
        name: " ".into(),
        ..registration("https://app.example/")
    };
    let homeless = NewApplication {
        redirect_uris: Vec::new(),
        ..registration("")
    };

    for new in [nameless, homeless] {
        let refused = auth::register_application(&app, new).await;

        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }
}
