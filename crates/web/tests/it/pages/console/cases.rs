//! Cases: what was reported, and what moderators do about it alone.

use service::moderation::reports::{self, NewReport};

use super::world::{at_desk, number};
use crate::browser::location;

#[tokio::test]
async fn a_report_becomes_a_case_that_is_worked_on() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let tom = app.member("tom").await;
    let post = tom.posts("buy this now").await;
    let new = NewReport {
        status_ids: vec![post.status.id],
        comment: "He writes this everywhere".into(),
        ..NewReport::default()
    };
    let case = reports::create(&app, alice.id, tom.id, new)
        .await
        .unwrap()
        .report
        .case_id;
    let mut mona = at_desk(&app, &council.moderators[0]).await;
    let path = format!("/console/cases/{case}");

    let queue = mona.browser.open("/console").await.expect(200).text();
    let page = mona.browser.open(&path).await.expect(200).text();
    let shown = mona
        .browser
        .open(&format!("{path}?posts=shown"))
        .await
        .expect(200);
    let claimed = mona
        .fill(&path, &format!("{path}/claim"), &[])
        .await
        .expect(200)
        .text();
    let note = [("text", "Looks like a bought account")];
    let noted = mona
        .fill(&path, &format!("{path}/note"), &note)
        .await
        .expect(200)
        .text();
    let asked = [("whom", "author"), ("text", "Is this your own shop?")];
    let asked = mona
        .fill(&path, &format!("{path}/ask"), &asked)
        .await
        .expect(200)
        .text();
    let handed = mona
        .fill(&path, &format!("{path}/hand_over"), &[])
        .await
        .expect(200)
        .text();

    assert!(
        queue.contains(&path) && queue.contains("nobody has looked yet"),
        "{queue}"
    );
    assert!(page.contains("He writes this everywhere"));
    assert!(page.contains("@alice@moot.test"));
    assert!(!page.contains("buy this now"), "posts are asked for");
    assert!(shown.text().contains("buy this now"));
    assert!(
        shown
            .text()
            .contains("You have looked at 1 reported post today")
    );
    assert!(claimed.contains("You are at work on it."));
    assert!(noted.contains("Looks like a bought account"));
    assert!(asked.contains("Is this your own shop?"));
    assert!(handed.contains("I hand this over to the others."));
    assert!(!handed.contains("<strong>mona</strong> is at work on it"));
}

#[tokio::test]
async fn the_day_s_count_is_the_browsers_own_and_ends_with_the_day() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let tom = app.member("tom").await;
    let post = tom.posts("buy this now").await;
    let new = NewReport {
        status_ids: vec![post.status.id],
        ..NewReport::default()
    };
    let case = reports::create(&app, alice.id, tom.id, new)
        .await
        .unwrap()
        .report
        .case_id;
    let mut mona = at_desk(&app, &council.moderators[0]).await;
    let mut mark = at_desk(&app, &council.moderators[1]).await;
    let path = format!("/console/cases/{case}?posts=shown");

    let first = mona.browser.open(&path).await.expect(200).text();
    let second = mona.browser.open(&path).await.expect(200).text();
    let of_mark = mark.browser.open(&path).await.expect(200).text();
    app.clock.advance(time::Duration::days(1));
    let next_day = mona.browser.open(&path).await.expect(200).text();

    assert!(first.contains("looked at 1 reported post today"));
    assert!(second.contains("looked at 2 reported posts today"));
    assert!(of_mark.contains("looked at 1 reported post today"));
    assert!(
        next_day.contains("looked at 1 reported post today"),
        "{next_day}"
    );
}

