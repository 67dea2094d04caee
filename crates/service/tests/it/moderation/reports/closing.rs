//! What follows for reports when moderators have decided.

use ::model::moderation::{
    Kind, Target,
    proposal::Origin,
    report::{CaseOutcome, Category},
};
use service::{
    mail::{Occasion, SendMail},
    moderation::{propose::NewProposal, reports},
};

use super::{complains, report};

#[tokio::test]
async fn closing_without_action_takes_two_and_the_reporter_learns_of_it() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let made = complains(&app, ada.id, tom.id).await;
    let target = Target::Case(made.case_id);

    let proposed = council.propose(Kind::ReportCloseNoAction, target).await;
    assert!(report(&app, made.id).await.closed_at.is_none());
    council.approve(2, proposed.proposal.id).await;

    let closed = report(&app, made.id).await;
    assert_eq!(closed.closed_by, Some(proposed.proposal.id));
    let letters: Vec<_> = app
        .enqueued::<SendMail>()
        .await
        .into_iter()
        .filter(|letter| letter.account_id == ada.id)
        .map(|letter| letter.occasion)
        .collect();
    assert_eq!(
        letters,
        [Occasion::ReportDecided {
            outcome: "no_action".into()
        }]
    );
    let own = reports::own(&app, ada.id).await.unwrap();
    assert_eq!(own[0].outcome, Some(CaseOutcome::NoAction));
    // Who decided it stands beside the report.
    let seen = reports::show(&app, &council.seat(3).await, made.id)
        .await
        .unwrap();
    assert_eq!(seen.approved_by.len(), 2);
    assert!(seen.closed_by.is_some());
}

#[tokio::test]
async fn a_measure_that_answers_a_case_closes_it() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let made = complains(&app, ada.id, tom.id).await;
    let mut new = NewProposal::new(
        Kind::AccountWarn,
        Target::Account(tom.id),
        Category::Violation,
        "It breaks a rule",
        Origin::Web,
    );
    new.case_id = Some(made.case_id);

    let proposed = council.propose_all(new).await;
    council.approve(2, proposed.proposal.id).await;

    let own = reports::own(&app, ada.id).await.unwrap();
    assert_eq!(own[0].outcome, Some(CaseOutcome::Action));
    // A later report begins another case.
    let later = complains(&app, app.member("ben").await.id, tom.id).await;
    assert_ne!(later.case_id, made.case_id);
}
