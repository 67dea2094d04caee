use serde_json::json;

use super::world::{error, register, world};

#[tokio::test]
async fn a_token_given_back_opens_nothing_any_more() {
    let mut world = world().await;
    let code = world.code(&[]).await;
    let token = world.token(&[("code", &code)]).await.expect(200).json();
    let token = token["access_token"].as_str().unwrap();
    assert!(world.works(token).await);

    let fields = [
        ("client_id", world.ivory.client_id.as_str()),
        ("client_secret", world.secret.as_str()),
        ("token", token),
    ];
    let answer = world
        .browser
        .client
        .post("/oauth/revoke")
        .form(&fields)
        .send()
        .await
        .expect(200);

    assert_eq!(answer.json(), json!({}));
    assert!(!world.works(token).await);
    world
        .browser
        .client
        .post("/oauth/revoke")
        .form(&fields)
        .send()
        .await
        .expect(200);
}

#[tokio::test]
async fn nobody_else_takes_a_token_back() {
    let mut world = world().await;
    let (other, other_secret) = register(&world.app, "Other").await;
    let code = world.code(&[]).await;
    let token = world.token(&[("code", &code)]).await.expect(200).json();
    let token = token["access_token"].as_str().unwrap();

    for (id, secret) in [
        (other.client_id.as_str(), other_secret.as_str()),
        (&world.ivory.client_id, "wrong"),
        (&world.ivory.client_id, ""),
        ("nobody", "x"),
    ] {
        let fields = [
            ("client_id", id),
            ("client_secret", secret),
            ("token", token),
        ];
        let answer = world
            .browser
            .client
            .post("/oauth/revoke")
            .form(&fields)
            .send()
            .await;
        assert_eq!(error(&answer.expect(403)), "unauthorized_client");
    }

    assert!(world.works(token).await);
}
