//! Measures that cannot wait for a second person: in force at once, and gone again unless somebody ratifies them.

use thiserror::Error;
use time::{Duration, OffsetDateTime};

use super::{
    Kind, Outcome, Params, PersonId, Proposal, SeatNo, Target, Warrant,
    params::{DomainSeverity, EMERGENCY_IP_BLOCK_LASTS},
    proposal::State,
    report::Category,
    warrant::Authority,
};

/// After a rollback, the same moderator does not repeat a measure against the same target for so long.
pub const NOT_AGAIN_WITHIN: Duration = Duration::days(7);

/// Ranges of addresses that one person may block at once.
pub const MOST_RANGES: usize = 10;

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
    /// More than one person's measure may reach, since others have to be able to answer it.
    #[error(
        "in an emergency, at most {MOST_RANGES} ranges of addresses are blocked, none wider than an IPv4 /16 or an IPv6 /32"
    )]
    TooWide,
    /// More than what can be taken back.
    #[error(
        "in an emergency, a server can be limited, suspended, or its media refused, nothing else"
    )]
    DomainRule,
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
    let ranges = proposal.targets.iter().filter_map(|target| match target {
        Target::IpRange(range) => Some(range.as_str()),
        _ => None,
    });
    if ranges.clone().count() > MOST_RANGES || ranges.into_iter().any(is_too_wide) {
        return Err(MustWait::TooWide);
    }
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
    let params_fit = match params.severity {
        Some(DomainSeverity::Noop) => params.reject_media == Some(true),
        _ => true,
    };
    let does_more = params.reject_reports == Some(true) || params.obfuscate == Some(true);
    if kind == Kind::DomainBlock && (does_more || !params_fit) {
        return Err(MustWait::DomainRule);
    }
    Ok(())
}

/// Whether a range, as CIDR, is wider than one person may block; what is no range counts as such.
fn is_too_wide(range: &str) -> bool {
    let (address, bits) = range.split_once('/').unwrap_or((range, ""));
    let is_ipv6 = address.contains(':');
    let bits = match (bits, is_ipv6) {
        ("", true) => Ok(128),
        ("", false) => Ok(32),
        (bits, _) => bits.parse::<u8>(),
    };
    let least = if is_ipv6 { 32 } else { 16 };
    bits.map_or(true, |bits| bits < least)
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
        Outcome::Rejected => true,
        Outcome::Carried(_) | Outcome::Open { .. } | Outcome::Blocked => is_over,
    };
    (proposal.state == State::Provisional && is_due).then(|| {
        Warrant::new(Authority::Rollback {
            proposal: proposal.id,
        })
    })
}
