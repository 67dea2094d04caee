//! Appeals: first to the moderators, then to the board.

use time::OffsetDateTime;

use super::{PersonId, Seat, SeatNo, Warrant, board::DecisionId, warrant::Authority};
use crate::id::{AccountId, Id};

/// Id of an [`Appeal`].
pub type AppealId = Id<Appeal>;
/// Id of a [`Strike`].
pub type StrikeId = Id<Strike>;

/// A decision about a member, as the member sees it.
#[derive(Clone, Debug)]
pub struct Strike {
    /// Its id.
    pub id: StrikeId,
    /// About whom.
    pub account_id: AccountId,
    /// By which proposal.
    pub proposal_id: super::ProposalId,
    /// Mastodon's word: `none`, `silence`, `suspend`, …
    pub action: String,
    /// What the member was told.
    pub text: String,
    /// The posts concerned.
    pub status_ids: Vec<crate::id::StatusId>,
    /// The rules that were broken.
    pub rule_ids: Vec<i32>,
    /// Entry of the log.
    pub log_seq: i64,
    /// Until when it can be appealed.
    pub appealable_until: OffsetDateTime,
    /// When.
    pub created_at: OffsetDateTime,
    /// When it was overruled.
    pub overruled_at: Option<OffsetDateTime>,
}

/// A member asks for a decision to be looked at again.
#[derive(Clone, Debug)]
pub struct Appeal {
    /// Its id.
    pub id: AppealId,
    /// Against which decision.
    pub strike_id: StrikeId,
    /// Who asks.
    pub account_id: AccountId,
    /// Why, plain text.
    pub text: String,
    /// How far it has come.
    pub stage: Stage,
    /// What a moderator wanted to know.
    pub question: Option<String>,
    /// What the member answered.
    pub answer: Option<String>,
    /// When it was made.
    pub filed_at: OffsetDateTime,
    /// When the stage ends by itself.
    pub due_at: Option<OffsetDateTime>,
    /// When it was decided.
    pub decided_at: Option<OffsetDateTime>,
    /// The board's decision, where it came so far.
    pub decision_id: Option<DecisionId>,
}

/// How far an appeal has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// With the moderators.
    Moderators,
    /// With the board.
    Board,
    /// The decision was wrong and is undone.
    Overturned,
    /// The decision stands.
    Upheld,
}

impl Stage {
    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Moderators => "moderators",
            Self::Board => "board",
            Self::Overturned => "overturned",
            Self::Upheld => "upheld",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "moderators" => Self::Moderators,
            "board" => Self::Board,
            "overturned" => Self::Overturned,
            "upheld" => Self::Upheld,
            _ => return None,
        })
    }
}

/// A moderator's answer to an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppealVote {
    /// From which seat.
    pub seat: SeatNo,
    /// Who.
    pub person: PersonId,
    /// What.
    pub answer: AppealAnswer,
}

/// What a moderator answers to an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppealAnswer {
    /// It was wrong.
    Overturn,
    /// It was right.
    Uphold,
}

impl AppealAnswer {
    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overturn => "overturn",
            Self::Uphold => "uphold",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "overturn" => Self::Overturn,
            "uphold" => Self::Uphold,
            _ => return None,
        })
    }
}

/// What stands of an appeal at its first stage.
#[derive(Debug)]
pub enum FirstStage {
    /// Not decided yet.
    Open,
    /// The decision is undone.
    Overturned(Warrant),
    /// The decision stands.
    Upheld,
    /// It goes on to the board.
    ToBoard,
}

/// Whether the moderators have decided an appeal.
///
/// Any `threshold` of them overturn. Upholding takes as many, and among them one who did not approve the decision, if one
/// is eligible; when that one disagrees, when all eligible ones had approved, or when the time is over, it goes on to
/// the board.
pub fn first_stage(
    appeal: &Appeal,
    seats: &[Seat],
    recused: &[PersonId],
    approved_by: &[PersonId],
    votes: &[AppealVote],
    threshold: usize,
    now: OffsetDateTime,
) -> FirstStage {
    let eligible: Vec<PersonId> = seats
        .iter()
        .filter(|seat| {
            seat.state == super::seat::SeatState::Active
                && !seat.holder.votes_wait
                && seat.ad_hoc_for.is_none()
        })
        .map(|seat| seat.holder.id)
        .filter(|person| !recused.contains(person))
        .collect();
    let who = |wanted: AppealAnswer| -> Vec<PersonId> {
        let mut people: Vec<PersonId> = votes
            .iter()
            .filter(|vote| vote.answer == wanted && eligible.contains(&vote.person))
            .map(|vote| vote.person)
            .collect();
        people.sort_unstable();
        people.dedup();
        people
    };
    let overturning = who(AppealAnswer::Overturn);
    if overturning.len() >= threshold {
        return FirstStage::Overturned(Warrant::new(Authority::Appeal {
            appeal: appeal.id,
            by: overturning,
        }));
    }
    let is_outsider = |person: &PersonId| !approved_by.contains(person);
    if !eligible.iter().any(is_outsider) || eligible.len() < threshold {
        return FirstStage::ToBoard;
    }
    let upholding = who(AppealAnswer::Uphold);
    if upholding.len() >= threshold && upholding.iter().any(is_outsider) {
        return FirstStage::Upheld;
    }
    let outsiders_left = eligible
        .iter()
        .filter(|person| is_outsider(person) && !overturning.contains(person));
    let is_over = appeal.due_at.is_some_and(|due| now >= due);
    if is_over || outsiders_left.count() == 0 {
        return FirstStage::ToBoard;
    }
    FirstStage::Open
}

#[cfg(test)]
mod tests;
