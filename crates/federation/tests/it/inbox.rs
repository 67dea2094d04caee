//! The inbox and its order: what is refused, by what, and at what cost.

use http::Method;
use serde_json::{Value, json};

use crate::wire::Served;
use crate::world::{World, key, key_id, recorded};

const AP: &str = "application/activity+json";
const MIA: &str = "https://mastodon.example/users/mia";

fn like(actor: &str) -> Value {
    json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{actor}#likes/900"),
        "type": "Like",
        "actor": actor,
        "object": "https://moot.example/users/alice/statuses/1",
    })
}

async fn waiting(world: &World) -> usize {
    world.app.jobs().await.len()
}

#[tokio::test]
async fn a_signed_activity_becomes_one_row_and_202() {
    let world = recorded().await;

    let answer = world
        .deliver(MIA, "/inbox", AP, like(MIA).to_string().as_bytes())
        .await;

    assert_eq!((answer.status.as_u16(), waiting(&world).await), (202, 1));
    assert!(world.elsewhere.sent(&Method::GET).is_empty());
}

#[tokio::test]
async fn what_fails_a_check_leaves_no_row_and_no_request() {
    let world = recorded().await;
    let body = like(MIA).to_string();
    let large = " ".repeat(1024 * 1024 + 1);

    for (status, content_type, body) in [
        (413, AP, large.as_str()),
        (415, "application/json", body.as_str()),
        (400, AP, "{"),
        (400, AP, "\"text\""),
    ] {
        let answer = world
            .deliver(MIA, "/inbox", content_type, body.as_bytes())
            .await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
        assert!(answer.json()["error"].is_string());
    }
    let unsigned = world
        .inbox
        .post("/inbox")
        .body(AP, body.clone())
        .send()
        .await;
    assert_eq!(unsigned.status.as_u16(), 401);
    assert!(unsigned.header("accept-signature").is_some());
    let nobody = world
        .deliver(MIA, "/users/nobody/inbox", AP, body.as_bytes())
        .await;
    assert_eq!(nobody.status.as_u16(), 404);
    assert_eq!(waiting(&world).await, 0);
    assert!(world.elsewhere.sent(&Method::GET).is_empty());
}

#[tokio::test]
async fn a_body_other_than_the_signed_one_is_refused() {
    let world = recorded().await;
    let url = url::Url::parse("https://moot.example/inbox").unwrap();
    let signed_body = like(MIA).to_string();
    let digest = activitypub::signature::digest(signed_body.as_bytes());
    let headers = activitypub::signature::sign_post(
        &activitypub::signature::Outgoing {
            url: &url,
            key_id: &key_id(MIA),
            key: key(),
            now: world.app.clock.now(),
        },
        &activitypub::signature::Payload {
            content_type: AP,
            digest: &digest,
            collection_synchronization: None,
        },
    );
    let mut request = world.inbox.post("/inbox");
    for (name, value) in headers
        .iter()
        .filter(|(name, _)| *name != "host" && *name != "content-type")
    {
        request = request.header(name.as_str(), value.to_str().unwrap());
    }

    let answer = request
        .body(AP, signed_body.replace("900", "901"))
        .send()
        .await;

    assert_eq!(
        (answer.status.as_u16(), answer.json()["error"].as_str()),
        (401, Some("digest_mismatch"))
    );
}

#[tokio::test]
async fn a_blocked_server_is_told_so() {
    let world = recorded().await;
    sqlx::query("INSERT INTO domain_blocks (domain, id, severity, created_at) VALUES ('mastodon.example', 1, 'suspend', now())")
        .execute(&world.app.db)
        .await
        .unwrap();

    let answer = world
        .deliver(MIA, "/inbox", AP, like(MIA).to_string().as_bytes())
        .await;

    assert_eq!((answer.status.as_u16(), waiting(&world).await), (403, 0));
}

