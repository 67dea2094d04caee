//! What peers and browsers may read, and how it is answered.

use serde_json::Value;
use testkit::FakeClock;
use testkit::http::Answer;

use crate::wire::Elsewhere;
use crate::world::World;

const AP: &str = "application/activity+json";

async fn server() -> (World, testkit::Member) {
    let world = World::new("moot.test", &Elsewhere::default(), &FakeClock::default()).await;
    let alice = world.app.member("Alice").await;
    (world, alice)
}

async fn get(world: &World, path: &str, accept: &str) -> Answer {
    world.inbox.get(path).header("accept", accept).send().await
}

#[tokio::test]
async fn webfinger_answers_every_name_of_a_member_with_the_one_handle() {
    let (world, alice) = server().await;
    let uri = &alice.account.uri;

    for resource in [
        "acct:alice@moot.test",
        "alice@MOOT.test",
        uri,
        "https://moot.test/@Alice",
        "https://moot.test/users/alice",
    ] {
        let path = format!("/.well-known/webfinger?resource={resource}");
        let answer = get(&world, &path, "application/jrd+json").await.expect(200);
        let jrd = answer.json();
        assert_eq!(jrd["subject"], "acct:Alice@moot.test", "{resource}");
        let own: Vec<&Value> = jrd["links"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|link| link["rel"] == "self")
            .collect();
        assert_eq!(own.len(), 1);
        assert_eq!(own[0]["href"], uri.as_str());
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    }
    for (resource, status) in [
        ("", 400),
        ("nonsense", 400),
        ("acct:nobody@moot.test", 404),
        ("acct:alice@other.example", 404),
    ] {
        get(
            &world,
            &format!("/.well-known/webfinger?resource={resource}"),
            "*/*",
        )
        .await
        .expect(status);
    }
    for resource in [
        "acct:moot.test@moot.test",
        "https://moot.test/actor",
        "https://moot.test",
    ] {
        let jrd = get(
            &world,
            &format!("/.well-known/webfinger?resource={resource}"),
            "*/*",
        )
        .await
        .expect(200)
        .json();
        assert_eq!(jrd["subject"], "acct:moot.test@moot.test");
    }
}

#[tokio::test]
async fn discovery_documents_are_there() {
    let (world, _) = server().await;

    let meta = get(&world, "/.well-known/host-meta", "*/*")
        .await
        .expect(200);
    assert!(
        meta.text()
            .contains("https://moot.test/.well-known/webfinger?resource={uri}")
    );
    assert!(
        meta.header("content-type")
            .unwrap()
            .starts_with("application/xrd+xml")
    );
    let index = get(&world, "/.well-known/nodeinfo", "*/*")
        .await
        .expect(200)
        .json();
    assert_eq!(index["links"].as_array().unwrap().len(), 3);
    for version in ["2.0", "2.1"] {
        let info = get(&world, &format!("/nodeinfo/{version}"), "*/*")
            .await
            .expect(200)
            .json();
        assert_eq!(
            (info["version"].as_str(), info["software"]["name"].as_str()),
            (Some(version), Some("moot"))
        );
        assert_eq!(info["metadata"]["profile"], "test");
    }
    get(&world, "/nodeinfo/3.0", "*/*").await.expect(404);
    let actor = get(&world, "/actor", AP).await.expect(200).json();
    assert_eq!(
        (actor["type"].as_str(), actor["preferredUsername"].as_str()),
        (Some("Application"), Some("moot.test"))
    );
}

#[tokio::test]
async fn an_actor_is_a_document_to_servers_and_a_page_to_browsers() {
    let (world, alice) = server().await;
    let numeric = format!("/ap/users/{}", alice.id);

    for path in [numeric.as_str(), "/users/alice"] {
        let answer = get(&world, path, AP).await.expect(200);
        assert_eq!(answer.json()["id"], alice.account.uri.as_str());
        assert_eq!(
            answer.header("content-type"),
            Some("application/activity+json; charset=utf-8")
        );
        assert_eq!(answer.header("vary"), Some("Accept"));
        let page = get(&world, path, "text/html,*/*;q=0.8").await.expect(302);
        assert_eq!(page.header("location"), Some("https://moot.test/@Alice"));
    }
    get(&world, "/users/nobody", AP).await.expect(404);
    get(&world, "/ap/users/1", AP).await.expect(404);
}

