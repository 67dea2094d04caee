//! What moderators do about their own seat.

use super::world::at_desk;

const PAGE: &str = "/console/seat";

#[tokio::test]
async fn a_moderator_is_away_and_comes_back() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut mona = at_desk(&app, &council.moderators[0]).await;

    let left = mona
        .fill(PAGE, "/console/seat/leave", &[])
        .await
        .expect(200)
        .text();
    let queue = mona.browser.open("/console").await.expect(200).text();
    let back = mona
        .fill(PAGE, "/console/seat/return", &[])
        .await
        .expect(200)
        .text();

    assert!(left.contains("You are on leave."));
    assert!(queue.contains("You are on leave, so you cannot vote."));
    assert!(back.contains("Welcome back."));
}

#[tokio::test]
async fn stepping_down_closes_the_console() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut mona = at_desk(&app, &council.moderators[0]).await;
    let mut berta = at_desk(&app, &council.board[0]).await;

    mona.fill(PAGE, "/console/seat/step_down", &[("sure", "on")])
        .await
        .expect(200);

    mona.browser.open("/console").await.expect(404);
    let board = berta.browser.open("/board").await.expect(200).text();
    assert!(
        board.contains("<strong>Seat 1</strong> is vacant."),
        "{board}"
    );
}
