//! What everybody may read about moderation, and what of it nobody may.

use model::moderation::{Kind, Target, proposal::Origin, report::Category};
use service::moderation::propose::NewProposal;

use crate::browser::Browser;

/// Every public form of the log.
const FORMS: [&str; 13] = [
    "/moderation",
    "/moderation?all=1",
    "/moderation/2",
    "/moderation/log.atom",
    "/moderation/feed.json",
    "/moderation/statistics",
    "/moderation/statistics.json",
    "/moderation/statistics.csv",
    "/api/moot/v1/log",
    "/api/moot/v1/log/2",
    "/api/moot/v1/log/checkpoint",
    "/api/moot/v1/log/proof/inclusion?seq=2",
    "/api/moot/v1/log/proof/consistency?from=1",
];

#[tokio::test]
async fn a_decision_is_told_in_every_form_and_nothing_private_in_any() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = app.member("terence").await;
    let remote = app.remote("ramona@far.example").await;
    for thing in [Target::Account(target.id), Target::Account(remote.id)] {
        let mut new = NewProposal::new(
            Kind::AccountLimit,
            thing,
            Category::Violation,
            "Insults <others> & more",
            Origin::Web,
        );
        new.reason_private = "REASON-FOR-MODERATORS".into();
        new.notice_text = "TEXT-OF-NOTICE".into();
        let proposal = council.propose_all(new).await;
        council.approve(2, proposal.proposal.id).await;
    }
    let newest = service::moderation::log::count(&app).await.unwrap();
    let mut browser = Browser::new(&app);

    let page = format!("/moderation/{newest}");
    for form in FORMS.into_iter().chain([page.as_str()]) {
        let told = browser.open(form).await.expect(200).text();

        for secret in [
            "terence",
            "ramona",
            "REASON-FOR-MODERATORS",
            "TEXT-OF-NOTICE",
        ] {
            assert!(!told.contains(secret), "{form} tells {secret}: {told}");
        }
        // JSON carries the text as it is; nobody renders it as a page.
        assert!(
            !(told.starts_with('<') && told.contains("<others>")),
            "{form} lets markup through"
        );
    }
    let list = browser.open("/moderation").await.expect(200).text();
    assert!(
        list.contains("member-") && list.contains("of far.example"),
        "{list}"
    );
    assert!(list.contains("@mona") && list.contains("@mark"), "{list}");
    let entry = browser.open(&page).await.expect(200).text();
    assert!(
        entry.contains("Against the rules") && entry.contains("How to check it"),
        "{entry}"
    );
}

#[tokio::test]
async fn the_log_is_filtered_and_paged_without_script() {
    let app = testkit::app().await;
    let council = app.council().await;
    for name in ["one.example", "two.example"] {
        let target = Target::Domain(name.parse().unwrap());
        council.carries(Kind::DomainBlock, target).await;
    }
    let mut browser = Browser::new(&app);

    let one = browser
        .open("/moderation?domain=one.example")
        .await
        .expect(200)
        .text();
    let actions = browser
        .open("/moderation?action=domain.block")
        .await
        .expect(200)
        .text();
    let none = browser
        .open("/moderation?category=spam")
        .await
        .expect(200)
        .text();
    let api = browser
        .open("/api/moot/v1/log?domain=two.example")
        .await
        .expect(200)
        .json();
    let first = browser.open("/api/moot/v1/log?limit=1").await.expect(200);

    assert!(
        one.contains("Block one.example") && !one.contains("Block two.example"),
        "{one}"
    );
    assert!(
        actions.contains("Block two.example") && !actions.contains("first board"),
        "{actions}"
    );
    assert!(none.contains("There is no such entry"), "{none}");
    assert_eq!(api.as_array().unwrap().len(), 1);
    assert_eq!(first.json()[0]["seq"], 1);
    let link = first.header("link").unwrap();
    assert!(
        link.contains("after=1") && link.ends_with("rel=\"next\""),
        "{link}"
    );
}

#[tokio::test]
async fn the_export_is_a_packed_file_that_verifies() {
    use std::io::Read as _;

    let app = testkit::app().await;
    app.council().await;
    let mut browser = Browser::new(&app);

    let answer = browser
        .open("/api/moot/v1/log/export.jsonl.gz")
        .await
        .expect(200);

    assert_eq!(answer.header("content-type"), Some("application/gzip"));
    let mut text = String::new();
    flate2::read::GzDecoder::new(answer.body.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    let lines = text.lines().count();
    let entries = service::moderation::log::count(&app).await.unwrap();
    assert_eq!(
        i64::try_from(lines).unwrap(),
        entries + 2,
        "header and footer besides"
    );
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let app = testkit::app().await;
    let mut browser = Browser::new(&app);

    browser.open("/moderation").await.expect(200);
    browser.open("/moderation/1").await.expect(404);
    browser.open("/moderation/nonsense").await.expect(404);
    browser.open("/moderation?domain=%00").await.expect(400);
    browser.open("/api/moot/v1/log/1").await.expect(404);
    browser
        .open("/api/moot/v1/log/proof/inclusion?seq=1")
        .await
        .expect(404);
    browser
        .open("/api/moot/v1/log/proof/inclusion")
        .await
        .expect(422);
    browser
        .open("/api/moot/v1/log/proof/consistency?from=9")
        .await
        .expect(404);
}
