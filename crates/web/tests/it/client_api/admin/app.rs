//! What a registered app may do with the vote of its owner (S72).

use model::TokenId;
use serde_json::{Value, json};
use service::{auth, members, second_factor};
use testkit::http::Answer;

use super::chamber::{ADMIN, Chamber, chamber, proposal};
use crate::client_api::world::Person;

/// A token of a registered app, granted from a session with a second factor so many days ago, or from none.
async fn app_of(chamber: &Chamber, person: &Person, days_ago: Option<i64>) -> String {
    let app = &chamber.world.app;
    let (application, _) = app.application("A moderators' app").await;
    let scopes = ADMIN.parse().unwrap();
    let (token, secret) =
        auth::grant_member_token(app, person.member.id, Some(application.id), scopes, None)
            .await
            .unwrap();
    let stepped_up = days_ago.map(|days| app.clock.now() - time::Duration::days(days));
    step_up(chamber, token.id, stepped_up).await;
    secret.reveal().to_owned()
}

async fn step_up(chamber: &Chamber, token: TokenId, at: Option<time::OffsetDateTime>) {
    sqlx::query("UPDATE tokens SET stepped_up_at = $2 WHERE id = $1")
        .bind(token.get())
        .bind(at)
        .execute(&chamber.world.app.db)
        .await
        .unwrap();
}

/// Sets up an app that makes codes.
async fn second_factor(chamber: &Chamber, person: &Person) {
    let app = &chamber.world.app;
    let member = members::get(app, person.member.id).await.unwrap();
    let setup = second_factor::begin_totp(app, &member).await.unwrap();
    let code = testkit::code(&setup.secret, app.clock.now());
    second_factor::confirm_totp(app, &member, &code)
        .await
        .unwrap();
}

async fn post(chamber: &Chamber, token: &str, path: &str, form: &Value) -> Answer {
    let request = chamber.world.client.post(path).as_(token);
    request.json(form).send().await
}

#[tokio::test]
async fn an_app_votes_only_while_its_permission_from_a_second_factor_is_fresh() {
    let chamber = chamber().await;
    let spammer = chamber.member("spammer").await;
    let action = format!("/api/v1/admin/accounts/{}/action", spammer.id());
    let suspend = json!({"type": "suspend"});
    second_factor(&chamber, &chamber.mona).await;

    for stale in [None, Some(8)] {
        let token = app_of(&chamber, &chamber.mona, stale).await;
        let answer = post(&chamber, &token, &action, &suspend).await.expect(403);
        assert!(answer.text().contains("second factor"), "{}", answer.text());
        chamber
            .world
            .client
            .get("/api/v1/admin/accounts")
            .as_(&token)
            .send()
            .await
            .expect(200);
    }
    let fresh = app_of(&chamber, &chamber.mona, Some(6)).await;
    let answer = post(&chamber, &fresh, &action, &suspend).await.expect(200);

    assert_eq!(proposal(&answer).2, "1/2");
}

#[tokio::test]
async fn an_approval_by_effect_is_told_from_one_that_names_the_digest() {
    let chamber = chamber().await;
    let spammer = chamber.member("spammer").await;
    let action = format!("/api/v1/admin/accounts/{}/action", spammer.id());
    for moderator in [&chamber.mona, &chamber.mark] {
        second_factor(&chamber, moderator).await;
    }
    let (mona, mark) = (
        app_of(&chamber, &chamber.mona, Some(0)).await,
        app_of(&chamber, &chamber.mark, Some(0)).await,
    );

    let suspend = json!({"type": "suspend"});
    post(&chamber, &mona, &action, &suspend).await.expect(200);
    let second = post(&chamber, &mark, &action, &suspend).await.expect(200);

    let path = format!("/api/moot/v1/proposals/{}", proposal(&second).0);
    let seats = &chamber.mira.sees(&path).await["seats"];
    assert_eq!(seats[1]["auth_method"], "api_effect");
    assert_eq!(seats[1]["answer"], "approve");
}

#[tokio::test]
async fn what_cannot_be_undone_or_cannot_wait_is_only_drafted_by_an_app() {
    let chamber = chamber().await;
    let spammer = chamber.member("spammer").await;
    second_factor(&chamber, &chamber.mona).await;
    let app = app_of(&chamber, &chamber.mona, Some(0)).await;

    let emergency = json!({
        "kind": "account.freeze", "targets": [spammer.id()], "category": "compromised",
        "reason_public": "In the wrong hands",
    });
    let answer = post(&chamber, &app, "/api/moot/v1/emergency", &emergency)
        .await
        .expect(202);
    let purge =
        json!({"kind": "domain.purge", "targets": ["evil.example"], "reason_public": "Spam"});
    let other = post(&chamber, &app, "/api/moot/v1/proposals", &purge)
        .await
        .expect(202);

    for drafted in [&answer, &other] {
        let entity = drafted.json();
        assert_eq!(entity["state"], "draft");
        let id = entity["id"].as_str().unwrap();
        assert_eq!(
            entity["confirm_url"],
            format!("https://moot.test/console/proposals/{id}")
        );
    }
    assert_eq!(chamber.seen(&spammer).await["disabled"], false);
}
