//! What is to be done about accounts.

use serde_json::json;

use super::chamber::{chamber, proposal};
use crate::client_api::world::linked;

fn action(id: &str) -> String {
    format!("/api/v1/admin/accounts/{id}/action")
}

#[tokio::test]
async fn two_moderators_pressing_suspend_in_two_apps_is_a_decision() {
    let chamber = chamber().await;
    let spammer = chamber.member("spammer").await;
    let suspend = json!({"type": "suspend", "text": "Spam."});

    let first = chamber
        .mona
        .sends(&action(&spammer.id()), &suspend)
        .await
        .expect(200);
    let between = chamber.seen(&spammer).await;
    let again = chamber
        .mona
        .sends(&action(&spammer.id()), &suspend)
        .await
        .expect(200);
    let second = chamber
        .mark
        .sends(&action(&spammer.id()), &suspend)
        .await
        .expect(200);
    let after = chamber.seen(&spammer).await;

    assert_eq!(first.json(), json!({}));
    let (id, state, approvals) = proposal(&first);
    assert_eq!((state.as_str(), approvals.as_str()), ("open", "1/2"));
    assert_eq!(between["suspended"], false, "one alone decides nothing");
    assert_eq!(between["moot"]["proposals"][0]["kind"], "account.suspend");
    assert_eq!(between["moot"]["proposals"][0]["approvals"], 1);
    assert_eq!(proposal(&again), (id.clone(), "open".into(), "1/2".into()));
    assert_eq!(proposal(&second), (id, "executed".into(), "2/2".into()));
    assert_eq!(after["suspended"], true);
    assert_eq!(after["moot"]["proposals"], json!([]));
}

#[tokio::test]
async fn the_answer_leads_to_the_proposal() {
    let chamber = chamber().await;
    let spammer = chamber.member("spammer").await;

    let answer = chamber
        .mona
        .sends(
            &action(&spammer.id()),
            &json!({"type": "silence", "text": "Mind the rules."}),
        )
        .await
        .expect(200);

    let found = chamber
        .mark
        .sees(&linked(&answer, "related").unwrap())
        .await;
    assert_eq!(found["kind"], "account.limit");
    assert_eq!(found["notice_text"], "Mind the rules.");
    assert_eq!(found["origin"], "api");
    assert_eq!(
        found["targets"],
        json!([{"type": "account", "key": spammer.id()}])
    );
    assert_eq!(found["own"]["may_vote"], true);
}

#[tokio::test]
async fn a_call_that_differs_in_effect_opens_a_second_linked_proposal() {
    let chamber = chamber().await;
    let spammer = chamber.member("spammer").await;

    let suspend = json!({"type": "suspend"});
    let limit = json!({"type": "silence"});
    let first = chamber
        .mona
        .sends(&action(&spammer.id()), &suspend)
        .await
        .expect(200);
    let second = chamber
        .mark
        .sends(&action(&spammer.id()), &limit)
        .await
        .expect(200);

    let (one, ..) = proposal(&first);
    let (other, state, approvals) = proposal(&second);
    assert_ne!(one, other);
    assert_eq!((state.as_str(), approvals.as_str()), ("open", "1/2"));
    let path = format!("/api/moot/v1/proposals/{other}");
    assert_eq!(chamber.mark.sees(&path).await["related_id"], one.as_str());
    let seen = chamber.seen(&spammer).await;
    assert_eq!(seen["moot"]["proposals"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&seen["suspended"], &seen["silenced"]),
        (&false.into(), &false.into())
    );
}

#[tokio::test]
async fn each_measure_is_taken_and_lifted_by_two() {
    let chamber = chamber().await;
    let spammer = chamber.member("spammer").await;
    for (kind, field, lift) in [
        ("sensitive", "sensitized", "unsensitive"),
        ("disable", "disabled", "enable"),
        ("silence", "silenced", "unsilence"),
        ("suspend", "suspended", "unsuspend"),
    ] {
        for moderator in [&chamber.mona, &chamber.mark] {
            let answer = moderator
                .sends(&action(&spammer.id()), &json!({"type": kind}))
                .await;
            assert_eq!(answer.expect(200).json(), json!({}), "{kind}");
        }
        assert_eq!(chamber.seen(&spammer).await[field], true, "{kind}");
        let done = chamber
            .mira
            .sends(&action(&spammer.id()), &json!({"type": kind}))
            .await;
        assert_eq!(
            done.expect(200).header("moot-proposal"),
            None,
            "{kind}: it is so already"
        );

        let path = format!("/api/v1/admin/accounts/{}/{lift}", spammer.id());
        let first = chamber.mark.sends(&path, &json!({})).await.expect(200);
        assert_eq!(first.json()[field], true, "{lift}: as it is");
        let second = chamber.mira.sends(&path, &json!({})).await.expect(200);
        assert_eq!(proposal(&second).1, "executed", "{lift}");
        assert_eq!(second.json()[field], false, "{lift}");
        let third = chamber.mona.sends(&path, &json!({})).await.expect(200);
        assert_eq!(
            third.header("moot-proposal"),
            None,
            "{lift}: it is so already"
        );
    }
}

