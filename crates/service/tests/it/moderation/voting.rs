//! Votes: who may give one, on what, and what it does.

use ::model::moderation::{
    Answer, Field, Kind, Params, Target,
    board::DecisionKind,
    params::DomainSeverity,
    proposal::{Origin, State},
    report::Category,
};
use serde_json::json;
use service::{
    Error,
    moderation::{
        Acting, Via, amend,
        propose::{self, NewProposal},
        queue, recuse, view,
        vote::{self, Ballot},
        withdraw,
    },
};
use testkit::{Council, TestApp};
use time::Duration;

async fn set(app: &TestApp, target: &Target, field: Field) -> bool {
    let mut connection = app.db.acquire().await.unwrap();
    db::moderation::state_of(&mut connection, target, field)
        .await
        .unwrap()
        .is_some()
}

fn limit(target: &Target) -> NewProposal {
    NewProposal::new(
        Kind::AccountLimit,
        target.clone(),
        Category::Violation,
        "Insults others",
        Origin::Web,
    )
}

async fn answer(
    app: &TestApp,
    acting: &Acting,
    id: ::model::moderation::ProposalId,
    answer: Answer,
) -> service::Result<service::moderation::ProposalView> {
    let seen = view::proposal(app, acting, id).await?;
    let ballot = Ballot {
        proposal: id,
        digest: seen.proposal.digest,
        answer,
        comment: "Because.".into(),
    };
    vote::vote(app, acting, ballot).await
}

#[tokio::test]
async fn one_moderator_alone_changes_nothing_and_two_do() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);

    let proposal = council.propose(Kind::AccountLimit, target.clone()).await;

    assert_eq!((proposal.approvals, proposal.needed), (1, 2));
    assert!(!set(&app, &target, Field::Limited).await);
    let carried = council.approve(2, proposal.proposal.id).await;
    assert_eq!(carried.proposal.state, State::Executed);
    assert!(set(&app, &target, Field::Limited).await);
}

#[tokio::test]
async fn one_person_counts_once_however_often_they_approve() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let proposal = council.propose(Kind::AccountLimit, target.clone()).await;

    let again = council.approve(1, proposal.proposal.id).await;

    assert_eq!(again.approvals, 1);
    assert!(!set(&app, &target, Field::Limited).await);
}

#[tokio::test]
async fn fifty_simultaneous_second_approvals_execute_once() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let proposal = council.propose(Kind::AccountLimit, target.clone()).await;
    let digest = proposal.proposal.digest;
    let actings = [council.seat(2).await, council.seat(3).await];

    let votes = (0..50).map(|turn| {
        let (app, acting) = (app.to_app(), actings[turn % 2].clone());
        let ballot = Ballot {
            proposal: proposal.proposal.id,
            digest,
            answer: Answer::Approve,
            comment: String::new(),
        };
        tokio::spawn(async move { vote::vote(&app, &acting, ballot).await })
    });
    let mut taken = 0;
    for vote in votes.collect::<Vec<_>>() {
        match vote.await.unwrap() {
            Ok(_) => taken += 1,
            Err(Error::Conflict(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }

    assert_eq!(taken, 1, "the others found it executed");
    let entries: i64 =
        sqlx::query_scalar("SELECT count(*) FROM log_entries WHERE type = 'proposal.executed'")
            .fetch_one(&app.db)
            .await
            .unwrap();
    assert_eq!(entries, 1);
}

// S67, S68.
#[tokio::test]
async fn an_approval_of_what_it_was_is_refused_and_earlier_votes_are_dropped() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let seen = council.propose(Kind::AccountLimit, target.clone()).await;
    let stricter = NewProposal {
        kind: Kind::AccountSuspend,
        ..limit(&target)
    };
    let amended = amend::amend(&app, &council.seat(1).await, seen.proposal.id, stricter)
        .await
        .unwrap();

    let late = Ballot {
        proposal: seen.proposal.id,
        digest: seen.proposal.digest,
        answer: Answer::Approve,
        comment: String::new(),
    };
    let refused = vote::vote(&app, &council.seat(3).await, late).await;

    assert!(
        matches!(refused, Err(Error::Conflict(why)) if why.contains(&hex::encode(amended.proposal.digest)))
    );
    assert_eq!(amended.approvals, 1, "only the one who amended");
    assert_eq!(amended.proposal.revision, 2);
    assert!(!set(&app, &target, Field::Suspended).await);
}

#[tokio::test]
async fn whoever_it_is_about_neither_sees_nor_decides_it() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mira = Target::Account(council.moderators[2].id);
    let proposal = council.propose(Kind::AccountLimit, mira.clone()).await;
    let acting = council.seat(3).await;

    assert!(matches!(
        view::proposal(&app, &acting, proposal.proposal.id).await,
        Err(Error::NotFound)
    ));
    assert!(queue::queue(&app, &acting).await.unwrap().is_empty());
    let ballot = Ballot {
        proposal: proposal.proposal.id,
        digest: proposal.proposal.digest,
        answer: Answer::Object,
        comment: "I did nothing.".into(),
    };
    assert!(matches!(
        vote::vote(&app, &acting, ballot).await,
        Err(Error::NotFound)
    ));
    assert!(propose::propose(&app, &acting, limit(&mira)).await.is_err());
}

