//! Proposals and answers to them.

use serde_json::{Value, json};

use crate::client_api::{
    admin::{Chamber, chamber},
    world::{Person, id, ids},
};

const PROPOSALS: &str = "/api/moot/v1/proposals";

async fn opened(chamber: &Chamber, by: &Person, about: &Person) -> Value {
    let _ = chamber;
    let form = json!({
        "kind": "account.limit", "targets": [about.id()], "category": "violation",
        "reason_public": "Against rule 1", "reason_private": "See the thread", "rule_ids": [1],
    });
    by.sends(PROPOSALS, &form).await.expect(200).json()
}

fn ballot(proposal: &Value) -> Value {
    json!({"digest": proposal["digest"], "comment": "Agreed"})
}

fn at(proposal: &Value, call: &str) -> String {
    format!("{PROPOSALS}/{}/{call}", id(proposal))
}

#[tokio::test]
async fn an_approval_of_what_was_seen_carries_the_proposal() {
    let chamber = chamber().await;
    let rude = chamber.member("rude").await;

    let proposal = opened(&chamber, &chamber.mona, &rude).await;
    let shown = chamber
        .mark
        .sees(&format!("{PROPOSALS}/{}", id(&proposal)))
        .await;
    let carried = chamber
        .mark
        .sends(&at(&proposal, "approve"), &ballot(&shown))
        .await
        .expect(200);

    assert_eq!(
        (&proposal["state"], &proposal["approvals"]),
        (&"open".into(), &1.into())
    );
    assert!(!shown["effects"].as_array().unwrap().is_empty());
    assert_eq!(carried.json()["state"], "executed");
    assert_eq!(carried.header("moot-approvals"), Some("2/2"));
    assert_eq!(chamber.seen(&rude).await["silenced"], true);
}

// S68: an approval is of exactly what was seen.
#[tokio::test]
async fn an_approval_of_what_was_amended_is_refused_with_what_there_is_now() {
    let chamber = chamber().await;
    let rude = chamber.member("rude").await;
    let proposal = opened(&chamber, &chamber.mona, &rude).await;

    let form = json!({
        "kind": "account.suspend", "targets": [rude.id()], "category": "violation",
        "reason_public": "Worse than it looked",
    });
    let amended = chamber
        .mona
        .sends(&at(&proposal, "amend"), &form)
        .await
        .expect(200)
        .json();
    let refused = chamber
        .mark
        .sends(&at(&proposal, "approve"), &ballot(&proposal))
        .await
        .expect(409);
    let unread = chamber
        .mark
        .sends(&at(&proposal, "approve"), &json!({}))
        .await
        .expect(422);

    assert_eq!(amended["revision"], 2);
    assert_ne!(amended["digest"], proposal["digest"]);
    assert_eq!(refused.json()["digest"], amended["digest"]);
    assert_eq!(refused.json()["proposal"]["kind"], "account.suspend");
    assert!(refused.json()["error"].is_string());
    assert!(unread.text().contains("Digest"));
    assert_eq!(chamber.seen(&rude).await["suspended"], false);
    chamber
        .mark
        .sends(&at(&proposal, "approve"), &ballot(&amended))
        .await
        .expect(200);
    assert_eq!(chamber.seen(&rude).await["suspended"], true);
}

#[tokio::test]
async fn two_against_are_enough_to_reject() {
    let chamber = chamber().await;
    let rude = chamber.member("rude").await;
    let proposal = opened(&chamber, &chamber.mona, &rude).await;

    let without = json!({"digest": proposal["digest"]});
    chamber
        .mark
        .sends(&at(&proposal, "object"), &without)
        .await
        .expect(422);
    let objected = chamber
        .mark
        .sends(&at(&proposal, "object"), &ballot(&proposal))
        .await
        .expect(200);
    let abstained = chamber
        .mira
        .sends(&at(&proposal, "abstain"), &json!({}))
        .await
        .expect(200);

    assert_eq!(objected.json()["seats"][1]["answer"], "object");
    assert_eq!(objected.json()["state"], "open", "one objection is no veto");
    assert_eq!(abstained.json()["state"], "rejected");
}

#[tokio::test]
async fn what_one_says_and_takes_back_is_shown() {
    let chamber = chamber().await;
    let rude = chamber.member("rude").await;
    let proposal = opened(&chamber, &chamber.mona, &rude).await;

    let said = chamber
        .mark
        .sends(&at(&proposal, "comments"), &json!({"text": "Is it?"}))
        .await
        .expect(200)
        .json();
    chamber
        .mark
        .sends(&at(&proposal, "withdraw"), &json!({}))
        .await
        .expect(403);
    let withdrawn = chamber
        .mona
        .sends(&at(&proposal, "withdraw"), &json!({}))
        .await
        .expect(200)
        .json();
    let listed = chamber
        .mark
        .sees(&format!("{PROPOSALS}?state[]=withdrawn"))
        .await;
    let open = chamber.mark.sees(&format!("{PROPOSALS}?state=open")).await;

    assert_eq!(said["comments"][0]["text"], "Is it?");
    assert_eq!(said["comments"][0]["person"]["handle"], "mark@moot.test");
    assert_eq!(withdrawn["state"], "withdrawn");
    assert_eq!(ids(&listed), [id(&proposal)]);
    assert_eq!(ids(&open), [""; 0]);
    chamber
        .mark
        .get(&format!("{PROPOSALS}?state=happy"))
        .await
        .expect(400);
}

