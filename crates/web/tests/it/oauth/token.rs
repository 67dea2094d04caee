use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;
use time::Duration;

use super::world::{error, register, world};

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

#[tokio::test]
async fn a_token_is_told_once_and_kept_by_nobody() {
    let mut world = world().await;
    let code = world.code(&[]).await;

    let answer = world
        .token(&[("code", &code), ("scope", "push")])
        .await
        .expect(200);

    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let mut token = answer.json();
    assert!(token["access_token"].take().is_string());
    assert_eq!(
        token,
        json!({
            "access_token": null, "token_type": "Bearer", "scope": "read write",
            "created_at": world.app.clock.now().unix_timestamp(),
        })
    );
}

#[tokio::test]
async fn json_multipart_and_basic_do_as_well_as_a_form() {
    let mut world = world().await;
    let client = world.browser.client.clone();
    let [first, second, third] = [
        world.code(&[]).await,
        world.code(&[]).await,
        world.code(&[]).await,
    ];
    let (id, secret) = (world.ivory.client_id.clone(), world.secret.clone());

    let in_json = client.post("/oauth/token").json(&json!({
        "grant_type": "authorization_code", "client_id": id, "client_secret": secret,
        "redirect_uri": "https://app.example/callback", "code": first,
    }));
    let part = |name: &str, value: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let parts = part("grant_type", "authorization_code")
        + &part("client_id", &id)
        + &part("client_secret", &secret)
        + &part("redirect_uri", "https://app.example/callback")
        + &part("code", &second)
        + "--b--\r\n";
    let in_parts = client
        .post("/oauth/token")
        .body("multipart/form-data; boundary=b", parts);
    let basic = STANDARD.encode(format!("{id}:{secret}"));
    let in_header = client
        .post("/oauth/token")
        .header("authorization", &format!("Basic {basic}"))
        .form(&[
            ("grant_type", "authorization_code"),
            ("redirect_uri", "https://app.example/callback"),
            ("code", &third),
        ]);

    for request in [in_json, in_parts, in_header] {
        request.send().await.expect(200);
    }
}

// S41: a code is good for one app, one address, one use, ten minutes.
#[tokio::test]
async fn a_code_is_worth_nothing_to_another_app_or_with_another_address() {
    let mut world = world().await;
    let (other, other_secret) = register(&world.app, "Other").await;
    let code = world.code(&[]).await;

    let stolen = [
        ("code", code.as_str()),
        ("client_id", &other.client_id),
        ("client_secret", &other_secret),
    ];
    let stolen = world.token(&stolen).await.expect(400);
    let elsewhere = [("code", code.as_str()), ("redirect_uri", "ivory://back")];
    let elsewhere = world.token(&elsewhere).await.expect(400);

    assert_eq!(error(&stolen), "invalid_grant");
    assert_eq!(error(&elsewhere), "invalid_grant");
    world.token(&[("code", &code)]).await.expect(200);
}

// S41: the second use shows that somebody else has the code.
#[tokio::test]
async fn a_code_used_twice_takes_back_what_it_gave() {
    let mut world = world().await;
    let code = world.code(&[]).await;
    let token = world.token(&[("code", &code)]).await.expect(200).json();
    let token = token["access_token"].as_str().unwrap();
    assert!(world.works(token).await);

    let again = world.token(&[("code", &code)]).await.expect(400);

    assert_eq!(error(&again), "invalid_grant");
    assert!(!world.works(token).await);
}

#[tokio::test]
async fn a_code_ends_after_ten_minutes() {
    let mut world = world().await;
    let code = world.code(&[]).await;

    world.app.clock.advance(Duration::minutes(10));

    assert_eq!(
        error(&world.token(&[("code", &code)]).await.expect(400)),
        "invalid_grant"
    );
}

// S41: a challenge that was sent must be met.
#[tokio::test]
async fn only_who_made_the_challenge_gets_the_token() {
    let mut world = world().await;
    let challenge = [
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let code = world.code(&challenge).await;

    for verifier in ["", "another", CHALLENGE] {
        let answer = world
            .token(&[("code", &code), ("code_verifier", verifier)])
            .await
            .expect(400);
        assert_eq!(error(&answer), "invalid_grant", "{verifier}");
    }

    world
        .token(&[("code", &code), ("code_verifier", VERIFIER)])
        .await
        .expect(200);
    let unchallenged = world.code(&[]).await;
    let answer = world
        .token(&[("code", &unchallenged), ("code_verifier", VERIFIER)])
        .await;
    assert_eq!(error(&answer.expect(400)), "invalid_grant");
}

#[tokio::test]
async fn what_is_asked_wrongly_is_refused_in_the_words_of_the_protocol() {
    let world = world().await;
    for (wrong, status, expected) in [
        (
            vec![
                ("grant_type", "password"),
                ("username", "alice"),
                ("password", testkit::PASSWORD),
            ],
            400,
            "unsupported_grant_type",
        ),
        (
            vec![("grant_type", "refresh_token")],
            400,
            "unsupported_grant_type",
        ),
        (vec![("grant_type", "")], 400, "invalid_request"),
        (vec![("code", "")], 400, "invalid_request"),
        (
            vec![("code", "x"), ("redirect_uri", "")],
            400,
            "invalid_request",
        ),
        (vec![("code", "unknown")], 400, "invalid_grant"),
        (
            vec![("code", "x"), ("client_secret", "wrong")],
            401,
            "invalid_client",
        ),
        (
            vec![("code", "x"), ("client_secret", "")],
            401,
            "invalid_client",
        ),
        (
            vec![("code", "x"), ("client_id", "nobody")],
            401,
            "invalid_client",
        ),
        (
            vec![
                ("grant_type", "client_credentials"),
                ("scope", "read admin:read"),
            ],
            400,
            "invalid_scope",
        ),
        (
            vec![
                ("grant_type", "client_credentials"),
                ("scope", "everything"),
            ],
            400,
            "invalid_scope",
        ),
    ] {
        let answer = world.token(&wrong).await.expect(status);

        assert_eq!(error(&answer), expected, "{wrong:?}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
}

#[tokio::test]
async fn an_app_gets_a_token_of_its_own_and_reads_unless_it_asks_for_more() {
    let world = world().await;

    let usual = world
        .token(&[("grant_type", "client_credentials")])
        .await
        .expect(200)
        .json();
    let more = [
        ("grant_type", "client_credentials"),
        ("scope", "read write"),
    ];
    let more = world.token(&more).await.expect(200).json();

    assert_eq!(usual["scope"], "read");
    assert_eq!(more["scope"], "read write");
    let token = usual["access_token"].as_str().unwrap();
    let request = world
        .browser
        .client
        .get("/api/v1/apps/verify_credentials")
        .as_(token);
    assert_eq!(request.send().await.expect(200).json()["name"], "Ivory");
}
