//! Cases.

use serde_json::{Value, json};

use crate::client_api::{admin::chamber, world::ids};

#[tokio::test]
async fn reports_about_one_account_are_one_case_that_is_worked_on() {
    let chamber = chamber().await;
    let (alice, bob) = (chamber.member("alice").await, chamber.member("bob").await);
    let carol = chamber.member("carol").await;
    chamber.report(&alice, &bob, "spam").await;
    chamber.report(&carol, &bob, "spam, again").await;

    let cases = chamber.mona.sees("/api/moot/v1/cases").await;
    let path = format!("/api/moot/v1/cases/{}", cases[0]["id"].as_str().unwrap());
    let claimed = chamber
        .mona
        .sends(&format!("{path}/claim"), &json!({}))
        .await
        .expect(200)
        .json();
    let noted = chamber
        .mona
        .sends(
            &format!("{path}/notes"),
            &json!({"text": "Looks like a bot"}),
        )
        .await
        .expect(200)
        .json();
    let sorted = chamber
        .mona
        .asks(
            "PUT",
            &format!("{path}/category"),
            &json!({"category": "violation"}),
        )
        .await
        .expect(200)
        .json();
    let asked = chamber
        .mona
        .sends(
            &format!("{path}/questions"),
            &json!({"to": "author", "text": "Is it you?"}),
        )
        .await
        .expect(200)
        .json();
    let left = chamber
        .mona
        .sends(&format!("{path}/unclaim"), &json!({}))
        .await
        .expect(200)
        .json();

    assert_eq!(ids(&cases).len(), 1);
    assert_eq!(claimed["claimed_by"]["handle"], "mona@moot.test");
    assert_eq!(claimed["report_ids"].as_array().unwrap().len(), 2);
    assert_eq!(noted["notes"][0]["text"], "Looks like a bot");
    assert_eq!(sorted["category"], "violation");
    assert_eq!(asked["notes"][1]["kind"], "question_to_author");
    assert_eq!(left["claimed_by"], Value::Null);
    let both = json!({"to": "reporter", "text": "Since when?"});
    chamber
        .mona
        .sends(&format!("{path}/questions"), &both)
        .await
        .expect(422);
}

#[tokio::test]
async fn a_case_about_a_moderator_is_not_there_for_them() {
    let chamber = chamber().await;
    let alice = chamber.member("alice").await;
    chamber.report(&alice, &chamber.mira, "rude").await;
    let cases = chamber.mona.sees("/api/moot/v1/cases").await;
    let path = format!("/api/moot/v1/cases/{}", cases[0]["id"].as_str().unwrap());

    let hidden = chamber.mira.get(&path).await.expect(404);
    let never = chamber.mira.get("/api/moot/v1/cases/1").await.expect(404);

    // S33
    assert_eq!(hidden.text(), never.text());
    assert_eq!(chamber.mira.sees("/api/moot/v1/cases").await, json!([]));
    chamber
        .mira
        .sends(&format!("{path}/notes"), &json!({"text": "I was not"}))
        .await
        .expect(404);
}

#[tokio::test]
async fn whoever_stands_aside_from_a_case_works_on_it_no_more() {
    let chamber = chamber().await;
    let (alice, bob) = (chamber.member("alice").await, chamber.member("bob").await);
    chamber.report(&alice, &bob, "spam").await;
    let cases = chamber.mona.sees("/api/moot/v1/cases").await;
    let path = format!("/api/moot/v1/cases/{}", cases[0]["id"].as_str().unwrap());

    let reason = json!({"reason": "A friend"});
    chamber
        .mona
        .sends(&format!("{path}/recuse"), &reason)
        .await
        .expect(200);

    chamber
        .mona
        .sends(&format!("{path}/claim"), &json!({}))
        .await
        .expect(403);
    assert_eq!(chamber.mona.sees(&path).await["is_recused"], true);
}

// S70: posts that are not for everybody are evidence, and looking at them needs a reason.
#[tokio::test]
async fn private_posts_are_shown_for_a_reason_only() {
    let chamber = chamber().await;
    let (alice, bob) = (chamber.member("alice").await, chamber.member("bob").await);
    let form = json!({"status": "@alice you fool", "visibility": "direct"});
    let post = bob
        .sends("/api/v1/statuses", &form)
        .await
        .expect(200)
        .json()["id"]
        .clone();
    let form = json!({"account_id": bob.id(), "status_ids": [post], "category": "violation", "rule_ids": [1]});
    alice.sends("/api/v1/reports", &form).await.expect(200);
    let cases = chamber.mona.sees("/api/moot/v1/cases").await;
    let path = format!("/api/moot/v1/cases/{}", cases[0]["id"].as_str().unwrap());

    let without = chamber.mona.sees(&path).await;
    let with = chamber
        .mona
        .sees(&format!("{path}?reason=To%20judge%20it"))
        .await;

    assert_eq!(
        (&without["evidence"], &without["withheld"]),
        (&json!([]), &json!(["evidence"]))
    );
    assert_eq!(with["evidence"][0]["visibility"], "direct");
    assert!(with["evidence"][0]["seen"].to_string().contains("fool"));
}
