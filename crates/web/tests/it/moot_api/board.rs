//! The board's decisions, and seats.

use serde_json::json;

use crate::client_api::{admin::chamber, world::id};

const DECISIONS: &str = "/api/moot/v1/board/decisions";

#[tokio::test]
async fn a_decision_takes_effect_when_another_of_the_board_confirms_it() {
    let chamber = chamber().await;
    let form = json!({
        "kind": "remove_moderator", "params": {"seat_no": 3}, "text": "Thank you, Mira.",
        "decided_on": "2026-06-14",
    });

    let recorded = chamber
        .berta
        .sends(DECISIONS, &form)
        .await
        .expect(200)
        .json();
    let one = format!("{DECISIONS}/{}", id(&recorded));
    let confirm = format!("{one}/confirm");
    let seen = json!({"digest": recorded["digest"]});
    chamber.berta.sends(&confirm, &seen).await.expect(403);
    chamber.mona.sends(&confirm, &seen).await.expect(403);
    chamber
        .boris
        .sends(&confirm, &json!({"digest": "00".repeat(32)}))
        .await
        .expect(409);
    let confirmed = chamber
        .boris
        .sends(&confirm, &seen)
        .await
        .expect(200)
        .json();
    let seats = chamber.mona.sees("/api/moot/v1/board/seats").await;

    assert_eq!(recorded["state"], "recorded");
    assert_eq!(recorded["decided_on"], "2026-06-14");
    assert!(!recorded["changes"].as_array().unwrap().is_empty());
    assert_eq!(confirmed["state"], "confirmed");
    assert_eq!(
        confirmed["confirmations"][0]["person"]["handle"],
        "boris@moot.test"
    );
    assert_eq!(seats[2]["state"], "vacant");
    assert_eq!(seats[0]["holder"]["handle"], "mona@moot.test");
    chamber.mira.get(&one).await.expect(403);
}

// 4 of the guidelines, class D: nobody but the board.
#[tokio::test]
async fn moderators_record_nothing_for_the_board() {
    let chamber = chamber().await;
    let form =
        json!({"kind": "change_governance", "params": {"settings": {"threshold": 2}}, "text": "x"});

    chamber.mona.sends(DECISIONS, &form).await.expect(403);
    chamber.mona.get(DECISIONS).await.expect(200);
    chamber
        .berta
        .sends(DECISIONS, &json!({"kind": "party", "text": "x"}))
        .await
        .expect(422);
}

#[tokio::test]
async fn what_is_not_confirmed_is_withdrawn() {
    let chamber = chamber().await;
    let form = json!({"kind": "remove_moderator", "params": {"seat_no": 1}, "text": "x"});
    let recorded = chamber
        .berta
        .sends(DECISIONS, &form)
        .await
        .expect(200)
        .json();

    let path = format!("{DECISIONS}/{}/withdraw", id(&recorded));
    let withdrawn = chamber
        .boris
        .sends(&path, &json!({}))
        .await
        .expect(200)
        .json();
    let listed = chamber
        .mona
        .sees(&format!("{DECISIONS}?state=withdrawn"))
        .await;

    assert_eq!(withdrawn["state"], "withdrawn");
    assert_eq!(listed[0]["id"], recorded["id"]);
}

#[tokio::test]
async fn a_moderator_goes_on_leave_and_comes_back_or_steps_down() {
    let chamber = chamber().await;
    let state = |seats: &serde_json::Value| seats[0]["state"].clone();

    let away = chamber.mona.does("/api/moot/v1/seat/leave").await;
    let back = chamber.mona.does("/api/moot/v1/seat/return").await;
    let gone = chamber.mona.does("/api/moot/v1/seat/step_down").await;

    assert_eq!(
        (state(&away), state(&back)),
        (json!("on_leave"), json!("active"))
    );
    assert_eq!(state(&gone), "vacant");
    chamber.mona.get("/api/v1/admin/accounts").await.expect(403);
    chamber
        .berta
        .sends("/api/moot/v1/seat/leave", &json!({}))
        .await
        .expect(403);
}
