//! Rules about servers, mail and addresses.

use serde_json::{Value, json};

use super::chamber::{Chamber, chamber, proposal};
use crate::client_api::world::{id, ids};

struct Kind {
    path: &'static str,
    form: Value,
    names: (&'static str, Value),
}

fn kinds() -> Vec<Kind> {
    let hash = "0123456789abcdef".repeat(4);
    vec![
        Kind {
            path: "/api/v1/admin/domain_blocks",
            form: json!({"domain": "Evil.Example", "severity": "suspend", "reject_media": "true"}),
            names: ("domain", json!("evil.example")),
        },
        Kind {
            path: "/api/v1/admin/domain_allows",
            form: json!({"domain": "Good.Example"}),
            names: ("domain", json!("good.example")),
        },
        Kind {
            path: "/api/v1/admin/email_domain_blocks",
            form: json!({"domain": "throwaway.example"}),
            names: ("domain", json!("throwaway.example")),
        },
        Kind {
            path: "/api/v1/admin/canonical_email_blocks",
            form: json!({"canonical_email_hash": hash}),
            names: ("canonical_email_hash", json!(hash)),
        },
        Kind {
            path: "/api/v1/admin/ip_blocks",
            form: json!({"ip": "192.0.2.9/24", "severity": "no_access", "comment": "a bot farm"}),
            names: ("ip", json!("192.0.2.0/24")),
        },
    ]
}

#[tokio::test]
async fn each_rule_is_made_and_lifted_by_two_under_the_id_it_was_promised() {
    let chamber = chamber().await;

    for kind in kinds() {
        let Kind {
            path,
            form,
            names: (field, value),
        } = &kind;
        let first = chamber.mona.sends(path, form).await.expect(200);
        let promised = id(&first.json());
        assert_eq!(&first.json()[*field], value, "{path}");
        assert_eq!(first.json()["moot"]["is_proposed"], true, "{path}");
        assert_eq!(
            ids(&chamber.mona.sees(path).await),
            [""; 0],
            "{path}: not in force"
        );
        let proposed = chamber
            .mona
            .sees(&format!("{path}?include_proposed=true"))
            .await;
        assert_eq!(ids(&proposed), [promised.as_str()], "{path}");
        let one = format!("{path}/{promised}");
        assert_eq!(chamber.mira.sees(&one).await["moot"]["is_proposed"], true);
        chamber
            .mira
            .asks("DELETE", &one, &json!({}))
            .await
            .expect(409);

        let second = chamber.mark.sends(path, form).await.expect(200);
        assert_eq!(proposal(&second).1, "executed", "{path}");
        assert_eq!(id(&second.json()), promised, "{path}");
        assert_eq!(second.json()["moot"].get("is_proposed"), None, "{path}");
        assert_eq!(
            ids(&chamber.mona.sees(path).await),
            [promised.as_str()],
            "{path}"
        );

        for moderator in [&chamber.mark, &chamber.mira] {
            let gone = moderator.asks("DELETE", &one, &json!({})).await.expect(200);
            assert_eq!(gone.json(), json!({}), "{path}");
        }
        chamber.mona.get(&one).await.expect(404);
    }
}

async fn in_force(chamber: &Chamber, path: &str, form: &Value) -> String {
    chamber.mona.sends(path, form).await.expect(200);
    id(&chamber.mark.sends(path, form).await.expect(200).json())
}

#[tokio::test]
async fn a_rule_about_a_server_is_changed_by_two_and_keeps_what_is_left_out() {
    let chamber = chamber().await;
    let path = "/api/v1/admin/domain_blocks";
    let form = json!({"domain": "evil.example", "severity": "silence", "reject_media": true});
    let one = format!("{path}/{}", in_force(&chamber, path, &form).await);

    let change = json!({"severity": "suspend"});
    let first = chamber
        .mona
        .asks("PUT", &one, &change)
        .await
        .expect(200)
        .json();
    let second = chamber
        .mark
        .asks("PUT", &one, &change)
        .await
        .expect(200)
        .json();

    assert_eq!(first["severity"], "silence", "as it is");
    assert_eq!(first["moot"]["proposals"][0]["kind"], "domain.change");
    assert_eq!(second["severity"], "suspend");
    assert_eq!(second["reject_media"], true);
}

#[tokio::test]
async fn a_rule_about_addresses_lasts_thirty_days_unless_said_otherwise() {
    let chamber = chamber().await;
    let path = "/api/v1/admin/ip_blocks";
    let form = json!({"ip": "192.0.2.7", "severity": "sign_up_block"});
    let one = format!("{path}/{}", in_force(&chamber, path, &form).await);

    let rule = chamber.mona.sees(&one).await;
    let change = json!({"severity": "no_access", "expires_in": 3600});
    chamber.mona.asks("PUT", &one, &change).await.expect(200);
    let changed = chamber
        .mark
        .asks("PUT", &one, &change)
        .await
        .expect(200)
        .json();

    assert_eq!(rule["ip"], "192.0.2.7/32");
    let seconds = |rule: &Value| {
        let at = |field: &str| {
            let text = rule[field].as_str().unwrap();
            time::OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339)
                .unwrap()
        };
        (at("expires_at") - at("created_at")).whole_seconds()
    };
    assert_eq!(seconds(&rule), 30 * 24 * 60 * 60);
    assert_eq!(changed["severity"], "no_access");
}

