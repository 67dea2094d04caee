//! Who may moderate: the scope says what the app may do, and the office what its owner may.

use serde_json::{Value, json};
use web::client_api::{Caller, routes};

use super::chamber::{ADMIN, chamber};

/// S35 for offices: whoever has none is refused everywhere, whatever the token may do.
#[tokio::test]
async fn a_member_with_every_scope_and_no_office_is_refused_everywhere() {
    let chamber = chamber().await;
    let alice = chamber.world.app.member("alice").await;
    let alice = chamber.world.equip_with(alice, ADMIN).await;

    let of_officers = |path: &str| path.contains("/admin/") || path.starts_with("/api/moot/");
    for route in routes() {
        if route.caller != Caller::Member || !of_officers(route.path) {
            continue;
        }
        let path = route.path.replace("{id}", "1");
        let answer = alice.asks(route.method.as_str(), &path, &json!({})).await;
        assert_eq!(
            answer.status,
            403,
            "{} {}: {}",
            route.method,
            path,
            answer.text()
        );
        assert_eq!(
            answer.json(),
            json!({"error": "This action is not allowed"}),
            "{} {path}",
            route.method
        );
    }
}

#[tokio::test]
async fn the_board_reads_and_does_not_act() {
    let chamber = chamber().await;
    let alice = chamber.member("alice").await;

    chamber
        .berta
        .get("/api/v1/admin/accounts")
        .await
        .expect(200);
    chamber.berta.get("/api/v1/admin/reports").await.expect(200);
    let action = format!("/api/v1/admin/accounts/{}/action", alice.id());
    chamber
        .berta
        .sends(&action, &json!({"type": "suspend"}))
        .await
        .expect(403);
    let block = json!({"domain": "evil.example"});
    chamber
        .berta
        .sends("/api/v1/admin/domain_blocks", &block)
        .await
        .expect(403);

    assert_eq!(chamber.seen(&alice).await["moot"]["proposals"], json!([]));
}

#[tokio::test]
async fn a_moderator_on_leave_reads_and_does_not_act() {
    let chamber = chamber().await;
    let alice = chamber.member("alice").await;
    chamber
        .mona
        .sends("/api/moot/v1/seat/leave", &json!({}))
        .await
        .expect(200);

    chamber.mona.get("/api/v1/admin/accounts").await.expect(200);
    let action = format!("/api/v1/admin/accounts/{}/action", alice.id());
    chamber
        .mona
        .sends(&action, &json!({"type": "suspend"}))
        .await
        .expect(403);
}

// 6.3 of the guidelines: whoever something is about does not see it, nor decides it.
#[tokio::test]
async fn a_moderator_neither_sees_nor_decides_what_is_about_them() {
    let chamber = chamber().await;
    let action = format!("/api/v1/admin/accounts/{}/action", chamber.mira.id());
    let answer = chamber
        .mona
        .sends(&action, &json!({"type": "silence"}))
        .await
        .expect(200);
    let id = answer.header("moot-proposal").unwrap().to_owned();

    let path = format!("/api/moot/v1/proposals/{id}");
    chamber.mark.get(&path).await.expect(200);
    let to_mira = chamber.mira.get(&path).await.expect(404);
    let to_nothing = chamber
        .mira
        .get("/api/moot/v1/proposals/1")
        .await
        .expect(404);
    let own = chamber
        .mira
        .sees(&format!("/api/v1/admin/accounts/{}", chamber.mira.id()))
        .await;
    let queue = chamber.mira.sees("/api/moot/v1/queue").await;

    // S33
    assert_eq!(to_mira.text(), to_nothing.text());
    assert_eq!(own["moot"]["proposals"], json!([]));
    assert_eq!(queue, json!([]));
    chamber
        .mira
        .sends(&action, &json!({"type": "silence"}))
        .await
        .expect(403);
}

#[tokio::test]
async fn apps_are_told_which_buttons_to_show() {
    let chamber = chamber().await;
    let alice = chamber.member("alice").await;
    let role = |me: &Value| {
        (
            me["role"]["name"].clone(),
            me["role"]["permissions"].clone(),
        )
    };
    let me = "/api/v1/accounts/verify_credentials";

    // View audit log and dashboard, manage reports, federation, blocks, taxonomies, appeals and users.
    let all = 4 + 8 + 16 + 32 + 128 + 256 + 512 + 1024;
    assert_eq!(
        role(&chamber.mona.sees(me).await),
        (json!("Moderator"), json!(all.to_string()))
    );
    assert_eq!(
        role(&chamber.berta.sees(me).await),
        (json!("Board"), json!("12"))
    );
    assert_eq!(role(&alice.sees(me).await), (json!(""), json!("0")));
}
