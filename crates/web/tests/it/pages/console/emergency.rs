//! Acting alone.

use super::world::two_at_desk;
use crate::browser::location;

const PAGE: &str = "/console/emergency";

#[tokio::test]
async fn a_measure_is_in_force_at_once_and_waits_to_be_ratified() {
    let app = testkit::app().await;
    let council = app.council().await;
    app.remote("mia@mastodon.example").await;
    let [mut mona, mut mark] = two_at_desk(&app, &council).await;
    let form = format!("{PAGE}?kind=account.suspend");

    let offered = mona.browser.open(&form).await.expect(200).text();
    let fields = [
        ("targets", "@mia@mastodon.example"),
        ("category", "spam"),
        ("reason_public", "A flood of advertising"),
    ];
    let taken = mona.browser.fill(&form, PAGE, &fields).await.expect(303);
    let path = location(&taken).split('?').next().unwrap().to_owned();
    let page = mona.follow(taken).await.expect(200).text();
    let queue = mark.browser.open("/console").await.expect(200).text();
    let ratified = mark
        .fill(&path, &format!("{path}/vote"), &[("vote", "approve")])
        .await
        .expect(200)
        .text();

    assert!(offered.contains("within 24 hours"));
    assert!(
        !offered.contains("value=\"violation\""),
        "waiting does no harm"
    );
    assert!(page.contains("It has to be ratified"), "{page}");
    assert!(page.contains("in force, to be ratified"));
    assert!(queue.contains("rolled back in"), "{queue}");
    assert!(ratified.contains("2 of 2 approvals"), "{ratified}");
    app.to_app();
}

#[tokio::test]
async fn only_what_can_be_undone_is_offered() {
    let app = testkit::app().await;
    let council = app.council().await;
    let [mut mona, _] = two_at_desk(&app, &council).await;

    let kinds = mona.browser.open(PAGE).await.expect(200).text();

    for kind in model::moderation::Kind::all() {
        let link = format!("{PAGE}?kind={}\"", kind.as_str());
        assert_eq!(
            kinds.contains(&link),
            kind.is_emergency_measure(),
            "{kind:?}"
        );
    }
}
