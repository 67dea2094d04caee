//! Changing the settings of governance.

use crate::{browser::location, pages::console::world::at_desk};

const PAGE: &str = "/board/settings";

#[tokio::test]
async fn only_what_differs_is_recorded() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut berta = at_desk(&app, &council.board[0]).await;
    let words = [("words", "Three of three."), ("decided_on", "2026-06-01")];
    let flags = [("proposer_counts", "on"), ("resolve_requires_quorum", "on")];

    let nothing = [words[0], words[1], flags[0], flags[1]];
    let nothing = berta
        .browser
        .fill(PAGE, PAGE, &nothing)
        .await
        .expect(422)
        .text();
    let three = [words[0], words[1], flags[0], flags[1], ("threshold", "3")];
    let recorded = berta.browser.fill(PAGE, PAGE, &three).await.expect(303);
    let path = location(&recorded).split('?').next().unwrap().to_owned();
    let decision = berta.browser.open(&path).await.expect(200).text();
    let alone = [words[0], words[1], flags[0], flags[1], ("threshold", "1")];
    let alone = berta
        .browser
        .fill(PAGE, PAGE, &alone)
        .await
        .expect(422)
        .text();

    assert!(nothing.contains("Nothing is changed."));
    assert!(
        decision.contains("threshold") || decision.contains("approvals"),
        "{decision}"
    );
    assert!(alone.contains("at least 2"), "{alone}");
}
