//! What measures do, and that undoing them leaves everything as it was.

mod access;
mod accounts;
mod domains;
mod exactness;
mod ingest;
mod snapshot;
mod statuses;
mod strikes;
mod views;

use ::model::moderation::{Kind, Params, ProposalId, Target, proposal::Origin, report::Category};
use service::moderation::{emergency, propose::NewProposal, timers};
use testkit::{Council, TestApp};
use time::Duration;

/// A proposal with parameters, carried by two.
pub(super) async fn carried(
    council: &Council,
    kind: Kind,
    params: Params,
    target: Target,
) -> ProposalId {
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
        ::model::moderation::proposal::State::Executed,
        "{kind:?}: {:?}",
        after.proposal.failure
    );
    id
}

/// What it says when a carried proposal does not fit.
pub(super) async fn refused(council: &Council, kind: Kind, target: Target) -> String {
    let after = council.carries(kind, target).await;
    after.proposal.failure.expect("it does not fit")
}

/// Taken by one moderator alone.
pub(super) async fn taken(
    app: &TestApp,
    council: &Council,
    kind: Kind,
    params: Params,
    target: Target,
) -> ProposalId {
    let new = NewProposal {
        params,
        ..NewProposal::new(kind, target, Category::Spam, "A flood of spam", Origin::Web)
    };
    emergency::take(app, &council.seat(1).await, new)
        .await
        .unwrap_or_else(|error| panic!("{kind:?}: {error}"))
        .proposal
        .id
}

/// Nobody ratifies in time.
pub(super) async fn let_lapse(app: &TestApp) {
    app.clock.advance(Duration::hours(24) + Duration::SECOND);
    timers::run(app).await.unwrap();
}
