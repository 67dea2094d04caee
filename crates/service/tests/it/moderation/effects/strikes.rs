//! What a member is told, and what counts against them.

use ::model::{
    AccountId,
    moderation::{Kind, Params, Target, appeal::Strike, proposal::Origin, report::Category},
    notification::NotificationKind,
};
use service::{
    mail::{Occasion, SendMail},
    moderation::propose::NewProposal,
};
use testkit::TestApp;

use super::{carried, let_lapse, taken};

async fn strikes(app: &TestApp, member: AccountId) -> Vec<Strike> {
    let mut connection = app.db.acquire().await.unwrap();
    db::moderation::strikes_about(&mut connection, member)
        .await
        .unwrap()
}

async fn letters(app: &TestApp, member: AccountId) -> Vec<Occasion> {
    let letters = app.enqueued::<SendMail>().await;
    letters
        .into_iter()
        .filter(|letter| letter.account_id == member)
        .map(|letter| letter.occasion)
        .collect()
}

#[tokio::test]
async fn a_measure_against_a_member_is_a_strike_a_letter_and_a_notification() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    app.forget_jobs().await;
    let new = NewProposal {
        notice_text: "Please stop.".into(),
        rule_ids: vec![1],
        ..NewProposal::new(
            Kind::AccountLimit,
            Target::Account(alice.id),
            Category::Violation,
            "Insults others",
            Origin::Web,
        )
    };

    let id = council.propose_all(new).await.proposal.id;
    council.approve(2, id).await;

    let strikes = strikes(&app, alice.id).await;
    assert_eq!(strikes.len(), 1);
    assert_eq!(
        (strikes[0].action.as_str(), strikes[0].text.as_str()),
        ("silence", "Please stop.")
    );
    assert_eq!(strikes[0].rule_ids, [1]);
    assert_eq!(
        strikes[0].appealable_until,
        app.clock.now() + time::Duration::days(20)
    );
    let told: Vec<_> = crate::world::told(&app, alice.id)
        .await
        .into_iter()
        .map(|told| told.0)
        .collect();
    assert!(
        told.contains(&NotificationKind::ModerationWarning),
        "{told:?}"
    );
    let letters = letters(&app, alice.id).await;
    assert_eq!(
        letters,
        [Occasion::Decision {
            strike: strikes[0].id.get()
        }]
    );
}

#[tokio::test]
async fn the_letter_names_who_decided_the_rule_and_the_way_to_appeal() {
    let mailbox = std::sync::Arc::new(testkit::Mailbox::default());
    let app = testkit::app().mailer(mailbox.clone()).await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    app.forget_jobs().await;
    let new = NewProposal {
        notice_text: "Please stop.".into(),
        reason_private: "planted secret".into(),
        rule_ids: vec![1],
        ..NewProposal::new(
            Kind::AccountSuspend,
            Target::Account(alice.id),
            Category::Violation,
            "Insults others",
            Origin::Web,
        )
    };
    let id = council.propose_all(new).await.proposal.id;
    council.approve(2, id).await;

    service::work::register(app.worker(()), &app)
        .run_until_idle()
        .await
        .unwrap();

    let letters = mailbox.letters();
    let letter = letters
        .iter()
        .find(|letter| letter.to == "alice@mail.example")
        .unwrap();
    for part in [
        "mona",
        "mark",
        "Be kind.",
        "Please stop.",
        "/settings/decisions",
        "suspended",
    ] {
        assert!(letter.text.contains(part), "{part}: {}", letter.text);
    }
    assert!(!letter.text.contains("planted secret"));
    assert!(
        !letter.text.contains("mira"),
        "who has not voted has not decided"
    );
}

#[tokio::test]
async fn several_posts_in_one_proposal_are_one_decision() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let (one, two) = (
        alice.posts("one").await.status.id,
        alice.posts("two").await.status.id,
    );
    let new = NewProposal {
        targets: vec![Target::Status(one), Target::Status(two)],
        ..NewProposal::new(
            Kind::StatusDelete,
            Target::Status(one),
            Category::Spam,
            "Spam",
            Origin::Web,
        )
    };

    let id = council.propose_all(new).await.proposal.id;
    council.approve(2, id).await;

    let strikes = strikes(&app, alice.id).await;
    assert_eq!(strikes.len(), 1);
    assert_eq!(strikes[0].status_ids, [one, two]);
}

#[tokio::test]
async fn an_emergency_that_nobody_ratified_does_not_count() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    taken(
        &app,
        &council,
        Kind::AccountFreeze,
        Params::default(),
        Target::Account(alice.id),
    )
    .await;
    assert!(strikes(&app, alice.id).await[0].overruled_at.is_none());

    let_lapse(&app).await;

    let strike = strikes(&app, alice.id).await.remove(0);
    assert!(strike.overruled_at.is_some());
    let told = letters(&app, alice.id).await;
    assert!(
        told.contains(&Occasion::MeasureTakenBack {
            strike: strike.id.get()
        }),
        "{told:?}"
    );
}

#[tokio::test]
async fn nobody_gets_a_letter_that_was_not_wanted_and_others_servers_people_none() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@far.example").await;
    app.forget_jobs().await;
    let quiet = Params {
        send_mail: Some(false),
        ..Params::default()
    };

    carried(
        &council,
        Kind::AccountSensitive,
        quiet,
        Target::Account(alice.id),
    )
    .await;
    carried(
        &council,
        Kind::AccountLimit,
        Params::default(),
        Target::Account(mia.id),
    )
    .await;

    assert!(letters(&app, alice.id).await.is_empty());
    assert_eq!(strikes(&app, alice.id).await.len(), 1);
    assert!(strikes(&app, mia.id).await.is_empty());
}