// S69: whose address it is must not reach the public log.
#[tokio::test]
async fn the_comment_on_an_address_stays_internal() {
    let chamber = chamber().await;
    let form = json!({"ip": "192.0.2.7", "severity": "no_access", "comment": "Eve's flat"});
    in_force(&chamber, "/api/v1/admin/ip_blocks", &form).await;

    let log = chamber
        .world
        .client
        .get("/api/moot/v1/log")
        .send()
        .await
        .expect(200)
        .text();

    assert!(log.contains("ip.block"), "{log}");
    assert!(!log.contains("Eve") && !log.contains("192.0.2.7"), "{log}");
}

#[tokio::test]
async fn what_is_there_or_makes_no_sense_is_refused_as_mastodon_refuses_it() {
    let chamber = chamber().await;
    for Kind { path, form, .. } in kinds() {
        in_force(&chamber, path, &form).await;
        let again = chamber.mira.sends(path, &form).await;
        if path.ends_with("domain_allows") {
            again.expect(200);
        } else {
            again.expect(422);
        }
        let one = format!("{path}/1");
        chamber.mira.get(&one).await.expect(404);
        chamber.mira.sends(path, &json!({})).await.expect(422);
    }
    let form = json!({"domain": "evil.example"});
    let refused = chamber
        .mira
        .sends("/api/v1/admin/domain_blocks", &form)
        .await
        .expect(422);
    assert_eq!(
        refused.json()["existing_domain_block"]["domain"],
        "evil.example"
    );
}

#[tokio::test]
async fn an_address_is_tried_against_the_rules_without_leaving_a_trace() {
    let chamber = chamber().await;
    let path = "/api/v1/admin/canonical_email_blocks";
    in_force(&chamber, path, &json!({"email": "Ev.e+spam@mail.example"})).await;

    let test = format!("{path}/test");
    let same = chamber
        .mira
        .sends(&test, &json!({"email": "eve@mail.example"}))
        .await
        .expect(200);
    let other = chamber
        .mira
        .sends(&test, &json!({"email": "bob@mail.example"}))
        .await
        .expect(200);

    assert_eq!(same.json().as_array().unwrap().len(), 1);
    assert_eq!(other.json(), json!([]));
    assert!(!same.text().contains("mail.example"));
}

#[tokio::test]
async fn a_slash_at_the_end_of_an_address_changes_nothing() {
    let chamber = chamber().await;
    let form = json!({"domain": "evil.example"});

    let first = chamber
        .mona
        .sends("/api/v1/admin/domain_blocks/", &form)
        .await
        .expect(200);

    assert_eq!(proposal(&first).2, "1/2");
    chamber
        .world
        .client
        .get("/api/v1/admin/domain_blocks/")
        .send()
        .await
        .expect(401);
}
