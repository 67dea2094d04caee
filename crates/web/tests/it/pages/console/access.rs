//! Who finds the consoles.

use model::moderation::{Kind, Target};
use service::members;
use testkit::PASSWORD;

use super::world::at_desk;
use crate::browser::{Browser, location};

const CONSOLE: [&str; 9] = [
    "/console",
    "/console/proposals",
    "/console/propose",
    "/console/propose?kind=account.suspend",
    "/console/emergency",
    "/console/emergency?kind=account.freeze",
    "/console/appeals",
    "/console/audit",
    "/console/seat",
];
const BOARD: [&str; 8] = [
    "/board",
    "/board/seats",
    "/board/decisions",
    "/board/decisions/new?kind=appoint_moderator",
    "/board/documents",
    "/board/documents/rules",
    "/board/documents/rules/edit",
    "/board/settings",
];

#[tokio::test]
async fn members_find_nothing_and_officers_their_own() {
    let app = testkit::app().await;
    let council = app.council().await;
    app.member("alice").with_password().await;
    let mut member = Browser::new(&app);
    member.sign_in("alice").await.expect(303);
    let mut moderator = at_desk(&app, &council.moderators[0]).await.browser;
    let mut of_board = at_desk(&app, &council.board[0]).await.browser;

    let nothing = member.open("/nothing").await.expect(404).text();
    for path in CONSOLE.iter().chain(&BOARD) {
        // S33: what is not for somebody and what was never there answer alike.
        assert_eq!(
            member.open(path).await.expect(404).text(),
            nothing,
            "{path}"
        );
    }
    for path in CONSOLE {
        let page = moderator.open(path).await.expect(200);
        assert_eq!(
            page.header("cache-control"),
            Some("private, no-store"),
            "{path}"
        );
        let policy = page.header("content-security-policy").unwrap();
        assert!(!policy.contains("script-src"), "{path}");
        for unwanted in ["<script", "<style", " style=", "onclick"] {
            assert!(!page.text().contains(unwanted), "{path}: {unwanted}");
        }
    }
    for path in BOARD {
        moderator.open(path).await.expect(404);
        let page = of_board.open(path).await.expect(200);
        assert_eq!(
            page.header("cache-control"),
            Some("private, no-store"),
            "{path}"
        );
    }
    assert_eq!(
        location(&of_board.open("/console").await.expect(303)),
        "/board"
    );
    of_board.open("/console/audit").await.expect(200);
    of_board.open("/console/propose").await.expect(404);
}

#[tokio::test]
async fn whoever_is_not_signed_in_does_that_first() {
    let app = testkit::app().await;
    app.council().await;
    let mut stranger = Browser::new(&app);

    let console = stranger.open("/console/proposals/12").await.expect(303);
    let board = stranger.open("/board/decisions").await.expect(303);

    assert_eq!(
        location(&console),
        "/auth/sign_in?redirect_to=%2Fconsole%2Fproposals%2F12"
    );
    assert_eq!(
        location(&board),
        "/auth/sign_in?redirect_to=%2Fboard%2Fdecisions"
    );
}

#[tokio::test]
async fn the_way_there_is_in_the_navigation_of_those_whose_it_is() {
    let app = testkit::app().await;
    let council = app.council().await;
    app.member("alice").with_password().await;
    let mut member = Browser::new(&app);
    member.sign_in("alice").await.expect(303);
    let mut moderator = at_desk(&app, &council.moderators[0]).await.browser;
    let mut of_board = at_desk(&app, &council.board[0]).await.browser;

    let of_member = member.open("/").await.expect(200).text();
    let of_moderator = moderator.open("/").await.expect(200).text();
    let of_board = of_board.open("/").await.expect(200).text();

    let (console, board) = ("href=\"/console\"", "href=\"/board\"");
    assert!(!of_member.contains(console) && !of_member.contains(board));
    assert!(of_moderator.contains(console) && !of_moderator.contains(board));
    assert!(!of_board.contains(console) && of_board.contains(board));
}

// S70: nobody is even told that there is something about them.
#[tokio::test]
async fn a_moderator_does_not_see_what_is_about_themself() {
    let app = testkit::app().await;
    let council = app.council().await;
    let about = Target::Account(council.moderators[1].id);
    let proposal = council.propose(Kind::AccountWarn, about).await.proposal.id;
    let path = format!("/console/proposals/{proposal}");
    let mut recused = at_desk(&app, &council.moderators[1]).await.browser;
    let mut other = at_desk(&app, &council.moderators[2]).await.browser;

    recused.open(&path).await.expect(404);
    let queue = recused.open("/console").await.expect(200).text();
    other.open(&path).await.expect(200);

    assert!(!queue.contains(&path));
    let token = crate::browser::hidden(&recused.open("/console/seat").await, "/console/seat/leave");
    let sent = [
        ("form_token", token[0].1.as_str()),
        ("vote", "approve"),
        ("digest", &"0".repeat(64)),
    ];
    let vote = recused.send(&format!("{path}/vote"), &sent).await;
    assert!(matches!(vote.status.as_u16(), 404 | 409), "{}", vote.status);
}

#[tokio::test]
async fn a_form_without_its_token_does_nothing() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let proposal = council
        .propose(Kind::AccountWarn, Target::Account(alice.id))
        .await
        .proposal;
    let mut browser = at_desk(&app, &council.moderators[1]).await.browser;
    let path = format!("/console/proposals/{}", proposal.id);

    for action in ["vote", "comment", "recuse", "withdraw", "stop", "amend"] {
        let sent = [
            ("vote", "approve"),
            ("digest", &hex::encode(proposal.digest)),
            ("text", "x"),
        ];
        browser
            .send(&format!("{path}/{action}"), &sent)
            .await
            .expect(403);
    }
    for path in [
        "/console/propose",
        "/console/emergency",
        "/console/seat/leave",
        "/console/seat/step_down",
        "/board/decisions/new",
        "/board/settings",
        "/board/documents/rules/edit",
    ] {
        browser
            .send(path, &[("form_token", "AAAA")])
            .await
            .expect(403);
    }

    let page = browser.open(&path).await.expect(200).text();
    assert!(page.contains("1 of 2 approvals"), "{page}");
}

#[tokio::test]
async fn a_password_alone_never_suffices_for_a_vote() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let proposal = council
        .propose(Kind::AccountWarn, Target::Account(alice.id))
        .await
        .proposal
        .id;
    members::set_password(&app, council.moderators[1].id, PASSWORD)
        .await
        .unwrap();
    let mut browser = Browser::new(&app);
    browser.sign_in("mark").await.expect(303);
    let path = format!("/console/proposals/{proposal}");

    let led = browser
        .fill(&path, &format!("{path}/vote"), &[("vote", "approve")])
        .await
        .expect(303);

    assert!(
        location(&led).starts_with("/settings/security/app?redirect_to="),
        "{}",
        location(&led)
    );
}