#[tokio::test]
async fn a_declared_recusal_drops_the_vote_and_cannot_be_undone() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let proposal = council.propose(Kind::AccountLimit, target.clone()).await;
    let mona = council.seat(1).await;

    recuse::recuse_from_proposal(&app, &mona, proposal.proposal.id, "We share a flat")
        .await
        .unwrap();

    assert!(matches!(
        answer(&app, &mona, proposal.proposal.id, Answer::Approve).await,
        Err(Error::Forbidden(_))
    ));
    let second = council.approve(2, proposal.proposal.id).await;
    assert_eq!(second.approvals, 1, "the first vote counts no more");
    let third = council.approve(3, proposal.proposal.id).await;
    assert_eq!(third.proposal.state, State::Executed);
}

#[tokio::test]
async fn two_who_object_or_abstain_reject_it() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let id = council
        .propose(Kind::AccountLimit, target)
        .await
        .proposal
        .id;

    let one = answer(&app, &council.seat(2).await, id, Answer::Object)
        .await
        .unwrap();
    let two = answer(&app, &council.seat(3).await, id, Answer::Abstain)
        .await
        .unwrap();

    assert_eq!(one.proposal.state, State::Open, "one objection is no veto");
    assert_eq!(two.proposal.state, State::Rejected);
}

#[tokio::test]
async fn an_objection_needs_a_reason() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let proposal = council.propose(Kind::AccountLimit, target).await.proposal;
    let ballot = Ballot {
        proposal: proposal.id,
        digest: proposal.digest,
        answer: Answer::Object,
        comment: "  ".into(),
    };

    let refused = vote::vote(&app, &council.seat(2).await, ballot).await;

    assert!(matches!(refused, Err(Error::Invalid(_))));
}

#[tokio::test]
async fn with_one_vacancy_both_others_are_needed_and_with_two_the_board() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let id = council
        .propose(Kind::AccountLimit, target.clone())
        .await
        .proposal
        .id;

    for seat_no in [3, 2] {
        council
            .decide(DecisionKind::RemoveModerator, json!({"seat_no": seat_no}))
            .await;
    }

    service::moderation::timers::run(&app).await.unwrap();
    let seen = view::proposal(&app, &council.seat(1).await, id)
        .await
        .unwrap();
    assert!(seen.is_blocked);
    assert_eq!(seen.needed, 2, "the threshold is never lowered");
    council
        .decide(
            DecisionKind::SubstituteApproval,
            json!({"proposal_id": id.to_string()}),
        )
        .await;
    assert!(set(&app, &target, Field::Limited).await);
}

#[tokio::test]
async fn the_vote_of_somebody_who_lost_the_seat_counts_no_more() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let id = council
        .propose(Kind::AccountLimit, target.clone())
        .await
        .proposal
        .id;

    council
        .decide(DecisionKind::RemoveModerator, json!({"seat_no": 1}))
        .await;
    let second = council.approve(2, id).await;

    assert_eq!(second.approvals, 1);
    assert!(!set(&app, &target, Field::Limited).await);
}

