//! Measures that cannot wait for a second person: in force at once, and gone again unless somebody ratifies them.

use thiserror::Error;
use time::{Duration, OffsetDateTime};

use super::{
    Kind, Outcome, Params, PersonId, Proposal, SeatNo, Warrant, params::EMERGENCY_IP_BLOCK_LASTS,
    proposal::State, report::Category, warrant::Authority,
};

/// After a rollback, the same moderator does not repeat a measure against the same target for so long.
pub const NOT_AGAIN_WITHIN: Duration = Duration::days(7);

/// Why a measure has to wait for a second person.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MustWait {
    /// Not in the closed list.
    #[error("this kind of measure always takes a quorum")]
    Kind,
    /// Waiting does no harm.
    #[error("this category is no emergency")]
    Category,
    /// Too long for one person.
    #[error("in an emergency, an IP address is blocked for a day at most")]
    TooLong,
    /// Against a colleague.
    #[error("against moderators and board members only freezing is possible in an emergency")]
    Office,
    /// It was tried and not ratified.
    #[error("the same measure was rolled back less than seven days ago")]
    TriedBefore,
    /// A reason is compulsory.
    #[error("an emergency measure needs a reason")]
    NoReason,
}

/// What decides whether somebody may act alone.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// Somebody among the targets holds a seat or sits on the board.
    pub against_office: bool,
    /// When the same person's measure against one of the same targets was last rolled back.
    pub rolled_back_at: Option<OffsetDateTime>,
}

/// Whether this measure may be taken by one person alone, and leave to do so. `by` is `None` for the operator.
pub fn allow(
    proposal: &Proposal,
    by: Option<(SeatNo, PersonId)>,
    circumstances: Circumstances,
    now: OffsetDateTime,
) -> Result<Warrant, MustWait> {
    may_be(proposal.kind, proposal.category, &proposal.params)?;
    if proposal.reason_public.trim().is_empty() {
        return Err(MustWait::NoReason);
    }
    if circumstances.against_office && proposal.kind != Kind::AccountFreeze {
        return Err(MustWait::Office);
    }
    if circumstances
        .rolled_back_at
        .is_some_and(|at| now - at < NOT_AGAIN_WITHIN)
    {
        return Err(MustWait::TriedBefore);
    }
    let ratify_by = proposal.ratify_by.unwrap_or(now);
    Ok(Warrant::new(Authority::Emergency {
        proposal: proposal.id,
        by,
        ratify_by,
    }))
}

/// Whether such a measure can be an emergency one at all; what the form offers.
pub fn may_be(kind: Kind, category: Category, params: &Params) -> Result<(), MustWait> {
    if !kind.is_emergency_measure() {
        return Err(MustWait::Kind);
    }
    if !category.is_an_emergency() {
        return Err(MustWait::Category);
    }
    if kind == Kind::IpBlock
        && params
            .expires_in
            .is_none_or(|seconds| seconds > EMERGENCY_IP_BLOCK_LASTS)
    {
        return Err(MustWait::TooLong);
    }
    Ok(())
}

/// Leave to show posts again that stayed in quarantine after a rollback, when the board's time to decide is over.
pub fn end_quarantine(proposal: &Proposal, now: OffsetDateTime) -> Option<Warrant> {
    let is_over = proposal.execute_at.is_some_and(|until| now >= until);
    (proposal.state == State::RolledBack && proposal.emergency && is_over).then(|| {
        Warrant::new(Authority::Rollback {
            proposal: proposal.id,
        })
    })
}

/// Leave to take back a measure that is in force and was not ratified: its time is over, or it can no longer be.
pub fn roll_back(proposal: &Proposal, outcome: &Outcome, now: OffsetDateTime) -> Option<Warrant> {
    let is_over = proposal.ratify_by.is_some_and(|until| now >= until);
    let is_due = match outcome {
        Outcome::Carried(_) => false,
        Outcome::Rejected => true,
        Outcome::Open { .. } | Outcome::Blocked => is_over,
    };
    (proposal.state == State::Provisional && is_due).then(|| {
        Warrant::new(Authority::Rollback {
            proposal: proposal.id,
        })
    })
}
