//! Recording and confirming what the board has decided.

use service::moderation::board::seats;
use time::Duration;

use crate::{
    browser::{hidden, location},
    pages::console::world::at_desk,
};

const NEW: &str = "/board/decisions/new";

#[tokio::test]
async fn one_records_and_another_confirms() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut berta = at_desk(&app, &council.board[0]).await;
    let mut boris = at_desk(&app, &council.board[1]).await;

    let fields = [
        ("seat", "2"),
        ("words", "Mark leaves the team."),
        ("decided_on", "2026-06-01"),
        ("minutes_url", "https://club.example/minutes/7"),
    ];
    let form = format!("{NEW}?kind=remove_moderator");
    let recorded = berta.browser.fill(&form, NEW, &fields).await.expect(303);
    let path = location(&recorded).split('?').next().unwrap().to_owned();
    let own = berta.browser.open(&path).await.expect(200).text();
    let still = seats::vacancies(&app).await.unwrap();
    let waiting = boris.browser.open("/board").await.expect(200).text();
    let confirmed = boris
        .fill(&path, &format!("{path}/confirm"), &[])
        .await
        .expect(200)
        .text();

    assert!(
        own.contains("It waits for somebody else of the board."),
        "{own}"
    );
    assert!(own.contains("https://club.example/minutes/7"));
    assert!(!own.contains(&format!("{path}/confirm")));
    assert!(still.is_empty());
    assert!(waiting.contains(&path) && waiting.contains("waits for you"));
    assert!(confirmed.contains("in effect"), "{confirmed}");
    assert!(confirmed.contains("href=\"/moderation/"));
    assert_eq!(seats::vacancies(&app).await.unwrap(), [2]);
}

#[tokio::test]
async fn only_what_was_shown_is_confirmed() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut berta = at_desk(&app, &council.board[0]).await;
    let mut boris = at_desk(&app, &council.board[1]).await;
    let fields = [
        ("seat", "2"),
        ("words", "So decided."),
        ("decided_on", "2026-06-01"),
    ];
    let form = format!("{NEW}?kind=remove_moderator");
    let recorded = berta.browser.fill(&form, NEW, &fields).await.expect(303);
    let path = location(&recorded).split('?').next().unwrap().to_owned();

    let confirm = format!("{path}/confirm");
    let page = boris.browser.open(&path).await.expect(200);
    let token = hidden(&page, &confirm).remove(0).1;
    let other = "0".repeat(64);
    let sent = [("form_token", token.as_str()), ("digest", &other)];
    let refused = boris.browser.send(&confirm, &sent).await.expect(409).text();

    assert!(refused.contains("Nothing was counted."));
    assert!(seats::vacancies(&app).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_proof_is_asked_for_and_what_was_written_is_kept() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut berta = at_desk(&app, &council.board[0]).await;
    app.clock.advance(Duration::minutes(11));
    let form = format!("{NEW}?kind=remove_moderator");

    let fields = [
        ("seat", "3"),
        ("words", "Mira has moved away."),
        ("decided_on", "2026-06-01"),
    ];
    let asked = berta.browser.fill(&form, NEW, &fields).await.expect(200);
    let recorded = berta.prove(&app, &asked).await.expect(200).text();

    assert!(asked.text().contains("Is it still you?"));
    assert!(recorded.contains("Mira has moved away."), "{recorded}");
    assert!(recorded.contains("The decision is recorded."));
}

#[tokio::test]
async fn what_cannot_be_is_not_recorded() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut berta = at_desk(&app, &council.board[0]).await;

    for (kind, fields, problem) in [
        (
            "appoint_moderator",
            [
                ("name", "nobody"),
                ("words", "So decided."),
                ("decided_on", "2026-06-01"),
            ],
            "“nobody” is no member of this server.",
        ),
        (
            "remove_moderator",
            [
                ("seat", "2"),
                ("words", "So decided."),
                ("decided_on", "soon"),
            ],
            "Say on which day it was decided.",
        ),
        (
            "remove_moderator",
            [("seat", "2"), ("words", " "), ("decided_on", "2026-06-01")],
            "The board&#39;s words",
        ),
    ] {
        let form = format!("{NEW}?kind={kind}");
        let refused = berta
            .browser
            .fill(&form, NEW, &fields)
            .await
            .expect(422)
            .text();
        assert!(refused.contains(problem), "{problem}: {refused}");
    }
    for kind in ["adopt_document", "seal", ""] {
        berta
            .browser
            .open(&format!("{NEW}?kind={kind}"))
            .await
            .expect(404);
    }
}

#[tokio::test]
async fn a_decision_is_taken_back_before_it_is_confirmed() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut berta = at_desk(&app, &council.board[0]).await;
    let fields = [
        ("seat", "2"),
        ("words", "So decided."),
        ("decided_on", "2026-06-01"),
    ];
    let form = format!("{NEW}?kind=remove_moderator");
    let recorded = berta.browser.fill(&form, NEW, &fields).await.expect(303);
    let path = location(&recorded).split('?').next().unwrap().to_owned();

    let withdrawn = berta
        .fill(&path, &format!("{path}/withdraw"), &[])
        .await
        .expect(200)
        .text();

    assert!(withdrawn.contains("The decision is taken back."));
    let list = berta
        .browser
        .open("/board/decisions?state=withdrawn")
        .await
        .expect(200)
        .text();
    assert!(list.contains(&path));
}