#[tokio::test]
async fn nobody_votes_on_a_password_alone_or_an_old_proof() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let now = app.clock.now();
    let vias = [
        Via::Browser {
            stepped_up_at: None,
            has_second_factor: true,
        },
        Via::Browser {
            stepped_up_at: Some(now),
            has_second_factor: false,
        },
        Via::Browser {
            stepped_up_at: Some(now - Duration::minutes(11)),
            has_second_factor: true,
        },
        Via::App {
            stepped_up_at: None,
        },
        Via::App {
            stepped_up_at: Some(now - Duration::days(8)),
        },
    ];

    for via in vias {
        let acting = Acting {
            via,
            ..council.seat(1).await
        };
        let refused = propose::propose(&app, &acting, limit(&target)).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{via:?}");
    }

    let fresh = Acting {
        via: Via::Browser {
            stepped_up_at: Some(now - Duration::minutes(9)),
            has_second_factor: true,
        },
        ..council.seat(1).await
    };
    propose::propose(&app, &fresh, limit(&target))
        .await
        .unwrap();
}

#[tokio::test]
async fn the_same_call_in_a_second_app_is_the_second_approval() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let stock = || NewProposal {
        origin: Origin::Api,
        ..limit(&target)
    };

    let first = propose::propose_or_approve(&app, &council.seat(1).await, stock())
        .await
        .unwrap();
    let other = NewProposal {
        kind: Kind::AccountSuspend,
        ..stock()
    };
    let differing = propose::propose_or_approve(&app, &council.seat(3).await, other)
        .await
        .unwrap();
    let second = propose::propose_or_approve(&app, &council.seat(2).await, stock())
        .await
        .unwrap();

    assert_eq!(second.proposal.id, first.proposal.id);
    assert_eq!(second.proposal.state, State::Executed);
    assert_ne!(differing.proposal.id, first.proposal.id);
    assert_eq!(differing.proposal.related_id, Some(first.proposal.id));
}

#[tokio::test]
async fn what_cannot_be_undone_cools_off_and_any_one_can_stop_it() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    let target = Target::Account(tom.id);
    council.carries(Kind::AccountSuspend, target.clone()).await;
    let carried = council
        .carries(Kind::AccountDeleteData, target.clone())
        .await;
    let id = carried.proposal.id;

    assert_eq!(carried.proposal.state, State::Approved);
    app.clock.advance(Duration::hours(23));
    service::moderation::timers::run(&app).await.unwrap();
    assert!(!set(&app, &target, Field::Erased).await);
    let stopped = withdraw::stop(&app, &council.acting(&council.board[2]).await, id)
        .await
        .unwrap();
    assert_eq!(stopped.proposal.state, State::Open);
    app.clock.advance(Duration::hours(2));
    service::moderation::timers::run(&app).await.unwrap();
    assert!(!set(&app, &target, Field::Erased).await);
}

#[tokio::test]
async fn a_decision_overtaken_by_events_is_open_again_under_a_new_revision() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    let post = tom.posts("something").await;
    let target = Target::Status(post.status.id);
    let id = council
        .propose(Kind::StatusDelete, target)
        .await
        .proposal
        .id;

    service::statuses::delete(&app, tom.id, post.status.id)
        .await
        .unwrap();
    let second = council.approve(2, id).await;

    assert_eq!(second.proposal.state, State::Open);
    assert_eq!(second.proposal.revision, 2);
    assert_eq!(second.approvals, 0);
    assert!(second.proposal.failure.is_some());
}