#[tokio::test]
async fn a_warning_is_a_proposal_that_tells_the_member_and_does_nothing_else() {
    let chamber = chamber().await;
    let rude = chamber.member("rude").await;
    let warn = json!({"type": "none", "text": "Be kind."});

    chamber
        .mona
        .sends(&action(&rude.id()), &warn)
        .await
        .expect(200);
    let second = chamber
        .mark
        .sends(&action(&rude.id()), &warn)
        .await
        .expect(200);

    assert_eq!(proposal(&second).1, "executed");
    let seen = chamber.seen(&rude).await;
    for field in ["suspended", "silenced", "sensitized", "disabled"] {
        assert_eq!(seen[field], false, "{field}");
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_as_mastodon_refuses_it() {
    let chamber = chamber().await;
    let mia = chamber
        .world
        .app
        .remote("mia@mastodon.example")
        .await
        .id
        .to_string();
    let alice = chamber.member("alice").await;
    let by_mona = async |path: String, form| chamber.mona.sends(&path, &form).await;

    for kind in ["none", "disable", "nonsense"] {
        by_mona(action(&mia), json!({"type": kind}))
            .await
            .expect(422);
    }
    by_mona(action(&mia), json!({})).await.expect(422);
    by_mona(action("1"), json!({"type": "suspend"}))
        .await
        .expect(404);
    by_mona(
        action(&alice.id()),
        json!({"type": "suspend", "report_id": "7"}),
    )
    .await
    .expect(404);
    for call in ["enable", "approve", "reject"] {
        by_mona(format!("/api/v1/admin/accounts/{mia}/{call}"), json!({}))
            .await
            .expect(403);
    }
    for call in ["approve", "reject"] {
        by_mona(
            format!("/api/v1/admin/accounts/{}/{call}", alice.id()),
            json!({}),
        )
        .await
        .expect(403);
    }
    let delete = format!("/api/v1/admin/accounts/{}", alice.id());
    chamber
        .mona
        .asks("DELETE", &delete, &json!({}))
        .await
        .expect(403);
}

#[tokio::test]
async fn data_are_deleted_only_of_suspended_accounts_and_after_cooling_off() {
    let chamber = chamber().await;
    let spammer = chamber.member("spammer").await;
    for moderator in [&chamber.mona, &chamber.mark] {
        moderator
            .sends(&action(&spammer.id()), &json!({"type": "suspend"}))
            .await
            .expect(200);
    }
    let path = format!("/api/v1/admin/accounts/{}", spammer.id());

    let first = chamber
        .mona
        .asks("DELETE", &path, &json!({}))
        .await
        .expect(200);
    let second = chamber
        .mark
        .asks("DELETE", &path, &json!({}))
        .await
        .expect(200);

    assert_eq!(first.json()["id"], spammer.id());
    assert_eq!(proposal(&first).1, "open");
    assert_eq!(proposal(&second).1, "approved", "it cools off");
}

#[tokio::test]
async fn somebody_who_waits_is_let_in_by_two() {
    let chamber = chamber().await;
    let waiting = chamber.world.app.member("newcomer").unapproved().await.id;
    let path = format!("/api/v1/admin/accounts/{waiting}/approve");

    let first = chamber
        .mona
        .sends(&path, &json!({}))
        .await
        .expect(200)
        .json();
    let pending = chamber
        .mona
        .sees("/api/v2/admin/accounts?status=pending")
        .await;
    let second = chamber
        .mark
        .sends(&path, &json!({}))
        .await
        .expect(200)
        .json();

    assert_eq!(first["approved"], false);
    assert_eq!(pending[0]["id"], waiting.to_string());
    assert_eq!(second["approved"], true);
}

#[tokio::test]
async fn somebody_who_waits_is_turned_away_by_two() {
    let chamber = chamber().await;
    let waiting = chamber.world.app.member("newcomer").unapproved().await.id;
    let path = format!("/api/v1/admin/accounts/{waiting}/reject");

    let first = chamber.mona.sends(&path, &json!({})).await.expect(200);
    let second = chamber.mark.sends(&path, &json!({})).await.expect(200);

    assert_eq!(first.json()["id"], waiting.to_string());
    assert_eq!(proposal(&second).1, "executed");
    assert_eq!(second.json()["id"], waiting.to_string(), "as it was");
}

#[tokio::test]
async fn who_asks_for_the_proposal_gets_it_with_202() {
    let chamber = chamber().await;
    let spammer = chamber.member("spammer").await;

    let answer = chamber
        .world
        .client
        .post(&action(&spammer.id()))
        .as_(&chamber.mona.token)
        .header("prefer", "respond-async, wait=10")
        .json(&json!({"type": "suspend"}))
        .send()
        .await
        .expect(202);

    assert_eq!(answer.json()["kind"], "account.suspend");
    assert_eq!(answer.json()["state"], "open");
    assert_eq!(answer.header("preference-applied"), Some("respond-async"));
    assert_eq!(proposal(&answer).0, answer.json()["id"].as_str().unwrap());
}
