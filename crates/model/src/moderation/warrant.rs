//! Leave to change the moderation state.

use time::OffsetDateTime;

use super::{
    Effect, Field, PersonId, ProposalId, SeatNo, Target,
    appeal::AppealId,
    board::DecisionId,
    vote::{AuthMethod, Digest},
};

/// Leave to change the moderation state. Everything that writes it asks for one, and only the rules of this module's
/// siblings make one: [`super::tally()`], [`super::emergency`], [`super::appeal`], [`super::board`] and
/// [`super::seat`]'s holders about themselves.
#[derive(Debug)]
pub struct Warrant {
    authority: Authority,
}

/// In whose name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authority {
    /// A proposal that was carried.
    Quorum {
        /// Which.
        proposal: ProposalId,
        /// Its revision.
        revision: i32,
        /// What was voted on.
        digest: Digest,
        /// Who approved.
        approved_by: Vec<Approval>,
    },
    /// A measure that could not wait.
    Emergency {
        /// The proposal by which it has to be ratified.
        proposal: ProposalId,
        /// The moderator; the operator when `None`.
        by: Option<(SeatNo, PersonId)>,
        /// Until when.
        ratify_by: OffsetDateTime,
    },
    /// A measure that was not ratified is taken back.
    Rollback {
        /// The proposal by which it should have been.
        proposal: ProposalId,
    },
    /// A decision on appeal.
    Appeal {
        /// Which.
        appeal: AppealId,
        /// The moderators who decided it.
        by: Vec<PersonId>,
    },
    /// A confirmed decision of the board.
    Board {
        /// Which.
        decision: DecisionId,
        /// Who recorded and who confirmed it.
        by: Vec<PersonId>,
    },
    /// The operator names the first board, once.
    Bootstrap,
    /// A moderator about the own seat.
    Holder {
        /// Who.
        person: PersonId,
        /// Which seat.
        seat: SeatNo,
    },
    /// What the directory says about who holds an office, and the operator's resets.
    Directory,
}

/// One approval that counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The seat; none where the board gave what was missing.
    pub seat: Option<SeatNo>,
    /// Who.
    pub person: PersonId,
    /// How they had proved it.
    pub method: AuthMethod,
}

impl Warrant {
    pub(super) const fn new(authority: Authority) -> Self {
        Self { authority }
    }

    /// In whose name.
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Whether this authority may make this change: offices and settings are the board's, everything else the
    /// moderators'.
    pub fn covers(&self, effect: &Effect) -> bool {
        let is_of_governance = matches!(
            effect.target,
            Target::Seat(_)
                | Target::BoardMember(_)
                | Target::Setting(_)
                | Target::Document(_)
                | Target::Person(_)
        );
        match &self.authority {
            Authority::Quorum { .. } | Authority::Emergency { .. } | Authority::Rollback { .. } => {
                !is_of_governance && effect.field != Field::Overruled
            }
            Authority::Appeal { .. } => !is_of_governance,
            Authority::Board { .. } => true,
            // With the first board, what the operator had configured becomes public and the board's.
            Authority::Bootstrap => {
                matches!(effect.target, Target::BoardMember(_) | Target::Setting(_))
            }
            Authority::Holder { seat, .. } => effect.target == Target::Seat(*seat),
            Authority::Directory => match effect.target {
                Target::BoardMember(_) | Target::Person(_) => true,
                Target::Seat(_) => effect.field == Field::Hindered,
                _ => false,
            },
        }
    }
}
