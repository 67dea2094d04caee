//! The internal log.

use model::moderation::{Kind, Target, proposal::Origin, report::Category};
use service::moderation::propose::NewProposal;

use super::world::at_desk;

#[tokio::test]
async fn the_private_part_is_shown_for_a_reason_that_is_written_down() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    let mut new = NewProposal::new(
        Kind::AccountWarn,
        Target::Account(tom.id),
        Category::Violation,
        "Insults",
        Origin::Web,
    );
    new.reason_private = "as alice has told me".into();
    let id = council.propose_all(new).await.proposal.id;
    let seq = council.approve(2, id).await.log_seqs[0];
    let mut mira = at_desk(&app, &council.moderators[2]).await;
    let path = format!("/console/audit/{seq}");

    let list = mira.browser.open("/console/audit").await.expect(200).text();
    let entry = mira.browser.open(&path).await.expect(200).text();
    let unasked = mira
        .browser
        .fill(&path, &path, &[("reason", " ")])
        .await
        .expect(422)
        .text();
    let shown = mira
        .browser
        .fill(&path, &path, &[("reason", "An appeal is coming")])
        .await
        .expect(200)
        .text();
    let after = mira
        .browser
        .open("/console/audit?kind=internal")
        .await
        .expect(200)
        .text();

    assert!(list.contains(&path));
    for page in [&list, &entry, &unasked] {
        assert!(!page.contains("as alice has told me"));
    }
    assert!(shown.contains("as alice has told me"), "{shown}");
    assert!(
        after.contains(&format!("/console/audit/{}", seq + 1)),
        "{after}"
    );
}