#[tokio::test]
async fn posts_for_everybody_are_shown_and_the_others_are_not_there() {
    let (world, alice) = server().await;
    let open = alice.posts("hello").await.status;
    let closed = alice.posts("psst").followers_only().await.status;
    let path = |uri: &str| uri.strip_prefix("https://moot.test").unwrap().to_owned();

    let note = get(&world, &path(&open.uri), AP).await.expect(200).json();
    assert_eq!(
        (note["type"].as_str(), note["id"].as_str()),
        (Some("Note"), Some(open.uri.as_str()))
    );
    let create = get(&world, &format!("{}/activity", path(&open.uri)), AP)
        .await
        .expect(200)
        .json();
    assert_eq!(
        (create["type"].as_str(), &create["object"]["id"]),
        (Some("Create"), &note["id"])
    );
    for part in ["replies", "likes", "shares"] {
        get(&world, &format!("{}/{part}", path(&open.uri)), AP)
            .await
            .expect(200);
        get(&world, &format!("{}/{part}", path(&closed.uri)), AP)
            .await
            .expect(404);
    }
    get(&world, &path(&closed.uri), AP).await.expect(404);
    get(&world, &path(&closed.uri), "text/html")
        .await
        .expect(404);
}

#[tokio::test]
async fn collections_have_pages_and_hidden_ones_only_a_number() {
    let (world, alice) = server().await;
    alice.posts("hello").await;
    for number in 0..14 {
        world
            .app
            .remote(&format!("fan{number}@other.example"))
            .await
            .follows(&alice)
            .await;
    }
    let base = format!("/ap/users/{}", alice.id);

    let outbox = get(&world, &format!("{base}/outbox?page=true"), AP)
        .await
        .expect(200)
        .json();
    assert_eq!(outbox["orderedItems"][0]["type"], "Create");
    let cover = get(&world, &format!("{base}/followers"), AP)
        .await
        .expect(200)
        .json();
    assert_eq!(cover["totalItems"], 14);
    let first = get(&world, &format!("{base}/followers?page=1"), AP)
        .await
        .expect(200)
        .json();
    assert_eq!(first["orderedItems"].as_array().unwrap().len(), 12);
    let next = first["next"]
        .as_str()
        .unwrap()
        .strip_prefix("https://moot.test")
        .unwrap()
        .to_owned();
    let second = get(&world, &next, AP).await.expect(200).json();
    assert_eq!(second["orderedItems"].as_array().unwrap().len(), 2);

    sqlx::query("UPDATE accounts SET hides_collections = true WHERE id = $1")
        .bind(alice.id.get())
        .execute(&world.app.db)
        .await
        .unwrap();
    let hidden = get(&world, &format!("{base}/followers"), AP)
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&hidden["totalItems"], hidden.get("first")),
        (&14.into(), None)
    );
    get(&world, &format!("{base}/followers?page=1"), AP)
        .await
        .expect(403);
}

#[tokio::test]
async fn an_actor_is_told_as_it_is_now_however_often_it_was_told_before() {
    let (world, alice) = server().await;
    let path = format!("/ap/users/{}", alice.id);
    let read = async || get(&world, &path, AP).await.expect(200).json();
    let run = async |change: &'static str| {
        sqlx::query(change).execute(&world.app.db).await.unwrap();
    };

    let before = read().await;
    let again = read().await;
    run("UPDATE accounts SET display_name = 'Alice the Second'").await;
    let renamed = read().await;
    run("UPDATE public_keys SET pem = 'another', fetched_at = now()").await;
    let with_another_key = read().await;

    assert_eq!(before, again);
    assert_eq!(before["name"], "Alice");
    assert_eq!(renamed["name"], "Alice the Second");
    assert_eq!(renamed["publicKey"], before["publicKey"]);
    assert_eq!(with_another_key["publicKey"]["publicKeyPem"], "another");
}
