//! Finding and showing accounts.

use serde_json::{Value, json};

use super::chamber::chamber;
use crate::client_api::world::ids;

fn names(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list").iter();
    list.map(|entity| entity["username"].as_str().expect("a name"))
        .collect()
}

#[tokio::test]
async fn an_account_has_the_shape_of_mastodons() {
    let chamber = chamber().await;
    let alice = chamber.member("alice").await;

    let seen = chamber.seen(&alice).await;

    assert_eq!(seen["username"], "alice");
    assert_eq!(seen["domain"], Value::Null);
    assert_eq!(seen["account"]["acct"], "alice");
    assert_eq!(
        (&seen["confirmed"], &seen["approved"]),
        (&true.into(), &true.into())
    );
    assert_eq!((&seen["ip"], &seen["ips"]), (&Value::Null, &json!([])));
    assert_eq!(seen["role"]["id"], "-99");
    assert_eq!(seen["locale"], "en");
    for field in [
        "created_at",
        "invite_request",
        "suspended",
        "silenced",
        "sensitized",
        "disabled",
    ] {
        assert!(seen.get(field).is_some(), "{field}");
    }
}

#[tokio::test]
async fn people_of_other_servers_have_nothing_that_only_members_have() {
    let chamber = chamber().await;
    let mia = chamber.world.app.remote("mia@mastodon.example").await.id;

    let seen = chamber
        .mona
        .sees(&format!("/api/v1/admin/accounts/{mia}"))
        .await;

    assert_eq!(seen["domain"], "mastodon.example");
    for field in [
        "email",
        "approved",
        "confirmed",
        "disabled",
        "locale",
        "role",
    ] {
        assert_eq!(seen[field], Value::Null, "{field}");
    }
    assert_eq!(seen["moot"].get("withheld"), None);
}

// S70: looking at private data is an act of its own, with a reason, and leaves a trace.
#[tokio::test]
async fn a_mail_address_is_shown_for_a_reason_only_and_the_look_is_written_down() {
    let chamber = chamber().await;
    let alice = chamber.member("alice").await;
    let path = format!("/api/v1/admin/accounts/{}", alice.id());
    let looks = async || {
        sqlx::query_scalar::<_, i64>(
            "SELECT count(*) FROM log_private WHERE private::text LIKE '%private_data.seen%'",
        )
        .fetch_one(&chamber.world.app.db)
        .await
        .unwrap()
    };

    let without = chamber.mona.sees(&path).await;
    let before = looks().await;
    let with = chamber
        .mona
        .sees(&format!("{path}?reason=Bounced%20mail"))
        .await;
    let after = looks().await;

    assert_eq!(without["email"], Value::Null);
    assert_eq!(without["moot"]["withheld"], json!(["email"]));
    assert_eq!(with["email"], "alice@mail.example");
    assert_eq!((before, after), (0, 1));
    chamber
        .mona
        .get("/api/v2/admin/accounts?email=alice")
        .await
        .expect(403);
    let found = chamber
        .mona
        .sees("/api/v2/admin/accounts?email=alice&reason=x")
        .await;
    assert_eq!(names(&found), ["alice"]);
}

#[tokio::test]
async fn the_first_version_of_the_list_shows_active_members_unless_told_otherwise() {
    let chamber = chamber().await;
    chamber.world.app.remote("mia@mastodon.example").await;
    chamber.world.app.member("newcomer").unapproved().await;
    let by = async |query: &str| {
        let path = format!("/api/v1/admin/accounts?{query}");
        chamber.mona.sees(&path).await
    };

    assert_eq!(names(&by("limit=2").await), ["newcomer", "mira"]);
    assert_eq!(names(&by("remote=true").await), ["mia"]);
    assert_eq!(names(&by("pending=1").await), ["newcomer"]);
    assert_eq!(names(&by("staff=true").await), ["mira", "mark", "mona"]);
    assert_eq!(names(&by("username=MAR").await), ["mark"]);
    assert_eq!(
        names(&by("remote=1&by_domain=mastodon.example").await),
        ["mia"]
    );
    for nobody in [
        "suspended=true",
        "silenced=true",
        "disabled=true",
        "sensitized=true",
        "ip=192.0.2.1",
    ] {
        assert_eq!(names(&by(nobody).await), [""; 0], "{nobody}");
    }
}

#[tokio::test]
async fn the_second_version_of_the_list_filters_by_origin_status_and_role() {
    let chamber = chamber().await;
    chamber.world.app.remote("mia@mastodon.example").await;
    let by = async |query: &str| {
        let path = format!("/api/v2/admin/accounts?{query}");
        chamber.mona.sees(&path).await
    };

    assert_eq!(names(&by("origin=remote").await), ["mia"]);
    assert_eq!(
        names(&by("permissions=staff").await),
        ["mira", "mark", "mona"]
    );
    assert_eq!(names(&by("role_ids[]=2").await), ["bea", "boris", "berta"]);
    assert_eq!(names(&by("role_ids[]=7").await), [""; 0]);
    assert_eq!(names(&by("invited_by=1").await), [""; 0]);
    assert_eq!(names(&by("display_name=nobody").await), [""; 0]);
    chamber
        .mona
        .get("/api/v2/admin/accounts?status=happy")
        .await
        .expect(400);
    chamber
        .mona
        .get("/api/v2/admin/accounts?origin=mars")
        .await
        .expect(400);
}

#[tokio::test]
async fn lists_are_walked_page_by_page() {
    let chamber = chamber().await;

    let first = chamber
        .mona
        .get("/api/v1/admin/accounts?limit=4")
        .await
        .expect(200);
    let next = crate::client_api::world::linked(&first, "next").unwrap();
    let second = chamber.mona.sees(&next).await;

    let mut all = ids(&first.json());
    all.extend(ids(&second));
    assert_eq!(all.len(), 6);
    assert!(all.is_sorted_by(|newer, older| newer > older), "{all:?}");
}
