//! Reminding of what has waited for long, once at each of its times, and the board of what has waited for longer.
//!
//! A reminder's time is an instant; what was last reminded before it is reminded now. So neither a server that stood still
//! nor two that look at once remind twice or never.

use db::moderation::{Reminding, WaitingProposal};
use model::moderation::proposal::State;
use time::{Duration, OffsetDateTime};

use super::{About, Event, health, tell};
use crate::{App, Result};

/// An unseen report waits for so long before anybody is reminded of it.
const UNSEEN: Duration = Duration::hours(12);
/// Everything else, and between two reminders.
const DAY: Duration = Duration::days(1);
/// From so long on the board is told, too.
pub(super) const BOARD: Duration = Duration::hours(72);
/// So long before its end a proposal is about to expire.
const EXPIRING: Duration = Duration::days(1);
/// So long before an emergency measure is taken back.
const RATIFY_LAST: [Duration; 2] = [Duration::hours(4), Duration::hours(1)];

/// Reminds of what has waited for long. Safe to run twice at once.
pub(crate) async fn remind(app: &App) -> Result<()> {
    of_cases(app).await?;
    of_proposals(app).await?;
    of_appeals(app).await?;
    health::tell_of_failures(app).await
}

async fn of_cases(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    let waiting = db::moderation::waiting_cases(&mut connection).await?;
    drop(connection);
    for case in waiting {
        let first = if case.is_seen { UNSEEN + DAY } else { UNSEEN };
        let due =
            daily(case.opened_at + first, now).and_then(|due| Due::new(due, case.reminded_at, now));
        let Some(Due(reminding)) = due else { continue };
        let mut tx = app.db.begin().await?;
        if db::moderation::case_was_reminded(&mut tx, case.id, reminding).await? {
            tell(&mut tx, Event::Reminder, About::Case(case.id)).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn of_proposals(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    let waiting = db::moderation::waiting_proposals(&mut connection).await?;
    drop(connection);
    for proposal in waiting {
        let Some((event, Due(reminding))) = nudge(&proposal, now) else {
            continue;
        };
        let mut tx = app.db.begin().await?;
        if db::moderation::proposal_was_reminded(&mut tx, proposal.id, reminding).await? {
            tell(&mut tx, event, About::Proposal(proposal.id)).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn of_appeals(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    let waiting = db::moderation::waiting_appeals(&mut connection).await?;
    drop(connection);
    for appeal in waiting {
        let due =
            daily(appeal.filed_at + DAY, now).and_then(|due| Due::new(due, appeal.nudged_at, now));
        let Some(Due(reminding)) = due else { continue };
        let mut tx = app.db.begin().await?;
        if db::moderation::appeal_was_nudged(&mut tx, appeal.id, reminding).await? {
            tell(&mut tx, Event::Reminder, About::Appeal(appeal.id)).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// A reminder that is due and was not given.
#[derive(Debug)]
struct Due(Reminding);

impl Due {
    fn new(due: OffsetDateTime, last: Option<OffsetDateTime>, now: OffsetDateTime) -> Option<Self> {
        last.is_none_or(|last| last < due)
            .then_some(Self(Reminding { due, now }))
    }
}

/// What is to be said about a proposal now, if anything.
fn nudge(proposal: &WaitingProposal, now: OffsetDateTime) -> Option<(Event, Due)> {
    let due = |at: Option<OffsetDateTime>| Due::new(at?, proposal.reminded_at, now);
    match proposal.state {
        State::Provisional => {
            let at = before_rollback(proposal.opened_at, proposal.ratify_by?, now);
            Some((Event::EmergencyRatifyDue, due(at)?))
        }
        // Posts in quarantine wait for the board.
        State::RolledBack => {
            let at = daily(proposal.decided_at? + DAY, now);
            Some((Event::Reminder, due(at)?))
        }
        _ => {
            let end = proposal.expires_at - EXPIRING;
            let expiring = (end <= now && end > proposal.opened_at).then_some(end);
            if let Some(due) = due(expiring) {
                return Some((Event::ProposalExpiring, due));
            }
            Some((Event::Reminder, due(daily(proposal.opened_at + DAY, now))?))
        }
    }
}

/// The newest of an instant and those a whole number of days after it that has come.
fn daily(first: OffsetDateTime, now: OffsetDateTime) -> Option<OffsetDateTime> {
    (now >= first).then(|| first + DAY * i32::try_from((now - first).whole_days()).unwrap_or(0))
}

/// The newest that has come of half time, four hours and one hour before the deadline.
fn before_rollback(
    opened_at: OffsetDateTime,
    ratify_by: OffsetDateTime,
    now: OffsetDateTime,
) -> Option<OffsetDateTime> {
    let half = opened_at + (ratify_by - opened_at) / 2;
    RATIFY_LAST
        .into_iter()
        .map(|before| ratify_by - before)
        .chain([half])
        .filter(|at| *at > opened_at && *at <= now)
        .max()
}

#[cfg(test)]
mod tests {
    use model::moderation::ProposalId;
    use time::macros::datetime;

    use super::*;

    const OPENED: OffsetDateTime = datetime!(2026-11-01 08:00 UTC);

    /// Looks every minute for so long, and tells after how many hours something was said.
    fn times(mut proposal: WaitingProposal, hours: i64) -> Vec<(Event, f64)> {
        let mut said = Vec::new();
        for minute in 0..=hours * 60 {
            let now = OPENED + Duration::minutes(minute);
            if let Some((event, _)) = nudge(&proposal, now) {
                proposal.reminded_at = Some(now);
                said.push((event, (now - OPENED).as_seconds_f64() / 3600.0));
            }
        }
        said
    }

    fn proposal(state: State) -> WaitingProposal {
        WaitingProposal {
            id: ProposalId::new(1),
            state,
            opened_at: OPENED,
            expires_at: OPENED + Duration::days(7),
            decided_at: None,
            ratify_by: None,
            reminded_at: None,
        }
    }

    #[test]
    fn an_emergency_measure_is_spoken_of_at_half_time_and_twice_before_the_end() {
        for (ratify_hours, expected) in [
            (24, vec![12.0, 20.0, 23.0]),
            (72, vec![36.0, 68.0, 71.0]),
            // Four hours before the end is half time.
            (8, vec![4.0, 7.0]),
            // One hour before the end is half time, and four are too many.
            (2, vec![1.0]),
            (1, vec![0.5]),
        ] {
            let measure = WaitingProposal {
                ratify_by: Some(OPENED + Duration::hours(ratify_hours)),
                ..proposal(State::Provisional)
            };

            let said = times(measure, ratify_hours);

            let at: Vec<f64> = said.iter().map(|(_, hours)| *hours).collect();
            assert_eq!(at, expected);
            assert!(
                said.iter()
                    .all(|(event, _)| *event == Event::EmergencyRatifyDue)
            );
        }
    }

    #[test]
    fn a_proposal_is_spoken_of_daily_and_on_the_last_day_as_one_that_expires() {
        let said = times(proposal(State::Open), 7 * 24);

        let at: Vec<f64> = said.iter().map(|(_, hours)| *hours).collect();
        assert_eq!(at, [24.0, 48.0, 72.0, 96.0, 120.0, 144.0, 168.0]);
        assert_eq!(said[5].0, Event::ProposalExpiring);
        assert_eq!(
            said.iter()
                .filter(|(event, _)| *event == Event::ProposalExpiring)
                .count(),
            1
        );
    }

    #[test]
    fn after_a_standstill_one_reminder_is_enough() {
        let now = OPENED + Duration::hours(100);
        let (event, Due(reminding)) = nudge(&proposal(State::Open), now).unwrap();

        assert_eq!(event, Event::Reminder);
        assert_eq!(reminding.due, OPENED + Duration::hours(96));
        let reminded = WaitingProposal {
            reminded_at: Some(now),
            ..proposal(State::Open)
        };
        assert!(nudge(&reminded, now).is_none());
    }
}
