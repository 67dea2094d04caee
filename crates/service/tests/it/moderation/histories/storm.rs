//! Everybody at once: no model can say what comes of it, but the invariants hold.

use std::collections::BTreeSet;

use ::model::moderation::{
    Answer, Kind, Target,
    board::DecisionKind,
    proposal::{Origin, State},
    report::Category,
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json};
use service::{
    App,
    moderation::{
        Acting, acting, amend, emergency,
        propose::{self, NewProposal},
        queue, recuse, timers,
        vote::{self, Ballot},
        withdraw,
    },
};
use testkit::Member;
use time::Duration;

use super::replay;

/// What one of the crowd does next.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Propose(u8, u8),
    Alone(u8, u8),
    Answer(u8, u8),
    Amend(u8, u8),
    Withdraw(u8),
    StepAside(u8),
    Look,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => any::<(u8, u8)>().prop_map(|(kind, about)| Deed::Propose(kind, about)),
        2 => any::<(u8, u8)>().prop_map(|(kind, about)| Deed::Alone(kind, about)),
        12 => any::<(u8, u8)>().prop_map(|(which, answer)| Deed::Answer(which, answer)),
        2 => any::<(u8, u8)>().prop_map(|(which, kind)| Deed::Amend(which, kind)),
        1 => any::<u8>().prop_map(Deed::Withdraw),
        1 => any::<u8>().prop_map(Deed::StepAside),
        2 => Just(Deed::Look),
    ]
}

fn kind(choice: u8) -> Kind {
    [
        Kind::AccountLimit,
        Kind::AccountUnlimit,
        Kind::AccountSensitive,
        Kind::AccountSuspend,
        Kind::AccountUnsuspend,
    ][usize::from(choice) % 5]
}

fn new(kind: Kind, about: u8, targets: &[Target]) -> NewProposal {
    let target = targets[usize::from(about) % targets.len()].clone();
    NewProposal::new(kind, target, Category::Spam, "Spam", Origin::Web)
}

/// Does something; whether it is taken is not asked.
async fn does(app: &App, acting: &Acting, deed: Deed, targets: &[Target]) {
    let open = match deed {
        Deed::Propose(..) | Deed::Alone(..) | Deed::Look => Vec::new(),
        _ => queue::queue(app, acting).await.unwrap_or_default(),
    };
    let chosen = |which: u8| open.get(usize::from(which) % open.len().max(1));
    match deed {
        Deed::Propose(what, about) => {
            propose::propose(app, acting, new(kind(what), about, targets))
                .await
                .ok();
        }
        Deed::Alone(what, about) => {
            emergency::take(app, acting, new(kind(what), about, targets))
                .await
                .ok();
        }
        Deed::Answer(which, answer) => {
            if let Some(seen) = chosen(which) {
                let ballot = Ballot {
                    proposal: seen.proposal.id,
                    digest: seen.proposal.digest,
                    answer: match answer % 6 {
                        0 => Answer::Object,
                        1 => Answer::Abstain,
                        _ => Answer::Approve,
                    },
                    comment: "Because.".into(),
                };
                vote::vote(app, acting, ballot).await.ok();
            }
        }
        Deed::Amend(which, what) => {
            if let Some(seen) = chosen(which) {
                let same = &seen.proposal.targets[..1];
                amend::amend(app, acting, seen.proposal.id, new(kind(what), 0, same))
                    .await
                    .ok();
            }
        }
        Deed::Withdraw(which) => {
            if let Some(seen) = chosen(which) {
                withdraw::withdraw(app, acting, seen.proposal.id).await.ok();
            }
        }
        Deed::StepAside(which) => {
            if let Some(seen) = chosen(which) {
                recuse::recuse_from_proposal(app, acting, seen.proposal.id, "")
                    .await
                    .ok();
            }
        }
        Deed::Look => timers::run(app).await.unwrap(),
    }
}

#[tokio::test]
async fn in_any_crowd_every_effect_stands_on_two_people_and_the_log_tells_it() {
    let app = testkit::app().await;
    let council = app.council().await;
    let members: [Member; 2] = [app.member("tom").await, app.member("tina").await];
    let targets: Vec<Target> = members
        .iter()
        .map(|member| Target::Account(member.id))
        .collect();
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        TestRng::from_seed(RngAlgorithm::ChaCha, &[42; 32]),
    );

    for round in 0..6 {
        let mut crowd = Vec::new();
        for turn in 0..6 {
            let deeds = proptest::collection::vec(deed(), 6)
                .new_tree(&mut runner)
                .unwrap()
                .current();
            let who = council.moderators[turn % 3].id;
            let (app, targets) = (app.to_app(), targets.clone());
            crowd.push(tokio::spawn(async move {
                for deed in deeds {
                    if let Ok(acting) = acting::in_test(&app, who).await {
                        does(&app, &acting, deed, &targets).await;
                    }
                }
            }));
        }
        // The board takes a seat away and gives it back in the middle of it.
        if round == 2 {
            let seat = json!({"seat_no": 3});
            council.decide(DecisionKind::RemoveModerator, seat).await;
        } else if round == 4 {
            let again = json!({"account_id": council.moderators[2].id.to_string()});
            council.decide(DecisionKind::AppointModerator, again).await;
        }
        for one in crowd {
            one.await.unwrap();
        }
        app.clock.advance(Duration::hours(13));
        timers::run(&app).await.unwrap();
    }

    replay::check(&app).await.unwrap();
    let entries: Vec<(String, Value)> = sqlx::query_as(
        "SELECT type, public FROM log_entries WHERE type IN ('proposal.executed', 'emergency.ratified')",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    assert!(!entries.is_empty(), "nothing came of the crowd");
    for (kind, public) in entries {
        let approved: BTreeSet<String> = public["approved_by"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|person| person["handle"].to_string())
            .collect();
        assert!(approved.len() >= 2, "{kind}: {public}");
    }
    let mut connection = app.db.acquire().await.unwrap();
    let executed = db::moderation::list_proposals(&mut connection, &[State::Executed], None, 500)
        .await
        .unwrap();
    for proposal in executed {
        let seqs = db::moderation::log_seqs_of(&mut connection, proposal.id)
            .await
            .unwrap();
        assert_eq!(seqs.len(), 1, "executed once: {proposal:?}");
    }
}
