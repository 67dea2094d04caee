//! What moderators decide, at the edge towards other servers: every measure against every kind of activity (S65, S66), and
//! what peers are told.

use ::model::{
    Domain, Handle, Viewer,
    moderation::{
        Kind, Params, Target,
        params::DomainSeverity,
        proposal::{Origin, State},
        report::Category,
    },
};
use federation::inbound::Outcome;
use serde_json::{Value, json};
use service::{
    accounts,
    moderation::propose::NewProposal,
    relationships::{self, FollowChange},
    statuses,
};
use testkit::{Council, FakeClock, Member, TestApp};

use crate::wire::Elsewhere;
use crate::world::{World, recorded};

const AP: &str = "application/activity+json";
const MIA: &str = "https://mastodon.example/users/mia";
const ALICE: &str = "https://moot.example/users/alice";
const POST: &str = "https://moot.example/users/alice/statuses/1";

async fn carried(council: &Council, kind: Kind, params: Params, target: Target) {
    let new = NewProposal {
        params,
        ..NewProposal::new(
            kind,
            target,
            Category::Violation,
            "It breaks a rule",
            Origin::Web,
        )
    };
    let id = council.propose_all(new).await.proposal.id;
    let after = council.approve(2, id).await;
    assert_eq!(
        after.proposal.state,
        State::Executed,
        "{:?}",
        after.proposal.failure
    );
}

fn domain(name: &str) -> Target {
    Target::Domain(Domain::parse(name).unwrap())
}

fn suspend() -> Params {
    Params {
        severity: Some(DomainSeverity::Suspend),
        ..Params::default()
    }
}

fn note(id: &str) -> Value {
    json!({
        "id": format!("{MIA}/statuses/{id}"),
        "type": "Note",
        "attributedTo": MIA,
        "content": "<p>planted words</p>",
        "published": "2026-11-20T10:00:00Z",
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "cc": [format!("{MIA}/followers"), ALICE],
        "tag": [{"type": "Mention", "href": ALICE, "name": "@alice@moot.example"}],
    })
}

/// One of each kind that somebody can send.
fn activities() -> Vec<(&'static str, Value)> {
    vec![
        ("Create", note("9001")),
        ("Update", note("9002")),
        ("Announce", json!(POST)),
        ("Like", json!(POST)),
        ("Follow", json!(ALICE)),
        ("Add", json!(format!("{MIA}/statuses/9001"))),
        ("Flag", json!([ALICE])),
        ("Block", json!(ALICE)),
        ("Move", json!(MIA)),
        (
            "Accept",
            json!({"type": "Follow", "actor": ALICE, "object": MIA}),
        ),
    ]
}

fn activity(kind: &str, object: &Value) -> Value {
    json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{MIA}#{kind}/9000"),
        "type": kind,
        "actor": MIA,
        "object": object,
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "cc": [ALICE],
    })
}

/// Everything that an activity could have changed.
async fn rows(app: &TestApp) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "statuses",
        "favourites",
        "follows",
        "follow_requests",
        "blocks",
        "notifications",
        "reports",
    ] {
        let query = format!("SELECT count(*) FROM {table}");
        counts.push(
            sqlx::query_scalar(sqlx::AssertSqlSafe(query))
                .fetch_one(&app.db)
                .await
                .unwrap(),
        );
    }
    counts
}

#[tokio::test]
async fn no_kind_of_activity_of_a_suspended_account_changes_anything() {
    let world = recorded().await;
    let council = world.app.council().await;
    let mia = world.account(MIA).await;
    carried(
        &council,
        Kind::AccountSuspend,
        Params::default(),
        Target::Account(mia),
    )
    .await;
    world.app.forget_jobs().await;
    let before = rows(&world.app).await;

    for (kind, object) in activities() {
        let body = activity(kind, &object).to_string();
        let answer = world.deliver(MIA, "/inbox", AP, body.as_bytes()).await;
        assert_eq!(answer.status.as_u16(), 202, "{kind}");
        let outcomes = world.process().await;
        assert!(!outcomes.contains(&Outcome::Done), "{kind}: {outcomes:?}");
    }

    assert_eq!(rows(&world.app).await, before);
}

#[tokio::test]
async fn a_suspended_domain_is_answered_403_whatever_it_sends_and_however_it_is_spelt() {
    let world = recorded().await;
    let council = world.app.council().await;
    carried(
        &council,
        Kind::DomainBlock,
        suspend(),
        domain("Mastodon.Example"),
    )
    .await;
    world.app.forget_jobs().await;

    for (kind, object) in activities() {
        let body = activity(kind, &object).to_string();
        let answer = world.deliver(MIA, "/inbox", AP, body.as_bytes()).await;
        assert_eq!(answer.status.as_u16(), 403, "{kind}");
    }
    assert!(world.process().await.is_empty());
}

#[tokio::test]
async fn a_paused_domain_is_asked_to_come_back_later_and_loses_nothing() {
    let world = recorded().await;
    let council = world.app.council().await;
    let body = activity("Like", &json!(POST)).to_string();
    carried(
        &council,
        Kind::DomainPause,
        Params::default(),
        domain("mastodon.example"),
    )
    .await;

    let answer = world.deliver(MIA, "/inbox", AP, body.as_bytes()).await;
    assert_eq!(answer.status.as_u16(), 503);
    assert_eq!(answer.header("retry-after"), Some("3600"));
    carried(
        &council,
        Kind::DomainResume,
        Params::default(),
        domain("mastodon.example"),
    )
    .await;

    let answer = world.deliver(MIA, "/inbox", AP, body.as_bytes()).await;
    assert_eq!(answer.status.as_u16(), 202);
}

