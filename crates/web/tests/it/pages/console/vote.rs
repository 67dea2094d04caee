//! Answering proposals.

use model::moderation::{Kind, Target, proposal::Origin, report::Category};
use service::moderation::{amend, propose::NewProposal};
use time::Duration;

use super::world::at_desk;
use crate::browser::{Browser, hidden, location};

#[tokio::test]
async fn the_second_approval_carries_it_out() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").with_password().await;
    let proposal = council
        .propose(Kind::AccountFreeze, Target::Account(alice.id))
        .await
        .proposal
        .id;
    let mut mark = at_desk(&app, &council.moderators[1]).await;
    let path = format!("/console/proposals/{proposal}");

    let queue = mark.browser.open("/console").await.expect(200).text();
    let before = mark.browser.open(&path).await.expect(200).text();
    let after = mark
        .fill(&path, &format!("{path}/vote"), &[("vote", "approve")])
        .await
        .expect(200)
        .text();

    assert!(queue.contains("waits for your answer"));
    assert!(before.contains("1 of 2 approvals"));
    assert!(before.contains("Freeze @alice@moot.test"));
    assert!(after.contains("Your approval is counted."), "{after}");
    assert!(after.contains("2 of 2 approvals"));
    assert!(after.contains("href=\"/moderation/"));
    let mut frozen = Browser::new(&app);
    let refused = frozen.sign_in("alice").await;
    assert_ne!(
        frozen.open("/settings/security").await.status,
        200,
        "{}",
        refused.text()
    );
}

// S67, S68: what was shown is what is approved, or nothing is.
#[tokio::test]
async fn what_has_changed_since_it_was_shown_is_not_approved() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let target = Target::Account(alice.id);
    let proposal = council
        .propose(Kind::AccountWarn, target.clone())
        .await
        .proposal
        .id;
    let mut mark = at_desk(&app, &council.moderators[1]).await;
    let path = format!("/console/proposals/{proposal}");
    let shown = mark.browser.open(&path).await.expect(200);
    let amended = NewProposal::new(
        Kind::AccountWarn,
        target,
        Category::Spam,
        "Something else",
        Origin::Web,
    );
    amend::amend(&app, &council.seat(1).await, proposal, amended)
        .await
        .unwrap();

    let vote = format!("{path}/vote");
    let mut fields = hidden(&shown, &vote);
    fields.push(("vote".into(), "approve".into()));
    fields.push(("comment".into(), "I agree with this".into()));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let refused = mark.browser.send(&vote, &fields).await.expect(409).text();

    assert!(refused.contains("Nothing was counted."));
    assert!(refused.contains("Something else"));
    assert!(refused.contains("I agree with this"));
    assert!(refused.contains("1 of 2 approvals"));
}

#[tokio::test]
async fn a_proof_that_is_too_old_is_asked_for_and_nothing_is_typed_twice() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let proposal = council
        .propose(Kind::AccountWarn, Target::Account(alice.id))
        .await
        .proposal
        .id;
    let mut mark = at_desk(&app, &council.moderators[1]).await;
    let path = format!("/console/proposals/{proposal}");
    app.clock.advance(Duration::minutes(11));

    let answer = [("vote", "object"), ("comment", "Too hard for \"this\" <b>")];
    let asked = mark
        .browser
        .fill(&path, &format!("{path}/vote"), &answer)
        .await
        .expect(200);
    let still = mark.browser.open(&path).await.expect(200).text();
    let mut wrong = hidden(&asked, "/auth/step_up");
    wrong.push(("code".into(), "000000".into()));
    let wrong: Vec<(&str, &str)> = wrong
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let asked = mark.browser.send("/auth/step_up", &wrong).await.expect(422);
    let done = mark.prove(&app, &asked).await.expect(200).text();

    assert!(asked.text().contains("Is it still you?"));
    assert!(still.contains("You are asked for your second factor first."));
    assert!(!still.contains("Too hard"));
    assert!(done.contains("Your objection is counted."), "{done}");
    assert!(
        done.contains("Too hard for &#34;this&#34; &#60;b&#62;"),
        "{done}"
    );
}

#[tokio::test]
async fn a_proof_leads_nowhere_but_to_pages_of_ours() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut mark = at_desk(&app, &council.moderators[1]).await;
    let page = mark.browser.open("/auth/step_up").await.expect(200);
    let token = hidden(&page, "/auth/step_up").remove(0).1;

    let code = mark.code(&app);
    let sent = [
        ("form_token", token.as_str()),
        ("code", &code),
        ("carried", "1"),
        ("redirect_to", "//evil.example/collect"),
        ("secret", "x"),
    ];
    let led = mark.browser.send("/auth/step_up", &sent).await.expect(307);

    assert_eq!(location(&led), "/settings/security");
}

#[tokio::test]
async fn an_objection_says_why() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let proposal = council
        .propose(Kind::AccountWarn, Target::Account(alice.id))
        .await
        .proposal
        .id;
    let mut mark = at_desk(&app, &council.moderators[1]).await;
    let path = format!("/console/proposals/{proposal}");

    let refused = mark
        .browser
        .fill(&path, &format!("{path}/vote"), &[("vote", "object")])
        .await
        .expect(422)
        .text();

    assert!(refused.contains("Nothing was counted."));
}

#[tokio::test]
async fn standing_aside_is_for_good_and_handing_over_is_not() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let proposal = council
        .propose(Kind::AccountWarn, Target::Account(alice.id))
        .await
        .proposal
        .id;
    let mut mark = at_desk(&app, &council.moderators[1]).await;
    let path = format!("/console/proposals/{proposal}");

    let handed = mark
        .fill(&path, &format!("{path}/comment"), &[("hand_over", "1")])
        .await
        .expect(200)
        .text();
    let aside = [("reason", "We are friends")];
    mark.fill(&path, &format!("{path}/recuse"), &aside)
        .await
        .expect(200);
    let after = mark.browser.open(&path).await.expect(200).text();

    assert!(handed.contains("I hand this over to the others."));
    assert!(handed.contains(&format!("{path}/vote")));
    assert!(after.contains("You stand aside from this one."));
    assert!(!after.contains(&format!("{path}/vote")));
}

#[tokio::test]
async fn whoever_proposed_it_amends_or_withdraws_it() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let proposal = council
        .propose(Kind::AccountWarn, Target::Account(alice.id))
        .await
        .proposal
        .id;
    let mut mona = at_desk(&app, &council.moderators[0]).await;
    let path = format!("/console/proposals/{proposal}");
    let amend = format!("{path}/amend");

    let form = mona.browser.open(&amend).await.expect(200).text();
    let amended = mona
        .fill(
            &amend,
            &amend,
            &[
                ("targets", "@alice@moot.test"),
                ("category", "spam"),
                ("reason_public", "Advertising in replies"),
            ],
        )
        .await
        .expect(200)
        .text();
    let withdrawn = mona
        .fill(&path, &format!("{path}/withdraw"), &[])
        .await
        .expect(200)
        .text();

    assert!(form.contains("It breaks a rule"));
    assert!(form.contains("@alice@moot.test"));
    assert!(amended.contains("everybody votes anew"), "{amended}");
    assert!(amended.contains("Advertising in replies"));
    assert!(withdrawn.contains("The proposal is withdrawn."));
}
