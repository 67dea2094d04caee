//! Posts: writing, reading, changing, removing, reacting.

use serde_json::{Value, json};

use super::world::{Person, id, ids, world};

async fn posted(author: &Person, form: Value) -> Value {
    author
        .sends("/api/v1/statuses", &form)
        .await
        .expect(200)
        .json()
}

#[tokio::test]
async fn a_post_is_answered_as_mastodon_answers_it() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let form = json!({
        "status": "Hi @bob #Moot", "spoiler_text": "greeting", "sensitive": "true",
        "visibility": "unlisted", "language": "en",
    });

    let post = posted(&alice, form).await;

    let post_id = id(&post);
    assert_eq!(post["visibility"], "unlisted");
    assert_eq!(post["spoiler_text"], "greeting");
    assert_eq!(post["sensitive"], true);
    assert_eq!(post["language"], "en");
    assert_eq!(post["url"], format!("https://moot.test/@alice/{post_id}"));
    assert_eq!(
        post["uri"],
        format!(
            "https://moot.test/ap/users/{}/statuses/{post_id}",
            alice.id()
        )
    );
    assert_eq!(id(&post["mentions"][0]), bob.id());
    assert_eq!(post["tags"][0]["name"], "moot");
    assert_eq!(post["favourited"], false);
    assert_eq!(post["filtered"], json!([]));
    assert_eq!(post["reblog"], Value::Null);
    assert!(
        post["content"]
            .as_str()
            .unwrap()
            .contains("https://moot.test/@bob")
    );
    assert_eq!(
        alice.sees(&format!("/api/v1/statuses/{post_id}")).await,
        post
    );
}

#[tokio::test]
async fn the_same_key_gives_the_same_post() {
    let world = world().await;
    let alice = world.person("alice").await;
    let post = async |key: &str, text: &str| {
        let request = world.client.post("/api/v1/statuses").as_(&alice.token);
        let request = request
            .header("idempotency-key", key)
            .form(&[("status", text)]);
        id(&request.send().await.expect(200).json())
    };

    let first = post("a", "hello").await;

    assert_eq!(post("a", "hello").await, first);
    assert_ne!(post("b", "hello").await, first);
}

#[tokio::test]
async fn a_post_that_is_empty_or_too_long_is_refused_with_a_sentence() {
    let world = world().await;
    let alice = world.person("alice").await;

    for text in [String::new(), "x".repeat(501)] {
        let answer = alice
            .sends("/api/v1/statuses", &json!({"status": text}))
            .await
            .expect(422);
        assert!(
            answer.json()["error"]
                .as_str()
                .unwrap()
                .starts_with("Validation failed: Text ")
        );
    }
}

#[tokio::test]
async fn an_answer_stands_below_what_it_answers() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let asked = alice.says("What is a moot?").await;

    let answer = posted(
        &bob,
        json!({"status": "@alice an assembly", "in_reply_to_id": asked}),
    )
    .await;
    let further = posted(
        &alice,
        json!({"status": "@bob thanks", "in_reply_to_id": id(&answer)}),
    )
    .await;

    assert_eq!(answer["in_reply_to_id"], asked);
    assert_eq!(answer["in_reply_to_account_id"], alice.id());
    let thread = bob
        .sees(&format!("/api/v1/statuses/{}/context", id(&answer)))
        .await;
    assert_eq!(ids(&thread["ancestors"]), [asked.as_str()]);
    assert_eq!(ids(&thread["descendants"]), [id(&further)]);
    assert_eq!(
        alice.sees(&format!("/api/v1/statuses/{asked}")).await["replies_count"],
        1
    );
}

#[tokio::test]
async fn an_answer_to_nothing_is_not_found() {
    let world = world().await;
    let alice = world.person("alice").await;

    let form = json!({"status": "hello?", "in_reply_to_id": "1"});
    let answer = alice.sends("/api/v1/statuses", &form).await.expect(404);

    assert!(
        answer.json()["error"]
            .as_str()
            .unwrap()
            .contains("reply to")
    );
}

#[tokio::test]
async fn what_one_may_not_see_is_not_found_whatever_one_tries() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let hidden = id(&posted(&alice, json!({"status": "psst", "visibility": "private"})).await);

    world
        .client
        .get(&format!("/api/v1/statuses/{hidden}"))
        .send()
        .await
        .expect(404);
    for path in [
        "",
        "/context",
        "/history",
        "/source",
        "/favourited_by",
        "/reblogged_by",
    ] {
        bob.get(&format!("/api/v1/statuses/{hidden}{path}"))
            .await
            .expect(404);
    }
    for path in ["favourite", "reblog", "bookmark"] {
        bob.sends(&format!("/api/v1/statuses/{hidden}/{path}"), &json!({}))
            .await
            .expect(404);
    }
    let several = bob.sees(&format!("/api/v1/statuses?id[]={hidden}")).await;
    assert_eq!(several, json!([]));
}

