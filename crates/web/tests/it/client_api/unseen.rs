//! What somebody may not see is exactly like what never was.

use http::HeaderMap;
use serde_json::json;
use testkit::http::Answer;

use super::world::{id, ids, world};

fn without_its_time(answer: &Answer) -> HeaderMap {
    let mut headers = answer.headers.clone();
    headers.remove("date");
    headers
}

/// S33: in Mastodon, "forbidden" and "not found" once told apart whether a private post exists.
#[tokio::test]
async fn a_post_one_may_not_see_is_answered_byte_for_byte_like_one_that_never_was() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let form = json!({"status": "psst", "visibility": "private"});
    let hidden = id(&alice
        .sends("/api/v1/statuses", &form)
        .await
        .expect(200)
        .json());

    let of_statuses =
        |route: &web::client_api::RouteDescription| route.path.starts_with("/api/v1/statuses/{id}");
    for route in web::client_api::routes().into_iter().filter(of_statuses) {
        for token in [None, Some(&bob.token)] {
            let ask = async |status: &str| {
                let request = world
                    .client
                    .request(route.method.clone(), &route.path.replace("{id}", status));
                let request = match token {
                    Some(token) => request.as_(token).json(&json!({"status": "changed"})),
                    None => request,
                };
                request.send().await
            };
            let to_hidden = ask(&hidden).await;
            let to_nothing = ask("1").await;

            let name = format!(
                "{} {} (token: {})",
                route.method,
                route.path,
                token.is_some()
            );
            assert!(
                [401, 404].contains(&to_hidden.status.as_u16()),
                "{name}: {}",
                to_hidden.text()
            );
            assert_eq!(to_hidden.status, to_nothing.status, "{name}");
            assert_eq!(to_hidden.text(), to_nothing.text(), "{name}");
            assert_eq!(
                without_its_time(&to_hidden),
                without_its_time(&to_nothing),
                "{name}"
            );
        }
    }
    let answering = json!({"status": "me too", "in_reply_to_id": hidden});
    bob.sends("/api/v1/statuses", &answering).await.expect(404);
}

/// S34: in Mastodon, some things of one member were found by id alone, by anybody signed in.
#[tokio::test]
async fn notifications_of_one_member_do_not_exist_for_another() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    bob.says("@alice hi").await;
    let hers = ids(&alice.sees("/api/v1/notifications").await).remove(0);

    bob.get(&format!("/api/v1/notifications/{hers}"))
        .await
        .expect(404);
    let dismiss = format!("/api/v1/notifications/{hers}/dismiss");
    bob.sends(&dismiss, &json!({})).await;
    bob.does("/api/v1/notifications/clear").await;

    assert_eq!(ids(&alice.sees("/api/v1/notifications").await), [hers]);
}

/// S38: in Mastodon, a cache in front once gave one viewer's answer to another.
#[tokio::test]
async fn no_answer_may_be_kept_by_a_cache() {
    let world = world().await;
    let alice = world.person("alice").await;
    let post = alice.says("hello").await;

    for path in [
        format!("/api/v1/statuses/{post}"),
        "/api/v1/statuses/1".into(),
        "/api/v1/timelines/home".into(),
    ] {
        for answer in [alice.get(&path).await, world.client.get(&path).send().await] {
            assert_eq!(
                answer.header("cache-control"),
                Some("private, no-store"),
                "{path}"
            );
            assert!(
                answer.header("vary").unwrap().contains("Authorization"),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn people_of_other_servers_are_shown_with_their_host() {
    let world = world().await;
    let alice = world.person("alice").await;
    let mia = world.app.remote("mia@mastodon.example").await;

    alice
        .does(&format!("/api/v1/accounts/{}/follow", mia.id))
        .await;

    let path = format!("/api/v1/accounts/relationships?id[]={}", mia.id);
    let relationship = &alice.sees(&path).await[0];
    assert_eq!(
        (&relationship["following"], &relationship["requested"]),
        (&false.into(), &true.into())
    );
}
