//! The end of a leaver's account: frozen, or deleted after two notices.

use db::members::Ending;
use jobs::{Failure, Job, Priority};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use tracing::info;

use super::private_letters::{self, Matter};
use crate::{
    App, Error, Result, accounts,
    mail::{self, Occasion},
    settings::LeaverEnd,
};

/// The first notice comes so long before a deletion.
const FIRST_NOTICE: Duration = Duration::days(14);
/// The last notice comes so long before; whoever got it later, since the server was away, is given as long.
const LAST_NOTICE: Duration = Duration::days(3);
/// The row of a deleted account stays until every delivery of its end was tried.
const ROWS_OF_DELETED: Duration = Duration::days(7);

/// Every so often: bring leavers' accounts to their end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EndLeavers {}

impl Job for EndLeavers {
    const KIND: &'static str = "end_leavers";
    const PRIORITY: Priority = Priority::BACKGROUND;
    const MAX_ATTEMPTS: u16 = 1;
}

/// What is due for a leaver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    /// Nothing yet.
    Nothing,
    /// A notice: the how many-eth, and the end it tells of.
    Notice(i16, OffsetDateTime),
    /// The account stays, closed.
    Freeze,
    /// The account goes.
    Delete,
}

/// Handles [`EndLeavers`]. Each leaver by themselves, so that one that fails keeps none of the others (R22).
pub(crate) async fn end_leavers(app: &App) -> Result<(), Failure> {
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    let ending = db::members::ending_by(&mut connection, now + FIRST_NOTICE).await?;
    let closed = db::accounts::closed_before(&mut connection, now - ROWS_OF_DELETED).await?;
    drop(connection);
    let mut failed = Vec::new();
    for leaver in ending {
        if let Err(error) = bring_on(app, &leaver, now).await {
            let error = anyhow::Error::new(error);
            failed.push(format!("account {}: {error:#}", leaver.account_id));
        }
    }
    for id in closed {
        if let Err(error) = accounts::forget_deleted(app, id).await {
            let error = anyhow::Error::new(error);
            failed.push(format!("row of account {id}: {error:#}"));
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::retry(anyhow::anyhow!(failed.join("; "))))
    }
}

async fn bring_on(app: &App, leaver: &Ending, now: OffsetDateTime) -> Result<()> {
    let id = leaver.account_id;
    match due(app.settings.sign_in.end, leaver, now) {
        Due::Nothing => Ok(()),
        Due::Notice(number, ends_at) => {
            let mut tx = app.db.begin().await?;
            if db::members::notice_sent(&mut tx, leaver, number, ends_at).await? {
                mail::tell(&mut tx, id, Occasion::EndsSoon).await?;
                private_letters::write(&mut tx, id, Matter::EndsSoon).await?;
            }
            tx.commit().await?;
            Ok(())
        }
        Due::Freeze => {
            let mut tx = app.db.begin().await?;
            if db::members::freeze(&mut tx, leaver).await? {
                db::members::remove_leaver_keys_of(&mut tx, id).await?;
                info!(account.id = %id, "A leaver's account is closed for good");
            }
            tx.commit().await?;
            Ok(())
        }
        Due::Delete => match accounts::delete(app, id).await {
            Ok(()) => {
                info!(account.id = %id, "A leaver's account is deleted");
                Ok(())
            }
            // Suspended: it waits until moderation has done with it.
            Err(Error::Forbidden(_)) => Ok(()),
            Err(other) => Err(other),
        },
    }
}

/// What is due, by the operator's choice of today.
fn due(end: LeaverEnd, leaver: &Ending, now: OffsetDateTime) -> Due {
    let is_over = leaver.ends_at <= now;
    let is_told = leaver.notices >= 2;
    match end {
        LeaverEnd::Freeze if is_over => Due::Freeze,
        LeaverEnd::Delete if is_told && is_over => Due::Delete,
        // Nobody's account goes without three days' notice, whatever the server has slept through.
        LeaverEnd::Delete if !is_told && leaver.ends_at <= now + LAST_NOTICE => {
            Due::Notice(2, leaver.ends_at.max(now + LAST_NOTICE))
        }
        LeaverEnd::Delete if leaver.notices == 0 => Due::Notice(1, leaver.ends_at),
        LeaverEnd::Freeze | LeaverEnd::Delete => Due::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use model::AccountId;
    use time::macros::datetime;

    use super::*;

    const END: OffsetDateTime = datetime!(2026-09-13 12:00 UTC);

    fn due_before(end: LeaverEnd, notices: i16, before: Duration) -> Due {
        let leaver = Ending {
            account_id: AccountId::new(1),
            ends_at: END,
            notices,
        };
        due(end, &leaver, END - before)
    }

    #[test]
    fn a_deletion_is_told_of_a_fortnight_and_three_days_before() {
        let due = |notices, days| due_before(LeaverEnd::Delete, notices, Duration::days(days));

        assert_eq!(due(0, 14), Due::Notice(1, END));
        assert_eq!(due(1, 13), Due::Nothing);
        assert_eq!(due(1, 3), Due::Notice(2, END));
        assert_eq!(due(2, 1), Due::Nothing);
        assert_eq!(due(2, 0), Due::Delete);
    }

    #[test]
    fn nobody_is_deleted_who_was_not_told_three_days_before() {
        let late = Duration::days(-30);

        let due = due_before(LeaverEnd::Delete, 0, late);

        assert_eq!(due, Due::Notice(2, END - late + LAST_NOTICE));
    }

    #[test]
    fn freezing_needs_no_notice() {
        let due = |days| due_before(LeaverEnd::Freeze, 0, Duration::days(days));

        assert_eq!(due(3), Due::Nothing);
        assert_eq!(due(0), Due::Freeze);
    }
}
