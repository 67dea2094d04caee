//! Writing and adopting documents.

use crate::{browser::location, pages::console::world::at_desk};

const EDIT: &str = "/board/documents/guidelines/edit";

#[tokio::test]
async fn a_document_is_looked_at_recorded_and_confirmed() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut berta = at_desk(&app, &council.board[0]).await;
    let mut boris = at_desk(&app, &council.board[1]).await;

    let list = berta
        .browser
        .open("/board/documents")
        .await
        .expect(200)
        .text();
    let text = "# How we decide\r\n\r\nTwo of three. <script>alert(1)</script>\r\n";
    let look = [("document", text), ("then", "preview")];
    let preview = berta
        .browser
        .fill(EDIT, EDIT, &look)
        .await
        .expect(200)
        .text();
    let record = [
        ("document", text),
        ("then", "record"),
        ("words", "These are our guidelines."),
        ("decided_on", "2026-06-01"),
    ];
    let recorded = berta.browser.fill(EDIT, EDIT, &record).await.expect(303);
    let path = location(&recorded).split('?').next().unwrap().to_owned();
    boris
        .fill(&path, &format!("{path}/confirm"), &[])
        .await
        .expect(200);
    let document = berta
        .browser
        .open("/board/documents/guidelines")
        .await
        .expect(200)
        .text();

    assert!(list.contains("a default with blanks, not adopted"));
    assert!(preview.contains("<h2>How we decide</h2>"), "{preview}");
    assert!(preview.contains("<ins>"));
    assert!(!preview.contains("<script"));
    assert!(document.contains("adopted by the board"), "{document}");
    assert!(document.contains("Version 1"));
    assert!(!document.contains("<script"));
}

#[tokio::test]
async fn a_long_document_passes_the_proof_unharmed() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut berta = at_desk(&app, &council.board[0]).await;
    app.clock.advance(time::Duration::minutes(11));
    let text = "Ein längerer Satz, der oft vorkommt.\n".repeat(3000);

    let record = [
        ("document", text.as_str()),
        ("then", "record"),
        ("words", "These are our guidelines."),
        ("decided_on", "2026-06-01"),
    ];
    let asked = berta.browser.fill(EDIT, EDIT, &record).await.expect(200);
    let recorded = berta.prove(&app, &asked).await.expect(200).text();

    assert!(recorded.contains("The decision is recorded."));
    assert_eq!(recorded.matches("Ein längerer Satz").count(), 3000);
}
