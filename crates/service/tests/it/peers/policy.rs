//! What this server has decided about a domain.

use model::Domain;
use service::peers::{self, Policy};
use testkit::TestApp;

async fn decided(app: &TestApp, domain: &str, severity: &str, rejects: bool) {
    sqlx::query(
        "INSERT INTO domain_blocks (domain, id, severity, reject_media, reject_reports, created_at)
         VALUES ($1, snowflake(now()), $2, $3, $3, now())",
    )
    .bind(domain)
    .bind(severity)
    .bind(rejects)
    .execute(&app.db)
    .await
    .unwrap();
}

async fn policy(app: &TestApp, domain: &str) -> Policy {
    peers::policy(app, &Domain::parse(domain).unwrap())
        .await
        .unwrap()
}

#[tokio::test]
async fn the_longest_matching_suffix_decides() {
    let app = testkit::app().await;
    decided(&app, "evil.example", "suspend", false).await;
    decided(&app, "nice.evil.example", "noop", false).await;

    assert!(policy(&app, "evil.example").await.suspended);
    assert!(policy(&app, "deep.under.evil.example").await.suspended);
    assert!(policy(&app, "evil.example:8443").await.suspended);
    assert_eq!(policy(&app, "nice.evil.example").await, Policy::default());
    assert_eq!(
        policy(&app, "very.nice.evil.example").await,
        Policy::default()
    );
}

#[tokio::test]
async fn a_name_that_only_looks_alike_is_another_domain() {
    let app = testkit::app().await;
    decided(&app, "evil.example", "suspend", false).await;

    for domain in [
        "notevil.example",
        "evil.example.org",
        "example",
        "xn--evil-.example.net",
    ] {
        let Ok(domain) = Domain::parse(domain) else {
            continue;
        };
        assert_eq!(
            peers::policy(&app, &domain).await.unwrap(),
            Policy::default(),
            "{domain}"
        );
    }
}

#[tokio::test]
async fn a_suspended_domain_is_shut_out_of_everything() {
    let app = testkit::app().await;
    decided(&app, "evil.example", "suspend", false).await;
    decided(&app, "noisy.example", "silence", true).await;

    let everything = Policy {
        suspended: true,
        silenced: true,
        rejects_media: true,
        rejects_reports: true,
    };
    assert_eq!(policy(&app, "evil.example").await, everything);
    assert_eq!(
        policy(&app, "noisy.example").await,
        Policy {
            suspended: false,
            ..everything
        }
    );
}
