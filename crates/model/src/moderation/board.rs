//! What the board decides.

use serde_json::Value;
use time::{Date, OffsetDateTime};

use super::{
    Governance, PersonId, Proposal, Seat, SeatNo, Warrant, vote::Digest, warrant::Authority,
};
use crate::id::Id;

/// Id of a [`Decision`].
pub type DecisionId = Id<Decision>;

/// A decision of the board, recorded by one of them and confirmed by others.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// Of what kind.
    pub kind: DecisionKind,
    /// What it changes; its shape depends on the kind, see `service::moderation::board`.
    pub params: Value,
    /// What the board resolved, in its own words.
    pub text: String,
    /// Where the minutes are.
    pub minutes_url: Option<String>,
    /// When the board met.
    pub decided_on: Date,
    /// What is confirmed.
    pub digest: Digest,
    /// How far it has come.
    pub state: DecisionState,
    /// Who wrote it down.
    pub recorded_by: PersonId,
    /// When.
    pub recorded_at: OffsetDateTime,
    /// When it took effect.
    pub confirmed_at: Option<OffsetDateTime>,
}

/// How far a decision has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionState {
    /// Waits to be confirmed.
    Recorded,
    /// In effect.
    Confirmed,
    /// Taken back before that.
    Withdrawn,
}

impl DecisionState {
    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Confirmed => "confirmed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "recorded" => Self::Recorded,
            "confirmed" => Self::Confirmed,
            "withdrawn" => Self::Withdrawn,
            _ => return None,
        })
    }
}

/// What kinds of decision there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DecisionKind {
    /// Somebody is given a seat.
    AppointModerator,
    /// Somebody loses a seat.
    RemoveModerator,
    /// A document is in force from a date.
    AdoptDocument,
    /// Settings of governance are changed.
    ChangeGovernance,
    /// The last word on an appeal.
    DecideAppeal,
    /// The approval that is missing where too few moderators can vote.
    SubstituteApproval,
    /// Somebody is named moderator for one case.
    AppointAdHoc,
    /// What is to become of posts in quarantine.
    DecideQuarantine,
    /// Votes of somebody whose proofs the operator has reset count again.
    ConfirmReset,
}

impl DecisionKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::AppointModerator,
        Self::RemoveModerator,
        Self::AdoptDocument,
        Self::ChangeGovernance,
        Self::DecideAppeal,
        Self::SubstituteApproval,
        Self::AppointAdHoc,
        Self::DecideQuarantine,
        Self::ConfirmReset,
    ];

    /// The word in the database, the API and the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AppointModerator => "appoint_moderator",
            Self::RemoveModerator => "remove_moderator",
            Self::AdoptDocument => "adopt_document",
            Self::ChangeGovernance => "change_governance",
            Self::DecideAppeal => "decide_appeal",
            Self::SubstituteApproval => "substitute_approval",
            Self::AppointAdHoc => "appoint_ad_hoc",
            Self::DecideQuarantine => "decide_quarantine",
            Self::ConfirmReset => "confirm_reset",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Somebody on the board has confirmed a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// Who.
    pub person: PersonId,
    /// Of exactly this.
    pub digest: Digest,
}

/// Leave to carry out a decision: it was recorded by one of the board and confirmed by enough others, who all still sit on it
/// and are not shut out of this one.
pub fn confirmed(
    decision: &Decision,
    confirmations: &[Confirmation],
    board: &[PersonId],
    shut_out: &[PersonId],
    governance: &Governance,
) -> Option<Warrant> {
    let may = |person: &PersonId| board.contains(person) && !shut_out.contains(person);
    if decision.state != DecisionState::Recorded || !may(&decision.recorded_by) {
        return None;
    }
    let mut by = vec![decision.recorded_by];
    for confirmation in confirmations {
        if confirmation.digest == decision.digest
            && may(&confirmation.person)
            && !by.contains(&confirmation.person)
        {
            by.push(confirmation.person);
        }
    }
    (by.len() > usize::from(governance.board_confirmations.max(1))).then(|| {
        Warrant::new(Authority::Board {
            decision: decision.id,
            by,
        })
    })
}

/// Leave to name the first board; there is none yet, and never was.
pub fn bootstrap(ever_had_members: bool) -> Option<Warrant> {
    (!ever_had_members).then(|| Warrant::new(Authority::Bootstrap))
}

/// Leave to follow what the directory says about offices.
pub fn directory() -> Warrant {
    Warrant::new(Authority::Directory)
}

/// Leave of a moderator to give up or leave the own seat for a while.
pub fn own_seat(seat: &Seat) -> Warrant {
    Warrant::new(Authority::Holder {
        person: seat.holder.id,
        seat: seat.no,
    })
}

/// Leave to end the time of somebody whom the board named for one proposal, once nothing more will become of it: the
/// decision said so.
pub fn ad_hoc_is_over(seat: &Seat, proposal: &Proposal, decision: DecisionId) -> Option<Warrant> {
    (seat.ad_hoc_for == Some(proposal.id) && !proposal.state.is_pending()).then(|| {
        Warrant::new(Authority::Board {
            decision,
            by: Vec::new(),
        })
    })
}

/// The lowest seat that nobody holds.
pub fn vacant(seats: &[Seat], governance: &Governance) -> Option<SeatNo> {
    (1..=SeatNo::from(governance.seats)).find(|no| seats.iter().all(|seat| seat.no != *no))
}