#[tokio::test]
async fn whoever_stands_aside_votes_no_more() {
    let chamber = chamber().await;
    let rude = chamber.member("rude").await;
    let proposal = opened(&chamber, &chamber.mona, &rude).await;

    let reason = json!({"reason": "A friend of mine"});
    chamber
        .mark
        .sends(&at(&proposal, "recuse"), &reason)
        .await
        .expect(200);
    chamber
        .mark
        .sends(&at(&proposal, "approve"), &ballot(&proposal))
        .await
        .expect(403);
    let seen = chamber
        .mira
        .sees(&format!("{PROPOSALS}/{}", id(&proposal)))
        .await;

    assert_eq!(seen["seats"][1]["is_recused"], true);
    assert!(
        !seen.to_string().contains("A friend of mine"),
        "the reason stays internal"
    );
}

#[tokio::test]
async fn an_emergency_measure_is_in_force_until_somebody_else_ratifies_it() {
    let chamber = chamber().await;
    let stolen = chamber.member("stolen").await;
    let form = json!({
        "kind": "account.freeze", "targets": [stolen.id()], "category": "compromised",
        "reason_public": "In the wrong hands",
    });

    let taken = chamber
        .mona
        .sends("/api/moot/v1/emergency", &form)
        .await
        .expect(200)
        .json();
    let queue = chamber.mark.sees("/api/moot/v1/queue").await;
    let in_force = chamber.seen(&stolen).await["disabled"].clone();
    let ratified = chamber
        .mark
        .sends(&at(&taken, "ratify"), &ballot(&queue[0]))
        .await
        .expect(200);

    assert_eq!(taken["state"], "provisional");
    assert!(taken["ratify_by"].is_string());
    assert_eq!(ids(&queue), [id(&taken)]);
    assert_eq!(in_force, true);
    assert_eq!(ratified.json()["state"], "executed");
    let ordinary = opened(&chamber, &chamber.mona, &chamber.member("rude").await).await;
    chamber
        .mark
        .sends(&at(&ordinary, "ratify"), &ballot(&ordinary))
        .await
        .expect(409);
}

#[tokio::test]
async fn what_is_decided_and_cools_off_is_stopped_by_any_one_also_of_the_board() {
    let chamber = chamber().await;
    let form =
        json!({"kind": "domain.purge", "targets": ["evil.example"], "reason_public": "Spam"});
    let block = json!({"domain": "evil.example", "severity": "suspend"});
    for moderator in [&chamber.mona, &chamber.mark] {
        moderator
            .sends("/api/v1/admin/domain_blocks", &block)
            .await
            .expect(200);
    }
    let proposal = chamber
        .mona
        .sends(PROPOSALS, &form)
        .await
        .expect(200)
        .json();
    let carried = chamber
        .mark
        .sends(&at(&proposal, "approve"), &ballot(&proposal))
        .await
        .expect(200);

    let stopped = chamber
        .berta
        .sends(&at(&proposal, "stop"), &json!({}))
        .await
        .expect(200)
        .json();

    assert_eq!(carried.json()["state"], "approved");
    assert_eq!(stopped["state"], "open");
    assert_eq!(stopped["revision"], 2);
}

#[tokio::test]
async fn what_makes_no_sense_is_told_in_a_sentence() {
    let chamber = chamber().await;
    for (form, word) in [
        (json!({}), "Kind"),
        (json!({"kind": "account.praise"}), "Kind"),
        (
            json!({"kind": "account.limit", "reason_public": "x"}),
            "Targets",
        ),
        (
            json!({"kind": "account.limit", "targets": ["alice"], "reason_public": "x"}),
            "Target",
        ),
        (json!({"kind": "account.limit", "targets": ["7"]}), "Reason"),
        (
            json!({"kind": "domain.block", "targets": ["a.example"], "params": {"force": 1}, "reason_public": "x"}),
            "Params",
        ),
        (
            json!({"kind": "account.limit", "targets": ["7"], "category": "boredom", "reason_public": "x"}),
            "Category",
        ),
    ] {
        let answer = chamber.mona.sends(PROPOSALS, &form).await.expect(422);
        assert!(answer.text().contains(word), "{form}: {}", answer.text());
    }
    let lacking =
        json!({"kind": "relay.add", "targets": ["https://relay.example"], "reason_public": "x"});
    let answer = chamber.mona.sends(PROPOSALS, &lacking).await.expect(409);
    assert!(answer.text().contains("relays"), "{}", answer.text());
}