/// S23: whatever came of looking for a key is remembered.
#[tokio::test]
async fn many_requests_with_one_dead_key_make_one_fetch() {
    let world = recorded().await;
    let stranger = "https://stranger.example/users/sam";

    for _ in 0..50 {
        let answer = world
            .deliver(
                stranger,
                "/inbox",
                AP,
                like(stranger).to_string().as_bytes(),
            )
            .await;
        assert_eq!(answer.status.as_u16(), 401, "{}", answer.text());
    }

    assert_eq!(world.elsewhere.sent(&Method::GET).len(), 1);
}

/// S20: whoever sends from ever new names does not make us ask for ever.
#[tokio::test]
async fn strangers_of_many_names_cause_a_bounded_number_of_fetches() {
    let world = recorded().await;

    for number in 0..150 {
        let stranger = format!("https://s{number}.example/users/sam");
        let body = like(&stranger).to_string();
        let answer = world
            .deliver(&stranger, "/inbox", AP, body.as_bytes())
            .await;
        assert!(
            matches!(answer.status.as_u16(), 401 | 503),
            "{}",
            answer.status
        );
    }

    assert_eq!(world.elsewhere.sent(&Method::GET).len(), 100);
}

/// R07: deletions of people nobody knows cost no fetch and no row.
#[tokio::test]
async fn a_flood_of_deletions_of_strangers_leaves_nothing_behind() {
    let world = recorded().await;

    for number in 0..50 {
        let actor = format!("https://gone.example/users/{number}");
        let delete = json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": format!("{actor}#delete"), "type": "Delete", "actor": actor, "object": actor,
        });
        let answer = world
            .deliver(&actor, "/inbox", AP, delete.to_string().as_bytes())
            .await;
        assert_eq!(answer.status.as_u16(), 202);
    }

    assert_eq!(waiting(&world).await, 0);
    assert!(world.elsewhere.sent(&Method::GET).is_empty());
}

#[tokio::test]
async fn somebody_unknown_is_fetched_confirmed_and_heard() {
    let world = recorded().await;
    let sam = "https://stranger.example/users/sam";
    world
        .elsewhere
        .serve(sam, Served::json(&actor(sam, "sam", "stranger.example")));
    world.elsewhere.serve(
        "https://stranger.example/.well-known/webfinger?resource=acct:sam@stranger.example",
        jrd("sam@stranger.example", sam),
    );

    let answer = world
        .deliver(sam, "/inbox", AP, like(sam).to_string().as_bytes())
        .await;
    world.work().await;

    assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());
    let likes: i64 =
        sqlx::query_scalar("SELECT count(*) FROM favourites WHERE uri LIKE '%stranger%'")
            .fetch_one(&world.app.db)
            .await
            .unwrap();
    assert_eq!(likes, 1);
}

/// S16: a handle counts only if its own domain names the same actor.
#[tokio::test]
async fn somebody_whose_handle_names_another_is_not_believed() {
    let world = recorded().await;
    let sam = "https://stranger.example/users/sam";
    world
        .elsewhere
        .serve(sam, Served::json(&actor(sam, "sam", "stranger.example")));
    world.elsewhere.serve(
        "https://stranger.example/.well-known/webfinger?resource=acct:sam@stranger.example",
        jrd(
            "sam@stranger.example",
            "https://stranger.example/users/somebody-else",
        ),
    );

    let answer = world
        .deliver(sam, "/inbox", AP, like(sam).to_string().as_bytes())
        .await;

    assert_eq!(answer.status.as_u16(), 401);
    assert!(
        service::accounts::find_by_uri(&world.app, sam)
            .await
            .unwrap()
            .is_none()
    );
}

fn actor(id: &str, name: &str, domain: &str) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
        "id": id, "type": "Person", "preferredUsername": name, "webfinger": format!("{name}@{domain}"),
        "inbox": format!("{id}/inbox"),
        "publicKey": { "id": key_id(id), "owner": id, "publicKeyPem": key().public_pem().unwrap() },
    })
}

fn jrd(acct: &str, actor: &str) -> Served {
    let jrd = json!({
        "subject": format!("acct:{acct}"),
        "links": [{ "rel": "self", "type": AP, "href": actor }],
    });
    Served::bytes("application/jrd+json", serde_json::to_vec(&jrd).unwrap())
}