/// `a.example` with alice and a council, `b.example` with bo; they follow each other.
struct Pair {
    a: World,
    b: World,
    alice: Member,
    bo: Member,
    council: Council,
}

impl Pair {
    async fn new() -> Self {
        let (elsewhere, clock) = (Elsewhere::default(), FakeClock::default());
        let a = World::new("a.example", &elsewhere, &clock).await;
        let b = World::new("b.example", &elsewhere, &clock).await;
        for (name, world) in [("a.example", &a), ("b.example", &b)] {
            elsewhere.host(name, federation::router(world.state.clone()));
        }
        let council = a.app.council().await;
        let (alice, bo) = (a.app.member("alice").await, b.app.member("bo").await);
        let pair = Self {
            a,
            b,
            alice,
            bo,
            council,
        };
        let bo_at_a = pair.found(&pair.a, "bo@b.example").await;
        relationships::follow(&pair.a.app, pair.alice.id, bo_at_a, FollowChange::default())
            .await
            .unwrap();
        let alice_at_b = pair.found(&pair.b, "alice@a.example").await;
        relationships::follow(&pair.b.app, pair.bo.id, alice_at_b, FollowChange::default())
            .await
            .unwrap();
        pair.settle().await;
        pair
    }

    async fn found(&self, at: &World, handle: &str) -> ::model::AccountId {
        let handle: Handle = handle.parse().unwrap();
        let edge = &at.app.remote;
        edge.account_by_handle(&at.app, &handle)
            .await
            .unwrap()
            .unwrap()
    }

    /// Both do everything that waits.
    async fn settle(&self) {
        for _ in 0..3 {
            self.a.work().await;
            self.b.work().await;
        }
    }

    async fn alice_at_b(&self) -> ::model::Account {
        let id = self.found(&self.b, "alice@a.example").await;
        accounts::get(&self.b.app, id).await.unwrap()
    }
}

#[tokio::test]
async fn a_peer_hides_a_member_while_they_are_suspended_and_shows_them_after() {
    let pair = Pair::new().await;
    let post = pair.alice.posts("hello").await.status;
    pair.settle().await;
    let at_b = statuses::find_by_uri(&pair.b.app, &post.uri)
        .await
        .unwrap()
        .unwrap();
    let is_seen = async || {
        statuses::get(&pair.b.app, Viewer::Anybody, at_b)
            .await
            .is_ok()
    };
    assert!(is_seen().await);

    carried(
        &pair.council,
        Kind::AccountSuspend,
        Params::default(),
        Target::Account(pair.alice.id),
    )
    .await;
    pair.settle().await;
    assert!(
        pair.alice_at_b().await.is_suspended(),
        "Update with suspended: true"
    );
    assert!(!is_seen().await);
    carried(
        &pair.council,
        Kind::AccountUnsuspend,
        Params::default(),
        Target::Account(pair.alice.id),
    )
    .await;
    pair.settle().await;

    assert!(!pair.alice_at_b().await.is_suspended());
    assert!(is_seen().await, "nothing was deleted");
    assert_eq!(pair.bo.now().await.following_count, 1);
}

#[tokio::test]
async fn a_suspended_domain_hears_a_last_word_and_is_asked_again_when_the_rule_is_lifted() {
    let pair = Pair::new().await;
    assert_eq!(pair.bo.now().await.following_count, 1);
    assert_eq!(pair.bo.now().await.followers_count, 1);

    carried(
        &pair.council,
        Kind::DomainBlock,
        suspend(),
        domain("b.example"),
    )
    .await;
    pair.settle().await;
    assert_eq!(pair.bo.now().await.following_count, 0, "Reject");
    assert_eq!(pair.bo.now().await.followers_count, 0, "Undo");
    carried(
        &pair.council,
        Kind::DomainUnblock,
        Params::default(),
        domain("b.example"),
    )
    .await;
    pair.settle().await;

    assert_eq!(
        pair.bo.now().await.followers_count,
        1,
        "alice follows bo again"
    );
    assert_eq!(pair.alice.now().await.following_count, 1);
}

#[tokio::test]
async fn a_deleted_post_is_gone_at_a_peer_too_and_a_hidden_one_only_here() {
    let pair = Pair::new().await;
    let (hidden, deleted) = (
        pair.alice.posts("one").await.status,
        pair.alice.posts("two").await.status,
    );
    pair.settle().await;

    carried(
        &pair.council,
        Kind::StatusHide,
        Params::default(),
        Target::Status(hidden.id),
    )
    .await;
    carried(
        &pair.council,
        Kind::StatusDelete,
        Params::default(),
        Target::Status(deleted.id),
    )
    .await;
    pair.settle().await;

    let at_b = async |uri: &str| statuses::find_by_uri(&pair.b.app, uri).await.unwrap();
    assert!(at_b(&hidden.uri).await.is_some());
    assert!(at_b(&deleted.uri).await.is_none());
    // Here both can come back.
    for id in [hidden.id, deleted.id] {
        assert!(
            statuses::get(&pair.a.app, Viewer::Anybody, id)
                .await
                .is_err()
        );
        carried(
            &pair.council,
            Kind::StatusRestore,
            Params::default(),
            Target::Status(id),
        )
        .await;
        assert!(
            statuses::get(&pair.a.app, Viewer::Anybody, id)
                .await
                .is_ok()
        );
    }
}
