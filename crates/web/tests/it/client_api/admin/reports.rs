//! Reports.

use serde_json::json;

use super::chamber::{chamber, proposal};
use crate::client_api::world::ids;

#[tokio::test]
async fn a_report_has_the_shape_of_mastodons() {
    let chamber = chamber().await;
    let (alice, bob) = (chamber.member("alice").await, chamber.member("bob").await);
    let post = bob.says("buy now").await;
    let form = json!({"account_id": bob.id(), "status_ids": [post], "category": "spam"});
    let id = alice
        .sends("/api/v1/reports", &form)
        .await
        .expect(200)
        .json()["id"]
        .clone();

    let path = format!("/api/v1/admin/reports/{}", id.as_str().unwrap());
    let report = chamber.mona.sees(&path).await;

    assert_eq!(
        (&report["action_taken"], &report["forwarded"]),
        (&false.into(), &false.into())
    );
    assert_eq!(report["category"], "spam");
    assert_eq!(report["account"]["username"], "alice");
    assert_eq!(report["target_account"]["username"], "bob");
    assert_eq!(report["assigned_account"], json!(null));
    assert_eq!(report["statuses"][0]["id"], post.as_str());
    assert_eq!(report["rules"], json!([]));
    assert_eq!(report["moot"]["origin"], "member");
    assert_eq!(report["moot"]["evidence"][0]["status_id"], post.as_str());
}

#[tokio::test]
async fn housekeeping_needs_nobody_else() {
    let chamber = chamber().await;
    let (alice, bob) = (chamber.member("alice").await, chamber.member("bob").await);
    let path = format!(
        "/api/v1/admin/reports/{}",
        chamber.report(&alice, &bob, "spam").await
    );

    let taken = chamber.mona.does(&format!("{path}/assign_to_self")).await;
    let form = json!({"category": "violation", "rule_ids": [1]});
    let sorted = chamber
        .mona
        .asks("PUT", &path, &form)
        .await
        .expect(200)
        .json();
    let left = chamber.mona.does(&format!("{path}/unassign")).await;

    assert_eq!(taken["assigned_account"]["username"], "mona");
    assert_eq!(sorted["category"], "violation");
    assert_eq!(sorted["rules"][0]["id"], "1");
    assert_eq!(left["assigned_account"], json!(null));
    chamber
        .mona
        .asks("PUT", &path, &json!({"category": "nonsense"}))
        .await
        .expect(422);
}

#[tokio::test]
async fn doing_nothing_takes_two() {
    let chamber = chamber().await;
    let (alice, bob) = (chamber.member("alice").await, chamber.member("bob").await);
    let path = format!(
        "/api/v1/admin/reports/{}",
        chamber.report(&alice, &bob, "meh").await
    );

    let first = chamber
        .mona
        .sends(&format!("{path}/resolve"), &json!({}))
        .await
        .expect(200);
    let second = chamber
        .mark
        .sends(&format!("{path}/resolve"), &json!({}))
        .await
        .expect(200);
    let open = chamber.mona.sees("/api/v1/admin/reports").await;
    let closed = chamber
        .mona
        .sees("/api/v1/admin/reports?resolved=true")
        .await;
    let reopened = chamber.mira.does(&format!("{path}/reopen")).await;

    assert_eq!(first.json()["action_taken"], false);
    assert_eq!(first.json()["assigned_account"]["username"], "mona");
    assert_eq!(
        first.json()["moot"]["proposals"][0]["kind"],
        "report.close_no_action"
    );
    assert_eq!(proposal(&second).1, "executed");
    assert_eq!(second.json()["action_taken"], true);
    assert_eq!(
        second.json()["action_taken_by_account"]["username"],
        "mona",
        "the proposer"
    );
    let approved = second.json()["moot"]["approved_by"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(approved, 2);
    assert_eq!(ids(&open), [""; 0]);
    assert_eq!(ids(&closed).len(), 1);
    assert_eq!(reopened["action_taken"], false);
}

#[tokio::test]
async fn a_measure_that_cites_a_report_closes_it() {
    let chamber = chamber().await;
    let (alice, bob) = (chamber.member("alice").await, chamber.member("bob").await);
    let report = chamber.report(&alice, &bob, "spam").await;

    let action = format!("/api/v1/admin/accounts/{}/action", bob.id());
    let form = json!({"type": "silence", "report_id": report});
    for moderator in [&chamber.mona, &chamber.mark] {
        moderator.sends(&action, &form).await.expect(200);
    }

    let closed = chamber
        .mira
        .sees(&format!("/api/v1/admin/reports/{report}"))
        .await;
    assert_eq!(closed["action_taken"], true);
    assert_eq!(closed["action_taken_by_account"]["username"], "mona");
}

#[tokio::test]
async fn a_moderator_does_not_see_a_report_about_them_nor_decides_their_own() {
    let chamber = chamber().await;
    let alice = chamber.member("alice").await;
    let about = chamber.report(&alice, &chamber.mira, "rude").await;
    let by = chamber.report(&chamber.mira, &alice, "rude too").await;

    let listed = chamber.mira.sees("/api/v1/admin/reports").await;
    let hidden = chamber
        .mira
        .get(&format!("/api/v1/admin/reports/{about}"))
        .await
        .expect(404);
    let own = chamber
        .mira
        .get(&format!("/api/v1/admin/reports/{by}"))
        .await
        .expect(404);
    let never = chamber
        .mira
        .get("/api/v1/admin/reports/1")
        .await
        .expect(404);

    assert_eq!(ids(&listed), [""; 0]);
    // S33
    assert_eq!(hidden.text(), never.text());
    assert_eq!(own.text(), never.text());
    assert_eq!(
        ids(&chamber.mona.sees("/api/v1/admin/reports").await).len(),
        2
    );
    for call in ["resolve", "assign_to_self"] {
        let path = format!("/api/v1/admin/reports/{by}/{call}");
        chamber.mira.sends(&path, &json!({})).await.expect(403);
    }
    let action = format!("/api/v1/admin/accounts/{}/action", alice.id());
    let form = json!({"type": "suspend", "report_id": by});
    chamber.mira.sends(&action, &form).await.expect(403);
}

#[tokio::test]
async fn lists_are_filtered_by_who_reports_and_who_is_reported() {
    let chamber = chamber().await;
    let (alice, bob) = (chamber.member("alice").await, chamber.member("bob").await);
    let one = chamber.report(&alice, &bob, "spam").await;
    let other = chamber.report(&bob, &alice, "no, they").await;
    let by = async |query: String| {
        let path = format!("/api/v1/admin/reports?{query}");
        ids(&chamber.mona.sees(&path).await)
    };

    assert_eq!(by(String::new()).await, [other.as_str(), one.as_str()]);
    assert_eq!(
        by(format!("account_id={}", alice.id())).await,
        [one.as_str()]
    );
    assert_eq!(
        by(format!("target_account_id={}", alice.id())).await,
        [other.as_str()]
    );
    assert_eq!(by("resolved=true".into()).await, [""; 0]);
    assert_eq!(by("resolved=true&unresolved=true".into()).await.len(), 2);
}
