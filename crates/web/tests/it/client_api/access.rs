//! Who is let in.

use model::Scopes;
use serde_json::json;
use testkit::{Bearer, http::Client};
use web::client_api::{Caller, RouteDescription};

use super::world::{USUAL, world};

/// What apps usually do not ask for.
const PRIVILEGED: &str = "profile admin:read admin:write";

/// Sends a route's request, with moving parts that name nothing.
async fn knock(client: &Client, route: &RouteDescription, token: Option<&Bearer>) -> u16 {
    let path = route.path.replace("{id}", "1").replace("{hashtag}", "moot");
    let path = path.replace("{seq}", "1").replace("{version}", "1");
    let path = path.replace("{kind}", "rules");
    let request = client.request(route.method.clone(), &path);
    let request = match token {
        Some(token) => request.as_(token),
        None => request,
    };
    request.send().await.status.as_u16()
}

/// S35: in Mastodon, timelines once answered to tokens without the scope, and to apps' own tokens. Here each
/// route is asked by nobody, by a member and by an app whose tokens have every scope but the right ones, and
/// by the wrong one of the two with the right scopes.
#[tokio::test]
async fn every_route_refuses_every_wrong_caller() {
    let world = world().await;
    let alice = world.app.member("alice").await;
    let member = world.app.token_for(&alice, USUAL).await;
    let app = world.app.app_token(&format!("{USUAL} {PRIVILEGED}")).await;

    for route in web::client_api::routes() {
        let name = format!("{} {}", route.method, route.path);
        let by_nobody = knock(&world.client, &route, None).await;
        let by_app = knock(&world.client, &route, Some(&app)).await;
        match route.caller {
            Caller::Anybody => assert_ne!(by_nobody, 401, "{name}"),
            Caller::Holder => assert_eq!(by_nobody, 401, "{name}"),
            Caller::App => {
                assert_eq!(by_nobody, 401, "{name}");
                assert_eq!(
                    knock(&world.client, &route, Some(&member)).await,
                    403,
                    "{name} by a member"
                );
            }
            Caller::Member => {
                assert_eq!(by_nobody, 401, "{name}");
                assert_eq!(by_app, 422, "{name} by an app");
            }
        }
        if !route.scopes.is_empty() {
            let wrong = all_but(&route);
            let member = world.app.token_for(&alice, &wrong).await;
            assert_eq!(
                knock(&world.client, &route, Some(&member)).await,
                403,
                "{name} with {wrong}"
            );
        }
    }
}

/// Every scope an app may ask for that does not allow what the route needs.
fn all_but(route: &RouteDescription) -> String {
    let all = "profile read read:accounts read:blocks read:bookmarks read:favourites read:filters read:follows \
        read:lists read:mutes read:notifications read:search read:statuses write write:accounts write:bookmarks \
        write:favourites write:follows write:notifications write:statuses follow push admin:read admin:read:accounts \
        admin:read:reports admin:read:proposals admin:read:domain_blocks admin:read:domain_allows admin:read:ip_blocks \
        admin:read:email_domain_blocks admin:read:canonical_email_blocks admin:write admin:write:accounts \
        admin:write:reports admin:write:proposals admin:write:domain_blocks admin:write:domain_allows \
        admin:write:ip_blocks admin:write:email_domain_blocks admin:write:canonical_email_blocks";
    let is_wrong = |scope: &&str| {
        let scopes: Scopes = scope.parse().unwrap();
        !route.scopes.iter().any(|needed| scopes.allow(*needed))
    };
    all.split_whitespace()
        .filter(is_wrong)
        .collect::<Vec<_>>()
        .join(" ")
}

#[tokio::test]
async fn a_scope_too_small_is_refused_and_the_needed_one_named() {
    let world = world().await;
    let alice = world.app.member("alice").await;
    let token = world.app.token_for(&alice, "read write:favourites").await;

    let request = world
        .client
        .post("/api/v1/statuses")
        .as_(&token)
        .json(&json!({"status": "hi"}));
    let answer = request.send().await.expect(403);

    assert_eq!(
        answer.json(),
        json!({"error": "This action is outside the authorized scopes"})
    );
    let challenge = answer.header("www-authenticate").unwrap();
    assert!(challenge.contains("insufficient_scope"), "{challenge}");
    assert!(challenge.contains("write:statuses"), "{challenge}");
}

#[tokio::test]
async fn a_token_that_may_only_write_does_not_read_public_things_either() {
    let world = world().await;
    let alice = world.app.member("alice").await;
    let token = world.app.token_for(&alice, "write").await;

    world
        .client
        .get("/api/v1/timelines/public")
        .send()
        .await
        .expect(200);
    world
        .client
        .get("/api/v1/timelines/public")
        .as_(&token)
        .send()
        .await
        .expect(403);
}

#[tokio::test]
async fn an_app_on_its_own_behalf_has_no_home() {
    let world = world().await;
    let token = world.app.app_token("read write").await;

    let answer = world
        .client
        .get("/api/v1/timelines/home")
        .as_(&token)
        .send()
        .await
        .expect(422);

    assert_eq!(
        answer.json(),
        json!({"error": "This method requires an authenticated user"})
    );
}

#[tokio::test]
async fn an_unknown_token_is_refused_where_none_is_needed_too() {
    let world = world().await;

    let answer = world
        .client
        .get("/api/v1/timelines/public")
        .as_("abc")
        .send()
        .await
        .expect(401);

    assert_eq!(
        answer.json(),
        json!({"error": "The access token is invalid"})
    );
}

#[tokio::test]
async fn an_app_whose_token_has_ended_can_still_learn_what_server_this_is() {
    let world = world().await;

    world
        .client
        .get("/api/v2/instance")
        .as_("abc")
        .send()
        .await
        .expect(200);
}

#[tokio::test]
async fn a_revoked_token_is_refused_at_once() {
    let world = world().await;
    let alice = world.person("alice").await;
    alice.get("/api/v1/timelines/home").await.expect(200);

    service::auth::revoke_everything(&world.app, alice.member.id)
        .await
        .unwrap();

    alice.get("/api/v1/timelines/home").await.expect(401);
}

#[tokio::test]
async fn whoever_waits_to_be_let_in_is_told_so() {
    let world = world().await;
    let waiting = world.app.member("alice").unapproved().await;
    let alice = world.equip(waiting).await;

    let answer = alice.get("/api/v1/timelines/home").await.expect(403);

    assert_eq!(
        answer.json(),
        json!({"error": "Your login is currently pending approval"})
    );
}
