//! Reporting somebody.

use serde_json::{Value, json};

use super::world::world;

const PATH: &str = "/api/v1/reports";

#[tokio::test]
async fn a_report_is_answered_with_everything_that_apps_expect() {
    let world = world().await;
    let (alice, tom) = (world.person("alice").await, world.person("tom").await);
    let post = tom.member.posts("nasty").await.status.id.to_string();

    let report: Value = alice
        .sends(
            PATH,
            &json!({"account_id": tom.id(), "status_ids": [post], "comment": "<b>rude</b>", "category": "spam", "forward": "true"}),
        )
        .await
        .expect(200)
        .json();

    assert!(report["id"].is_string());
    assert!(report["created_at"].is_string());
    assert_eq!(report["target_account"]["id"], tom.id());
    let mut rest = report.clone();
    for key in ["id", "created_at", "target_account"] {
        rest.as_object_mut().unwrap().remove(key);
    }
    assert_eq!(
        rest,
        json!({
            "action_taken": false,
            "action_taken_at": null,
            "category": "spam",
            "comment": "<b>rude</b>",
            // Members are on no other server.
            "forwarded": false,
            "status_ids": [post],
            "rule_ids": null,
            "collection_ids": [],
        })
    );
}

#[tokio::test]
async fn a_report_about_somebody_elsewhere_is_forwarded_on_request() {
    let world = world().await;
    let alice = world.person("alice").await;
    let eve = world.app.remote("eve@evil.example").await;

    let report = alice
        .sends(
            PATH,
            &json!({"account_id": eve.id.to_string(), "forward": true}),
        )
        .await
        .expect(200)
        .json();

    assert_eq!(report["forwarded"], true);
    assert_eq!(report["category"], "other");
}

#[tokio::test]
async fn rules_make_a_violation() {
    let app = testkit::app()
        .settings(|settings| settings.presentation.rules = vec!["Be kind".into()])
        .await;
    let client = testkit::http::Client::new(web::router(app.to_app()));
    let (alice, tom) = (app.member("alice").await, app.member("tom").await);
    let token = app.token_for(&alice, "write:reports").await;
    let sends = async |form: Value| client.post(PATH).as_(&token).json(&form).send().await;

    let report: Value =
        sends(json!({"account_id": tom.id.to_string(), "category": "other", "rule_ids": ["1"]}))
            .await
            .expect(200)
            .json();
    let unknown = sends(json!({"account_id": tom.id.to_string(), "rule_ids": [2]}))
        .await
        .expect(422);

    assert_eq!(report["category"], "violation");
    assert_eq!(report["rule_ids"], json!(["1"]));
    assert_eq!(
        unknown.json()["error"],
        "Validation failed: Rule ids does not reference valid rules"
    );
}

// S70: reports cited others' posts.
#[tokio::test]
async fn what_is_wrong_is_refused_as_mastodon_refuses_it() {
    let world = world().await;
    let (alice, tom) = (world.person("alice").await, world.person("tom").await);
    let own = alice.member.posts("mine").await.status.id.to_string();
    let hidden = tom
        .member
        .posts("quiet")
        .followers_only()
        .await
        .status
        .id
        .to_string();
    let about = |more: Value| {
        let mut form = json!({"account_id": tom.id()});
        form.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        form
    };

    for (form, status, error) in [
        (json!({}), 404, "Record not found"),
        (json!({"account_id": "1"}), 404, "Record not found"),
        (about(json!({"status_ids": [own]})), 404, "Record not found"),
        (
            about(json!({"status_ids": [hidden]})),
            404,
            "Record not found",
        ),
        (about(json!({"status_ids": ["x"]})), 404, "Record not found"),
        (
            about(json!({"comment": "x".repeat(1_001)})),
            422,
            "Validation failed: Comment is too long (maximum is 1000 characters)",
        ),
        (
            about(json!({"category": "violation"})),
            422,
            "Validation failed: Rule ids does not reference valid rules",
        ),
        (
            about(json!({"category": "dull"})),
            422,
            "'dull' is not a valid category",
        ),
    ] {
        let answer = alice.sends(PATH, &form).await.expect(status);

        assert_eq!(answer.json()["error"], error, "{form}");
    }
}

#[tokio::test]
async fn reports_take_their_own_scope() {
    let world = world().await;
    let alice = world.app.member("alice").await;
    let tom = world.app.member("tom").await;
    let token = world.app.token_for(&alice, "read write:statuses").await;

    let answer = world
        .client
        .post(PATH)
        .as_(&token)
        .json(&json!({"account_id": tom.id.to_string()}))
        .send()
        .await;

    answer.expect(403);
}

#[tokio::test]
async fn moderators_and_members_are_notified_with_what_it_is_about() {
    use model::moderation::{Kind, Target};

    let world = world().await;
    let council = world.app.council().await;
    let (alice, tom) = (world.person("alice").await, world.person("tom").await);
    let mark = world.app.token_for(&council.moderators[1], "read").await;
    alice
        .sends(PATH, &json!({"account_id": tom.id(), "comment": "rude"}))
        .await
        .expect(200);
    council
        .carries(Kind::AccountLimit, Target::Account(tom.member.id))
        .await;

    let path = "/api/v1/notifications?types[]=admin.report&types[]=moderation_warning";
    let marks: Value = world
        .client
        .get(path)
        .as_(&mark)
        .send()
        .await
        .expect(200)
        .json();
    let toms = tom.sees(path).await;

    assert_eq!(marks.as_array().map(Vec::len), Some(1));
    assert_eq!(marks[0]["type"], "admin.report");
    assert_eq!(marks[0]["account"]["id"], alice.id());
    assert_eq!(marks[0]["report"]["comment"], "rude");
    assert_eq!(marks[0]["report"]["target_account"]["id"], tom.id());
    assert_eq!(toms.as_array().map(Vec::len), Some(1));
    assert_eq!(toms[0]["type"], "moderation_warning");
    assert_eq!(toms[0]["moderation_warning"]["action"], "silence");
    assert_eq!(toms[0]["moderation_warning"]["appeal"], Value::Null);
    assert!(!toms[0].to_string().contains("rude") && !toms[0].to_string().contains(&alice.id()));
}
