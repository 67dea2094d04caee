//! What people write shows as what they wrote.

use model::moderation::{Kind, Target, proposal::Origin, report::Category};
use service::{
    accounts::{self, ProfileChange},
    moderation::{
        comment,
        propose::NewProposal,
        reports::{self, NewReport},
    },
};

use super::world::at_desk;

const PAYLOAD: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>\u{2028}";

// S56: a payload in every text that a console shows.
#[tokio::test]
async fn markup_in_peoples_words_stays_words() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let tom = app.member("tom").await;
    let change = ProfileChange {
        display_name: Some("\"><script>1</script>".into()),
        note: Some(PAYLOAD.into()),
        ..ProfileChange::default()
    };
    accounts::update_profile(&app, tom.id, change)
        .await
        .unwrap();
    let post = tom.posts(PAYLOAD).await;
    let new = NewReport {
        status_ids: vec![post.status.id],
        comment: PAYLOAD.into(),
        ..NewReport::default()
    };
    let case = reports::create(&app, alice.id, tom.id, new)
        .await
        .unwrap()
        .report
        .case_id;
    reports::note(&app, &council.seat(1).await, case, PAYLOAD)
        .await
        .unwrap();
    let mut new = NewProposal::new(
        Kind::AccountWarn,
        Target::Account(tom.id),
        Category::IllegalContent,
        PAYLOAD,
        Origin::Web,
    );
    new.case_id = Some(case);
    new.status_ids = vec![post.status.id];
    new.reason_private = PAYLOAD.into();
    new.notice_text = PAYLOAD.into();
    let proposal = council.propose_all(new).await.proposal.id;
    comment::comment(&app, &council.seat(2).await, proposal, PAYLOAD)
        .await
        .unwrap();
    let mut mark = at_desk(&app, &council.moderators[1]).await;

    for path in [
        "/console".to_owned(),
        "/console/proposals".to_owned(),
        "/console/audit".to_owned(),
        format!("/console/cases/{case}"),
        format!("/console/cases/{case}?posts=shown"),
        format!("/console/proposals/{proposal}"),
        format!("/console/proposals/{proposal}?posts=shown"),
        format!("/console/proposals/{proposal}?done=%3Cscript%3E"),
        "/console/propose?kind=account.warn&targets=%22%3E%3Cscript%3E&case=%22%3E%3Cscript%3E"
            .to_owned(),
        "/console/propose?about=%22%3E%3Cscript%3E".to_owned(),
    ] {
        let html = mark.browser.open(&path).await.expect(200).text();
        for unwanted in ["<script", "<img src=x", "\"><script"] {
            assert!(!html.contains(unwanted), "{path}: {html}");
        }
    }
}