#[tokio::test]
async fn an_edit_changes_the_text_and_keeps_the_past() {
    let world = world().await;
    let alice = world.person("alice").await;
    let post = alice.says("before").await;
    let path = format!("/api/v1/statuses/{post}");

    let request = world
        .client
        .put(&path)
        .as_(&alice.token)
        .json(&json!({"status": "after"}));
    let edited = request.send().await.expect(200).json();

    assert!(edited["content"].as_str().unwrap().contains("after"));
    assert!(edited["edited_at"].is_string());
    let source = alice.sees(&format!("{path}/source")).await;
    assert_eq!(
        source,
        json!({"id": post, "text": "after", "spoiler_text": ""})
    );
    let history = world
        .client
        .get(&format!("{path}/history"))
        .send()
        .await
        .expect(200)
        .json();
    assert_eq!(history.as_array().unwrap().len(), 2);
    assert!(history[0]["content"].as_str().unwrap().contains("before"));
    assert_eq!(history[1]["account"]["acct"], "alice");
}

#[tokio::test]
async fn only_the_author_edits_and_deletes() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let path = format!("/api/v1/statuses/{}", alice.says("mine").await);

    let request = world
        .client
        .put(&path)
        .as_(&bob.token)
        .json(&json!({"status": "yours"}));
    request.send().await.expect(404);
    world
        .client
        .delete(&path)
        .as_(&bob.token)
        .send()
        .await
        .expect(404);
    let deleted = world
        .client
        .delete(&path)
        .as_(&alice.token)
        .send()
        .await
        .expect(200)
        .json();

    assert_eq!(deleted["text"], "mine");
    assert!(deleted.get("content").is_none());
    alice.get(&path).await.expect(404);
}

#[tokio::test]
async fn favourites_bookmarks_and_boosts_can_be_given_and_taken_back() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let post = alice.says("hello").await;
    let path = format!("/api/v1/statuses/{post}");

    let favourited = bob.does(&format!("{path}/favourite")).await;
    let bookmarked = bob.does(&format!("{path}/bookmark")).await;
    let boost = bob.does(&format!("{path}/reblog")).await;

    assert_eq!(
        (&favourited["favourited"], &favourited["favourites_count"]),
        (&true.into(), &1.into())
    );
    assert_eq!(bookmarked["bookmarked"], true);
    assert_eq!(id(&boost["reblog"]), post);
    assert_eq!(boost["reblog"]["reblogged"], true);
    assert_eq!(boost["reblog"]["reblogs_count"], 1);
    assert_eq!(
        ids(&alice.sees(&format!("{path}/favourited_by")).await),
        [bob.id()]
    );
    assert_eq!(
        ids(&alice.sees(&format!("{path}/reblogged_by")).await),
        [bob.id()]
    );
    assert_eq!(ids(&bob.sees("/api/v1/favourites").await), [post.as_str()]);
    assert_eq!(ids(&bob.sees("/api/v1/bookmarks").await), [post.as_str()]);

    assert_eq!(
        bob.does(&format!("{path}/unfavourite")).await["favourited"],
        false
    );
    assert_eq!(
        bob.does(&format!("{path}/unbookmark")).await["bookmarked"],
        false
    );
    assert_eq!(
        bob.does(&format!("{path}/unreblog")).await["reblogged"],
        false
    );
    let now = alice.sees(&path).await;
    assert_eq!(
        (&now["favourites_count"], &now["reblogs_count"]),
        (&0.into(), &0.into())
    );
    assert_eq!(bob.sees("/api/v1/bookmarks").await, json!([]));
}

#[tokio::test]
async fn the_app_a_post_was_written_with_is_named() {
    let world = world().await;
    let app = world.app.app_token("read write").await;
    let form = json!({
        "username": "newcomer", "email": "new@mail.example", "password": "correct horse", "agreement": true,
    });
    let token = world
        .client
        .post("/api/v1/accounts")
        .as_(&app)
        .json(&form)
        .send()
        .await
        .expect(200)
        .json();

    let request = world
        .client
        .post("/api/v1/statuses")
        .as_(token["access_token"].as_str().unwrap());
    let post = request
        .json(&json!({"status": "hello"}))
        .send()
        .await
        .expect(200)
        .json();

    assert_eq!(
        post["application"],
        json!({"name": "An app", "website": null})
    );
}
