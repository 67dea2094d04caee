//! How decisions are taken: set by the board alone.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use time::Duration;

/// The settings of governance. The operator's configuration gives initial values; after that only a decision of the
/// board changes them. Times are whole seconds in storage and on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Governance {
    /// Moderators' seats; at least 3.
    pub seats: u8,
    /// Approvals that every action needs; at least 2, at most `seats`.
    pub threshold: u8,
    /// Proposing counts as the proposer's approval.
    pub proposer_counts: bool,
    /// A proposal that nobody decides expires after so many seconds.
    pub proposal_ttl: u32,
    /// An emergency measure is rolled back unless ratified within so many hours, 1 to 72.
    pub ratify_hours: u8,
    /// What cannot be undone waits so many seconds between decision and execution.
    pub cooling_off: u32,
    /// Closing a report without action takes a quorum too.
    pub resolve_requires_quorum: bool,
    /// How local members stand in the public log.
    pub local_targets: LocalTargets,
    /// Seconds in which a decision can be appealed.
    pub appeal_window: u32,
    /// Seconds after which an appeal goes on to the board by itself.
    pub appeal_stage1: u32,
    /// Seconds in which the board decides.
    pub appeal_stage2: u32,
    /// Board members besides the one who records who must confirm a decision; at least 1.
    pub board_confirmations: u8,
    /// Seconds for which a proof of presence lasts, for votes.
    pub step_up: u32,
    /// Days for which a standing order may run.
    pub standing_order_max: u16,
    /// Seconds after its granting for which an app's token may vote; 0 forbids it.
    pub api_vote_token_age: u32,
    /// Votes can be given from within Slack.
    pub slack_votes: bool,
    /// Days for which private reasons and evidence are kept after the last appeal's term.
    pub evidence_days: u32,
}

/// How local members stand in the public log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LocalTargets {
    /// By a name that only they and the moderators can connect with them.
    Pseudonym,
    /// By their handle.
    Handle,
}

impl Default for Governance {
    fn default() -> Self {
        const DAY: u32 = 24 * 60 * 60;
        Self {
            seats: 3,
            threshold: 2,
            proposer_counts: true,
            proposal_ttl: 7 * DAY,
            ratify_hours: 24,
            cooling_off: DAY,
            resolve_requires_quorum: true,
            local_targets: LocalTargets::Pseudonym,
            appeal_window: 20 * DAY,
            appeal_stage1: 7 * DAY,
            appeal_stage2: 14 * DAY,
            board_confirmations: 1,
            step_up: 10 * 60,
            standing_order_max: 90,
            api_vote_token_age: 7 * DAY,
            slack_votes: false,
            evidence_days: 730,
        }
    }
}

/// Why settings cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Ungovernable {
    /// Fewer than three seats.
    #[error("there are at least three seats")]
    TooFewSeats,
    /// A threshold below 2 or above the number of seats.
    #[error("the threshold is at least 2 and at most the number of seats")]
    Threshold,
    /// Nobody to confirm.
    #[error("a decision of the board is confirmed by at least one other member")]
    NoConfirmation,
    /// Less than an hour or more than three days.
    #[error("emergency measures are ratified within 1 to 72 hours")]
    RatifyHours,
    /// A time that would make a step meaningless.
    #[error("`{0}` is out of its limits")]
    OutOfLimits(&'static str),
    /// What this server cannot do yet.
    #[error("voting from Slack is not supported")]
    SlackVotes,
}

impl Governance {
    /// Whether these settings can be. Whatever the board decides, one person alone never suffices.
    pub fn check(&self) -> Result<(), Ungovernable> {
        const HOUR: u32 = 60 * 60;
        const YEAR: u32 = 366 * 24 * HOUR;
        if !(3..=99).contains(&self.seats) {
            return Err(Ungovernable::TooFewSeats);
        }
        if self.threshold < 2 || self.threshold > self.seats {
            return Err(Ungovernable::Threshold);
        }
        if self.board_confirmations < 1 {
            return Err(Ungovernable::NoConfirmation);
        }
        if !(1..=72).contains(&self.ratify_hours) {
            return Err(Ungovernable::RatifyHours);
        }
        for (name, seconds, least, most) in [
            ("proposal_ttl", self.proposal_ttl, HOUR, YEAR),
            ("cooling_off", self.cooling_off, HOUR, YEAR),
            ("appeal_window", self.appeal_window, 24 * HOUR, YEAR),
            ("appeal_stage1", self.appeal_stage1, 24 * HOUR, YEAR),
            ("appeal_stage2", self.appeal_stage2, 24 * HOUR, YEAR),
            ("step_up", self.step_up, 60, HOUR),
            (
                "api_vote_token_age",
                self.api_vote_token_age,
                0,
                90 * 24 * HOUR,
            ),
            ("evidence_days", self.evidence_days, 30, 36_600),
            (
                "standing_order_max",
                u32::from(self.standing_order_max),
                1,
                365,
            ),
        ] {
            if seconds < least || seconds > most {
                return Err(Ungovernable::OutOfLimits(name));
            }
        }
        if self.slack_votes {
            return Err(Ungovernable::SlackVotes);
        }
        Ok(())
    }

    /// A number of seconds among the settings as a duration.
    pub fn lasting(seconds: u32) -> Duration {
        Duration::seconds(i64::from(seconds))
    }

    /// How long an emergency measure stands without being ratified.
    pub fn ratified_within(&self) -> Duration {
        Duration::hours(i64::from(self.ratify_hours))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_can_be() {
        assert_eq!(Governance::default().check(), Ok(()));
    }

    #[test]
    fn one_person_alone_never_suffices() {
        let lonely = Governance {
            threshold: 1,
            ..Governance::default()
        };
        let unconfirmed = Governance {
            board_confirmations: 0,
            ..Governance::default()
        };
        let unreachable = Governance {
            threshold: 4,
            ..Governance::default()
        };

        assert_eq!(lonely.check(), Err(Ungovernable::Threshold));
        assert_eq!(unconfirmed.check(), Err(Ungovernable::NoConfirmation));
        assert_eq!(unreachable.check(), Err(Ungovernable::Threshold));
    }
}