#[tokio::test]
async fn a_measure_opened_from_a_case_names_its_account_or_its_posts() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let tom = app.member("tom").await;
    let post = tom.posts("buy this now").await.status.id;
    let new = NewReport {
        status_ids: vec![post],
        ..NewReport::default()
    };
    let case = reports::create(&app, alice.id, tom.id, new)
        .await
        .unwrap()
        .report
        .case_id;
    let mut mona = at_desk(&app, &council.moderators[0]).await;
    let page = mona
        .browser
        .open(&format!("/console/cases/{case}"))
        .await
        .expect(200)
        .text();

    let (_, link) = page.split_once("href=\"/console/propose?about").unwrap();
    let query = link
        .split('"')
        .next()
        .unwrap()
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    let open = |kind: &str| format!("/console/propose?kind={kind}&about{query}");
    let account = mona
        .browser
        .open(&open("account.warn"))
        .await
        .expect(200)
        .text();
    let posts = mona
        .browser
        .open(&open("status.delete"))
        .await
        .expect(200)
        .text();

    assert!(account.contains(">@tom@moot.test</textarea>"), "{account}");
    assert!(account.contains(&format!("name=\"status-{post}\"")));
    assert!(posts.contains(&format!(">{post}</textarea>")), "{posts}");
}

#[tokio::test]
async fn closing_a_report_takes_two() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let tom = app.member("tom").await;
    let case = reports::create(&app, alice.id, tom.id, NewReport::default())
        .await
        .unwrap()
        .report
        .case_id;
    let mut mona = at_desk(&app, &council.moderators[0]).await;
    let mut mark = at_desk(&app, &council.moderators[1]).await;
    let form = format!("/console/propose?kind=report.close_no_action&case={case}&targets={case}");

    let fields = [
        ("targets", case.to_string()),
        ("category", "other".to_owned()),
        (
            "reason_public",
            "Nothing here is against a rule.".to_owned(),
        ),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let opened = mona
        .browser
        .fill(&form, "/console/propose", &fields)
        .await
        .expect(303);
    let proposal = format!("/console/proposals/{}", number(&location(&opened)));
    let still = mark
        .browser
        .open(&format!("/console/cases/{case}"))
        .await
        .expect(200)
        .text();
    mark.fill(
        &proposal,
        &format!("{proposal}/vote"),
        &[("vote", "approve")],
    )
    .await
    .expect(200);
    let closed = mark
        .browser
        .open(&format!("/console/cases/{case}"))
        .await
        .expect(200)
        .text();

    assert!(still.contains("Propose a measure"));
    assert!(still.contains(&proposal));
    assert!(closed.contains("closed without action"), "{closed}");
    let queue = mona.browser.open("/console").await.expect(200).text();
    assert!(queue.contains("No report is open."));
}

// S70: posts that are not for everybody are looked at for a reason, and the look is written down.
#[tokio::test]
async fn what_is_not_for_everybody_is_shown_for_a_reason() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let tom = app.member("tom").await;
    alice.follows(&tom).await;
    let post = tom.posts("for friends only").followers_only().await;
    let new = NewReport {
        status_ids: vec![post.status.id],
        ..NewReport::default()
    };
    let case = reports::create(&app, alice.id, tom.id, new)
        .await
        .unwrap()
        .report
        .case_id;
    let mut mona = at_desk(&app, &council.moderators[0]).await;
    let path = format!("/console/cases/{case}");
    let before = service::moderation::log::count(&app).await.unwrap();

    let hidden = mona
        .browser
        .open(&format!("{path}?posts=shown"))
        .await
        .expect(200)
        .text();
    let action = format!("{path}/posts#posts");
    let mut fields = crate::browser::hidden(&mona.browser.open(&path).await, &action);
    fields.push(("reason".into(), "The report names it".into()));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let shown = mona
        .browser
        .send(&format!("{path}/posts"), &fields)
        .await
        .expect(200)
        .text();

    assert!(!hidden.contains("for friends only"));
    assert!(hidden.contains("1 post is not for everybody"));
    assert!(shown.contains("for friends only"), "{shown}");
    assert!(service::moderation::log::count(&app).await.unwrap() > before);
}

#[tokio::test]
async fn the_reported_find_no_case_about_themselves() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let mark = &council.moderators[1];
    let case = reports::create(&app, alice.id, mark.id, NewReport::default())
        .await
        .unwrap()
        .report
        .case_id;
    let mut mark = at_desk(&app, mark).await;
    let mut mona = at_desk(&app, &council.moderators[0]).await;
    let path = format!("/console/cases/{case}");

    mark.browser.open(&path).await.expect(404);
    let queue = mark.browser.open("/console").await.expect(200).text();
    let seen = mona.browser.open(&path).await.expect(200).text();

    assert!(!queue.contains(&path));
    assert!(seen.contains("@mark@moot.test"));
}
