//! Moderators' seats.

use time::OffsetDateTime;

use super::{Person, ProposalId};
use crate::id::Id;

/// Number of a seat, from 1.
pub type SeatNo = i16;
/// Id of one person's time in a seat.
pub type SeatId = Id<Seat>;

/// One person's time in a seat, still running. A seat without such a row is vacant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Its id.
    pub id: SeatId,
    /// Which seat.
    pub no: SeatNo,
    /// Who holds it.
    pub holder: Person,
    /// Whether the holder can vote.
    pub state: SeatState,
    /// Since when.
    pub appointed_at: OffsetDateTime,
    /// Named for this proposal only.
    pub ad_hoc_for: Option<ProposalId>,
}

impl Seat {
    /// Whether the holder can vote on the proposal, but for recusals.
    pub fn is_active_for(&self, proposal: ProposalId) -> bool {
        self.state == SeatState::Active
            && !self.holder.votes_wait
            && self.ad_hoc_for.is_none_or(|only| only == proposal)
    }
}

/// Whether a holder can vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatState {
    /// Yes.
    Active,
    /// The holder has said to be away.
    OnLeave,
    /// The directory says inactive, or the holder has left the organisation. The board is told.
    Inactive,
    /// A second factor is demanded of moderators, and the holder has none.
    NoSecondFactor,
}

impl SeatState {
    /// The word in the API and the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::OnLeave => "on_leave",
            Self::Inactive | Self::NoSecondFactor => "blocked",
        }
    }
}

/// Why somebody's time in a seat ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// By the holder, at once.
    SteppedDown,
    /// By a decision of the board.
    RemovedByBoard,
    /// By a decision of the board about somebody who has left.
    LeftOrganisation,
    /// They were named for one proposal, and it is decided.
    CaseDecided,
}

impl EndReason {
    /// The word in the database and the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SteppedDown => "stepped_down",
            Self::RemovedByBoard => "removed_by_board",
            Self::LeftOrganisation => "left_organisation",
            Self::CaseDecided => "case_decided",
        }
    }
}
