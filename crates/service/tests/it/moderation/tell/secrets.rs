//! S70: what nobody outside may learn is in no message and no letter, whatever happens to it.

use ::model::moderation::{
    Answer, Kind, Target, appeal::AppealAnswer, proposal::Origin, report::Category,
};
use service::moderation::{
    appeals, emergency,
    propose::NewProposal,
    reports::{self, NewReport},
    timers, view,
    vote::{self, Ballot},
};
use testkit::Mailbox;
use time::Duration;

use super::{matrix, receiver::Receiver, server, slack, webhook, works};

/// Each stands somewhere in the database, near what is told.
const PLANTED: [&str; 9] = [
    "sesamreporter",
    "sesamtarget",
    "sesampost",
    "sesamcomment",
    "sesampublicreason",
    "sesamprivatereason",
    "sesamnotice",
    "sesamvote",
    "sesamappeal",
];

#[tokio::test]
async fn nothing_planted_is_in_any_message_or_letter() {
    let (receiver, mailbox) = (Receiver::start().await, Mailbox::default());
    let channels = vec![
        ("slack", slack(&receiver)),
        ("matrix", matrix(&receiver)),
        ("webhook", webhook(&receiver)),
    ];
    let app = server(channels, &["list@club.example"], &mailbox).await;
    let council = app.council().await;
    let reporter = app.member("sesamreporter").await;
    let target = app.member("sesamtarget").await;
    let post = target.posts("sesampost").await.status.id;
    let new = NewReport {
        status_ids: vec![post],
        comment: "sesamcomment".into(),
        category: Some(Category::Threat),
        ..NewReport::default()
    };
    let case = reports::create(&app, reporter.id, target.id, new)
        .await
        .unwrap()
        .report
        .case_id;
    let new = |kind| NewProposal {
        case_id: Some(case),
        status_ids: vec![post],
        reason_private: "sesamprivatereason".into(),
        notice_text: "sesamnotice".into(),
        ..NewProposal::new(
            kind,
            Target::Account(target.id),
            Category::Threat,
            "sesampublicreason",
            Origin::Web,
        )
    };
    works(&app).await;

    // One measure that is taken back, one that is expired, one that is carried, and appealed up to the board.
    emergency::take(&app, &council.seat(1).await, new(Kind::AccountSensitive))
        .await
        .unwrap();
    works(&app).await;
    for _ in 0..9 {
        app.clock.advance(Duration::days(1));
        timers::run(&app).await.unwrap();
        works(&app).await;
    }
    let proposal = council.propose_all(new(Kind::AccountLimit)).await.proposal;
    works(&app).await;
    let acting = council.seat(3).await;
    let ballot = Ballot {
        proposal: proposal.id,
        digest: view::proposal(&app, &acting, proposal.id)
            .await
            .unwrap()
            .proposal
            .digest,
        answer: Answer::Object,
        comment: "sesamvote".into(),
    };
    vote::vote(&app, &acting, ballot).await.unwrap();
    council.approve(2, proposal.id).await;
    works(&app).await;
    let strike = appeals::decisions_about(&app, target.id).await.unwrap()[0]
        .strike
        .id;
    let appeal = appeals::file(&app, target.id, strike, "sesamappeal")
        .await
        .unwrap();
    works(&app).await;
    appeals::vote(
        &app,
        &council.seat(3).await,
        appeal,
        AppealAnswer::Overturn,
        "sesamvote",
    )
    .await
    .unwrap();
    for _ in 0..30 {
        app.clock.advance(Duration::days(1));
        timers::run(&app).await.unwrap();
        works(&app).await;
    }

    let said = receiver.said();
    let titles = receiver.titles();
    for expected in [
        "A report has come in",
        "An emergency measure is in force, and has to be ratified",
        "An emergency measure was taken back",
        "A proposal was carried and is done",
        "A member has appealed a decision",
        "An appeal waits for the board",
    ] {
        assert!(
            titles.iter().any(|title| title.contains(expected)),
            "{expected}: {titles:?}"
        );
    }
    let letters = mailbox.letters();
    let ours = letters
        .iter()
        .filter(|letter| !letter.to.starts_with("sesam"));
    let written = ours.map(|letter| format!("{letter:?}"));
    for text in said.into_iter().map(|said| said.raw).chain(written) {
        for planted in PLANTED {
            assert!(!text.contains(planted), "{planted} in {text}");
        }
        assert!(!text.contains(&target.id.to_string()) && !text.contains(&post.to_string()));
        assert!(!text.contains(&reporter.id.to_string()));
    }
}