#[tokio::test]
async fn a_batch_is_voted_on_once_and_logged_for_each() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut new = limit(&Target::Account(app.member("one").await.id));
    for name in ["two", "three"] {
        new.targets.push(Target::Account(app.member(name).await.id));
    }
    let targets = new.targets.clone();
    let proposal = council.propose_all(new).await;

    let carried = council.approve(2, proposal.proposal.id).await;

    assert_eq!(carried.log_seqs.len(), 3);
    for target in targets {
        assert!(set(&app, &target, Field::Limited).await);
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_before_anybody_votes() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let acting = council.seat(1).await;
    let nonsense = [
        NewProposal {
            reason_public: "  ".into(),
            ..limit(&target)
        },
        NewProposal {
            reason_public: "x".repeat(501),
            ..limit(&target)
        },
        NewProposal {
            targets: Vec::new(),
            ..limit(&target)
        },
        NewProposal {
            kind: Kind::DomainBlock,
            params: Params {
                severity: Some(DomainSeverity::Suspend),
                ..Params::default()
            },
            ..limit(&target)
        },
        NewProposal {
            kind: Kind::IpBlock,
            targets: vec![Target::IpRange("192.0.2.0/24".into())],
            ..limit(&target)
        },
    ];

    for new in nonsense {
        let refused = propose::propose(&app, &acting, new).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
    }
    let lacking = NewProposal {
        kind: Kind::AccountRemoveAvatar,
        ..limit(&target)
    };
    assert!(matches!(
        propose::propose(&app, &acting, lacking).await,
        Err(Error::Conflict(_))
    ));
}

async fn expire(app: &TestApp, council: &Council, days: i64) -> State {
    let target = Target::Account(app.member("tom").await.id);
    let id = council
        .propose(Kind::AccountLimit, target)
        .await
        .proposal
        .id;
    app.clock.advance(Duration::days(days));
    service::moderation::timers::run(app).await.unwrap();
    let seen = view::proposal(app, &council.seat(1).await, id)
        .await
        .unwrap();
    seen.proposal.state
}

#[tokio::test]
async fn a_proposal_that_nobody_decides_expires_after_a_week_and_not_before() {
    let app = testkit::app().await;
    let council = app.council().await;

    assert_eq!(expire(&app, &council, 6).await, State::Open);
    app.clock.advance(Duration::days(1));
    service::moderation::timers::run(&app).await.unwrap();
    assert!(
        queue::queue(&app, &council.seat(1).await)
            .await
            .unwrap()
            .is_empty()
    );
}

// S72.
#[tokio::test]
async fn a_vote_given_by_an_app_is_told_to_whose_it_is() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let by_app = Acting {
        via: Via::App {
            stepped_up_at: Some(app.clock.now()),
        },
        ..council.seat(1).await
    };
    let told = || async {
        let jobs = app.jobs().await;
        jobs.iter()
            .filter(|job| job.payload.to_string().contains("app_voted"))
            .count()
    };

    let proposal = propose::propose(&app, &by_app, limit(&target))
        .await
        .unwrap();
    assert_eq!(told().await, 1);
    council.approve(2, proposal.proposal.id).await;

    assert_eq!(
        told().await,
        1,
        "a vote in the browser is nothing to warn of"
    );
}

#[tokio::test]
async fn one_moderator_closes_a_report_only_where_the_board_says_so() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (tom, nora) = (app.member("tom").await, app.member("nora").await);
    let report = |comment: &str| service::moderation::reports::NewReport {
        comment: comment.into(),
        ..Default::default()
    };
    let close = async |comment: &str| {
        let reported = service::moderation::reports::create(&app, nora.id, tom.id, report(comment))
            .await
            .unwrap();
        let case = reported.report.case_id;
        let new = NewProposal {
            case_id: Some(case),
            ..NewProposal::new(
                Kind::ReportCloseNoAction,
                Target::Case(case),
                Category::Other,
                "Nothing against the rules",
                Origin::Web,
            )
        };
        council.propose_all(new).await.proposal
    };

    let first = close("He disagrees with me").await;
    assert_eq!(first.state, State::Open);
    council.approve(2, first.id).await;
    let changes = json!({"changes": {"resolve_requires_quorum": false}});
    council
        .decide(DecisionKind::ChangeGovernance, changes)
        .await;
    let second = close("He still disagrees with me").await;

    assert_eq!(second.state, State::Executed);
}
