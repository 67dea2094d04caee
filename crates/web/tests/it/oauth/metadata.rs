use super::world::world;

#[tokio::test]
async fn an_app_finds_its_way_by_itself() {
    let world = world().await;

    let request = world
        .browser
        .client
        .get("/.well-known/oauth-authorization-server");
    let metadata = request.send().await.expect(200).json();

    assert_eq!(metadata["issuer"], "https://moot.test/");
    for (name, path) in [
        ("authorization_endpoint", "/oauth/authorize"),
        ("token_endpoint", "/oauth/token"),
        ("revocation_endpoint", "/oauth/revoke"),
        ("userinfo_endpoint", "/oauth/userinfo"),
        ("app_registration_endpoint", "/api/v1/apps"),
    ] {
        assert_eq!(metadata[name], format!("https://moot.test{path}"));
    }
    assert_eq!(metadata["code_challenge_methods_supported"][0], "S256");
    assert!(
        metadata["scopes_supported"]
            .as_array()
            .unwrap()
            .iter()
            .any(|scope| scope == "write:statuses")
    );
}
