//! The server dies between any two steps of a decision: afterwards everything has happened, or nothing.

use std::pin::Pin;

use ::model::moderation::{
    Answer, Kind, ProposalId, Target,
    board::DecisionKind,
    proposal::{Origin, State},
    report::Category,
};
use serde_json::json;
use service::{
    App, Error,
    moderation::{
        board::decisions,
        emergency,
        propose::{self, NewProposal},
        timers, view,
        vote::{self, Ballot},
    },
};
use sqlx::PgPool;
use testkit::{Council, Moment, TestApp};
use time::{Duration, macros::date};

type Doing<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>;

/// Everything that a decision may touch, as text.
async fn snapshot(db: &PgPool) -> String {
    let tables = [
        "SELECT coalesce(json_agg(t ORDER BY id), '[]')::text FROM proposals t",
        "SELECT coalesce(json_agg(t ORDER BY proposal_id, position), '[]')::text FROM proposal_targets t",
        "SELECT coalesce(json_agg(t ORDER BY id), '[]')::text FROM votes t",
        "SELECT coalesce(json_agg(t ORDER BY target_type, target_key, field), '[]')::text FROM moderation_state t",
        "SELECT coalesce(json_agg(t ORDER BY seq), '[]')::text FROM log_entries t",
        "SELECT coalesce(json_agg(t ORDER BY seq), '[]')::text FROM log_private t",
        "SELECT json_agg(t)::text FROM log_head t",
        "SELECT coalesce(json_agg(t ORDER BY id), '[]')::text FROM strikes t",
        "SELECT coalesce(json_agg(t ORDER BY id), '[]')::text FROM accounts t",
        "SELECT coalesce(json_agg(t ORDER BY account_id), '[]')::text FROM members t",
        "SELECT coalesce(json_agg(t ORDER BY id), '[]')::text FROM board_decisions t",
        "SELECT coalesce(json_agg(t ORDER BY id), '[]')::text FROM moderator_seats t",
        "SELECT count(*)::text FROM jobs",
    ];
    let mut all = String::new();
    for sql in tables {
        let table: String = sqlx::query_scalar(sql).fetch_one(db).await.unwrap();
        all.push_str(&table);
        all.push('\n');
    }
    all
}

/// Dies at every statement of `does` in turn, both ways, until it comes through. Each time nothing has happened; only when the
/// server died after its commit, everything has. Answers at how many statements it died.
async fn dies_everywhere<'a>(
    app: &TestApp,
    moment: Moment,
    does: impl Fn(App) -> Doing<'a>,
) -> i64 {
    for statements in 0.. {
        let cut = app.cut();
        let before = snapshot(&app.db).await;
        cut.after(statements, moment);

        let outcome = does(cut.app.clone()).await;

        if !cut.is_broken() {
            outcome.unwrap();
            return statements;
        }
        // The session that was left behind ends its transaction before anybody else has a turn.
        let mut turn = app.db.begin().await.unwrap();
        db::moderation::take_turn(&mut turn).await.unwrap();
        turn.rollback().await.unwrap();
        if snapshot(&app.db).await != before {
            assert_eq!(
                moment,
                Moment::After,
                "a statement that never came changed something"
            );
            return statements + 1;
        }
    }
    unreachable!("every operation has an end")
}

async fn approves(app: App, council: &Council, seat: usize, id: ProposalId) -> Result<(), Error> {
    let acting = council.seat(seat).await;
    let seen = view::proposal(&app, &acting, id).await?;
    let ballot = Ballot {
        proposal: id,
        digest: seen.proposal.digest,
        answer: Answer::Approve,
        comment: String::new(),
    };
    vote::vote(&app, &acting, ballot).await.map(drop)
}

async fn state_of(app: &TestApp, id: ProposalId) -> State {
    let mut connection = app.db.acquire().await.unwrap();
    db::moderation::find_proposal(&mut connection, id)
        .await
        .unwrap()
        .unwrap()
        .state
}

#[tokio::test]
async fn a_second_approval_is_whole_or_not_at_all() {
    for moment in [Moment::Before, Moment::After] {
        let app = testkit::app().await;
        let council = app.council().await;
        let target = Target::Account(app.member("tom").await.id);
        let id = council
            .propose(Kind::AccountSuspend, target)
            .await
            .proposal
            .id;

        let steps =
            dies_everywhere(&app, moment, |cut| Box::pin(approves(cut, &council, 2, id))).await;

        assert!(steps > 10, "it died at {steps} statements only");
        assert_eq!(state_of(&app, id).await, State::Executed);
    }
}

#[tokio::test]
async fn an_emergency_measure_is_whole_or_not_at_all_and_so_is_its_rollback() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    let new = || {
        NewProposal::new(
            Kind::AccountSuspend,
            Target::Account(tom.id),
            Category::Compromised,
            "In the wrong hands",
            Origin::Web,
        )
    };

    dies_everywhere(&app, Moment::Before, |cut| {
        let (council, new) = (&council, new());
        Box::pin(async move {
            let acting = council.seat(1).await;
            emergency::take(&cut, &acting, new).await.map(drop)
        })
    })
    .await;
    assert!(tom.now().await.is_suspended());
    app.clock.advance(Duration::hours(25));
    // A job that dies is tried again, and reports no error of a single proposal: what counts is what it left.
    for statements in 0..400 {
        let cut = app.cut();
        cut.after(statements, Moment::Before);
        timers::run(&cut.app).await.ok();
        if !cut.is_broken() {
            break;
        }
        let is_suspended = tom.now().await.is_suspended();
        let logged: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM log_entries WHERE type = 'emergency.rolled_back'",
        )
        .fetch_one(&app.db)
        .await
        .unwrap();
        assert_eq!(
            is_suspended,
            logged == 0,
            "the state and the log say the same"
        );
    }
    assert!(!tom.now().await.is_suspended());
}

#[tokio::test]
async fn a_decision_of_the_board_is_whole_or_not_at_all() {
    let app = testkit::app().await;
    let council = app.council().await;
    let new = decisions::NewDecision {
        kind: DecisionKind::RemoveModerator,
        params: json!({"seat_no": 3}),
        text: "Mira is thanked for her work.".into(),
        minutes_url: None,
        decided_on: date!(2026 - 06 - 01),
    };
    let recorded = decisions::record(&app, &council.acting(&council.board[0]).await, new)
        .await
        .unwrap();

    dies_everywhere(&app, Moment::After, |cut| {
        let (council, decision) = (&council, &recorded.decision);
        Box::pin(async move {
            let acting = council.acting(&council.board[1]).await;
            decisions::confirm(&cut, &acting, decision.id, decision.digest)
                .await
                .map(drop)
        })
    })
    .await;

    let mut connection = app.db.acquire().await.unwrap();
    let seats = db::moderation::seats(&mut connection).await.unwrap();
    assert_eq!(seats.len(), 2);
}

#[tokio::test]
async fn a_proposal_is_whole_or_not_at_all() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);

    dies_everywhere(&app, Moment::Before, |cut| {
        let new = NewProposal::new(
            Kind::AccountLimit,
            target.clone(),
            Category::Violation,
            "Insults others",
            Origin::Web,
        );
        let council = &council;
        Box::pin(async move {
            let acting = council.seat(1).await;
            propose::propose(&cut, &acting, new).await.map(drop)
        })
    })
    .await;
}
