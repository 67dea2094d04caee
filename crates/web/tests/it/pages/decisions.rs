//! The page on which members see what was decided about them.

use model::moderation::{Kind, Target};
use service::moderation::{appeals, reports};
use testkit::{Council, Member, TestApp};

use super::leaving::{at_the_page, leaves};
use crate::browser::{Browser, location};

const PAGE: &str = "/settings/decisions";

async fn decided(app: &TestApp, kind: Kind) -> (Council, Member) {
    let council = app.council().await;
    let tom = app.member("tom").with_password().await;
    council.carries(kind, Target::Account(tom.id)).await;
    (council, tom)
}

async fn strike(app: &TestApp, member: &Member) -> String {
    let decisions = appeals::decisions_about(app, member.id).await.unwrap();
    decisions[0].strike.id.to_string()
}

#[tokio::test]
async fn a_member_reads_who_decided_and_appeals() {
    let app = testkit::app().await;
    let (council, tom) = decided(&app, Kind::AccountLimit).await;
    let mut browser = Browser::new(&app);
    browser.sign_in("tom").await.expect(303);

    let page = browser.open(PAGE).await.expect(200).text();
    let action = format!("{PAGE}/{}/appeal", strike(&app, &tom).await);
    let done = browser
        .fill(PAGE, &action, &[("text", "That was not <me>")])
        .await
        .expect(303);
    let after = browser.open(&location(&done)).await.expect(200).text();

    assert!(page.contains("Your account was limited"));
    assert!(page.contains("mona@moot.test") && page.contains("mark@moot.test"));
    assert!(page.contains("href=\"/moderation/"));
    assert!(after.contains("Your appeal is made"));
    assert!(
        after.contains("That was not &#60;me&#62;") || after.contains("That was not &lt;me&gt;")
    );
    assert!(!after.contains("Appeal this decision"));
    assert_eq!(
        appeals::queue(&app, &council.seat(3).await)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn an_appeal_against_a_decision_about_another_is_not_found() {
    let app = testkit::app().await;
    let (_, tom) = decided(&app, Kind::AccountLimit).await;
    app.member("ada").with_password().await;
    let mut ada = Browser::new(&app);
    ada.sign_in("ada").await.expect(303);
    let mut own = Browser::new(&app);
    own.sign_in("tom").await.expect(303);
    let action = format!("{PAGE}/{}/appeal", strike(&app, &tom).await);

    let page = ada.open("/settings/security").await.expect(200);
    let mut fields = crate::browser::hidden(&page, "/auth/sign_out");
    fields.push(("text".into(), "Let him be".into()));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let foreign = ada.send(&action, &fields).await;
    let blank = own.fill(PAGE, &action, &[("text", "  ")]).await;

    foreign.expect(404);
    assert!(blank.expect(422).text().contains("be blank"));
}

#[tokio::test]
async fn the_one_question_and_the_one_answer_stand_there() {
    let app = testkit::app().await;
    let (council, tom) = decided(&app, Kind::AccountWarn).await;
    let ada = app.member("ada").await;
    let decision = strike(&app, &tom).await.parse().unwrap();
    let appeal = appeals::file(&app, tom.id, decision, "That was not me")
        .await
        .unwrap();
    appeals::ask(&app, &council.seat(3).await, appeal, "Who was it?")
        .await
        .unwrap();
    let made = reports::create(&app, ada.id, tom.id, reports::NewReport::default())
        .await
        .unwrap();
    let case = made.report.case_id;
    reports::ask(
        &app,
        &council.seat(3).await,
        case,
        reports::Whom::Author,
        "Why that word?",
    )
    .await
    .unwrap();
    let asked = reports::asked_of(&app, tom.id).await.unwrap()[0].id;
    let mut browser = Browser::new(&app);
    browser.sign_in("tom").await.expect(303);

    let page = browser.open(PAGE).await.expect(200).text();
    let to_appeal = format!("{PAGE}/appeals/{appeal}/answer");
    let to_case = format!("{PAGE}/questions/{asked}/answer");
    browser
        .fill(PAGE, &to_appeal, &[("text", "My cat")])
        .await
        .expect(303);
    browser
        .fill(PAGE, &to_case, &[("text", "It rhymes")])
        .await
        .expect(303);
    let after = browser.open(PAGE).await.expect(200).text();

    assert!(page.contains("Who was it?") && page.contains("Why that word?"));
    assert!(!page.contains("ada"), "nobody learns who has reported them");
    assert!(after.contains("My cat"));
    assert!(!after.contains(&to_appeal) && !after.contains(&to_case));
}

#[tokio::test]
async fn whoever_has_left_appeals_from_the_page_for_leavers() {
    let app = testkit::app().await;
    let (_, tom) = decided(&app, Kind::AccountLimit).await;
    leaves(&app, &tom).await;
    let mut browser = at_the_page(&app, &tom).await;

    let leaving = browser.open("/auth/leaving").await.expect(200).text();
    let action = format!("{PAGE}/{}/appeal", strike(&app, &tom).await);
    browser
        .fill(PAGE, &action, &[("text", "That was not me")])
        .await
        .expect(303);

    assert!(leaving.contains(PAGE));
    let decisions = appeals::decisions_about(&app, tom.id).await.unwrap();
    assert!(decisions[0].appeal.is_some());
}

#[tokio::test]
async fn visitors_are_asked_to_sign_in_and_led_back() {
    let app = testkit::app().await;
    let mut browser = Browser::new(&app);

    let answer = browser.open(PAGE).await.expect(303);

    assert!(location(&answer).contains("/auth/sign_in"));
    assert!(location(&answer).contains("decisions"));
}

#[tokio::test]
async fn whoever_reported_sees_only_that_it_was_looked_at() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, tom) = (
        app.member("ada").with_password().await,
        app.member("tom").await,
    );
    let made = reports::create(&app, ada.id, tom.id, reports::NewReport::default())
        .await
        .unwrap();
    council
        .carries(Kind::ReportCloseNoAction, Target::Case(made.report.case_id))
        .await;
    let mut browser = Browser::new(&app);
    browser.sign_in("ada").await.expect(303);

    let page = browser.open(PAGE).await.expect(200).text();

    assert!(page.contains("looked at; nothing was done"));
    assert!(!page.contains("tom"));
}

#[tokio::test]
async fn a_suspended_member_appeals_and_is_let_in_again_when_it_was_wrong() {
    use model::moderation::appeal::AppealAnswer;

    let app = testkit::app().await;
    let (council, tom) = decided(&app, Kind::AccountSuspend).await;
    let mut browser = Browser::new(&app);
    let entry = browser.sign_in("tom").await.expect(303);
    let page = location(&entry);
    let action = format!("{PAGE}/{}/appeal", strike(&app, &tom).await);

    browser
        .fill(&page, &action, &[("text", "That was not me")])
        .await
        .expect(303);
    let appeal = appeals::queue(&app, &council.seat(3).await).await.unwrap()[0]
        .appeal
        .id;
    for seat in [1, 3] {
        appeals::vote(
            &app,
            &council.seat(seat).await,
            appeal,
            AppealAnswer::Overturn,
            "",
        )
        .await
        .unwrap();
    }

    assert_eq!(page, PAGE);
    let mut later = Browser::new(&app);
    let entry = later.sign_in("tom").await.expect(303);
    assert_eq!(location(&entry), "/");
    let page = later.open(PAGE).await.expect(200).text();
    assert!(page.contains("The decision was wrong, and is undone."));
    assert!(page.contains("It does not count any more."));
}
