//! Staying in step with the directory: what it says of linked members is taken over, and who is not in it any more
//! leaves.
//!
//! A run asks about everybody, a page at a time. Whom it finds is brought up to date at once, each by themselves, so
//! that one who cannot be keeps none of the others (R22). Whom it does not find is judged when all have been asked
//! ([`judge()`]): somebody has left when two runs at least a quarter of an hour apart agree, and a run that misses too
//! many, or finds nobody at all, lets nobody leave until somebody says that it is right. A directory that could not
//! be asked has said nothing of anybody.

mod asking;
mod changes;
mod job;
mod judge;
mod status;

use std::collections::HashSet;

use db::members::HaltedRow;
use model::AccountId;
use signin::Directory;
use sqlx::Connection as _;
use time::OffsetDateTime;
use tracing::{error, info};

pub use changes::{Change, What};
pub use job::SyncMembers;
pub(crate) use job::sync_members;
pub use status::{SyncStatus, sync_status};

use asking::ask_about_all;
use judge::{Missing, Verdict, judge, number_of};

use super::leave::leave_in;
use crate::{
    App, Error, Result, auth,
    mail::{self, Occasion},
    moderation::board::directory,
};

/// As the directory is called in links.
const SOURCE: &str = "ldap";

/// How a run is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// As ever.
    Usual,
    /// To see what would happen; nothing is written.
    Dry,
    /// The halted run with this number is right.
    Accepting(i32),
}

/// What a run did, or would have done.
#[derive(Clone, Debug)]
pub struct SyncReport {
    /// Members that the directory knows, without those who had left before.
    pub linked: usize,
    /// How many of those it asked about the directory found.
    pub found: usize,
    /// What changed, or would.
    pub changes: Vec<Change>,
    /// What could not be done, each in a sentence.
    pub problems: Vec<String>,
    /// Why nobody left, where that was held back.
    pub halted: Option<Halted>,
}

/// A run that would have lost too many people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Halted {
    /// By which it can be accepted.
    pub number: i32,
    /// How many were missing.
    pub missing: usize,
    /// Of how many.
    pub linked: usize,
}

/// Looks everybody up. `Conflict` while another run is under way, and when there is no directory; `Unavailable` when
/// the directory could not be asked at all.
pub async fn sync(app: &App, run: Run) -> Result<SyncReport> {
    let Some(directory) = app.ways.directory() else {
        return Err(Error::Conflict(
            "There is no directory to be in step with: set LDAP_ENABLED and the rest.".into(),
        ));
    };
    // A connection of its own: the turn ends with it, however this run ends.
    let mut turn = app.db.acquire().await?.detach();
    if !db::members::take_sync_turn(&mut turn).await? {
        return Err(Error::Conflict("Another run is under way.".into()));
    }
    let outcome = run_through(app, directory, run).await;
    db::members::end_sync_turn(&mut turn).await?;
    turn.close().await?;
    if run != Run::Dry {
        directory::follow_quietly(app).await;
    }
    outcome
}

async fn run_through(app: &App, directory: &dyn Directory, run: Run) -> Result<SyncReport> {
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    let before = db::members::sync_state(&mut connection, SOURCE)
        .await?
        .halted;
    drop(connection);
    let gathered = ask_about_all(app, directory, run, now).await?;
    let mut report = gathered.report;
    if !gathered.is_complete {
        return failed(app, run, report, before, now).await;
    }
    let number = number_of(&gathered.missing);
    let is_accepted = |missing: &Missing| {
        before.as_ref().is_some_and(|halted| {
            halted.accepted_at.is_some() && halted.people.contains(&missing.account_id)
        })
    };
    let mut halted = before
        .clone()
        .filter(|_| gathered.missing.iter().all(is_accepted));
    let accepts = run == Run::Accepting(number);
    let verdict = judge(&gathered.missing, report.linked, report.found, now);
    let (gone, newly) = match verdict {
        Verdict::Plausible { gone, newly } => (gone, newly),
        Verdict::Implausible { gone, newly }
            if accepts || (halted.is_some() && report.found > 0) =>
        {
            if accepts {
                halted = Some(HaltedRow {
                    at: now,
                    number,
                    people: ids(&gathered.missing),
                    accepted_at: Some(now),
                });
            }
            (gone, newly)
        }
        Verdict::Implausible { newly, .. } => {
            // Being missing is noted, so that the second look is not put off by the question; but of a directory that
            // knows nobody not even that is believed.
            let newly = if report.found > 0 { newly } else { Vec::new() };
            return halt(
                app,
                run,
                report,
                (number, &gathered.missing),
                newly,
                before,
                now,
            )
            .await;
        }
    };
    note_missing(app, run, &mut report, newly, now).await?;
    let_leave(app, run, &mut report, gone).await;
    if run != Run::Dry {
        let still = halted.filter(|_| !gathered.missing.is_empty());
        let mut connection = app.db.acquire().await?;
        if report.problems.is_empty() {
            db::members::sync_succeeded(&mut connection, SOURCE, still.as_ref(), now).await?;
        } else {
            let problem = report.problems.join("; ");
            error!(
                problem,
                "A run of the sync with the directory was not through"
            );
            db::members::sync_failed(&mut connection, SOURCE, (&problem, now), still.as_ref())
                .await?;
        }
    }
    Ok(report)
}

async fn note_missing(
    app: &App,
    run: Run,
    report: &mut SyncReport,
    newly: Vec<Missing>,
    now: OffsetDateTime,
) -> Result<()> {
    if run != Run::Dry && !newly.is_empty() {
        let subjects: Vec<String> = newly
            .iter()
            .map(|missing| missing.subject.clone())
            .collect();
        let mut connection = app.db.acquire().await?;
        db::members::missing_there(&mut connection, SOURCE, &subjects, now).await?;
    }
    let changes = newly
        .into_iter()
        .map(|missing| Change::new(missing.handle, What::Missing(missing.why)));
    report.changes.extend(changes);
    Ok(())
}

async fn let_leave(app: &App, run: Run, report: &mut SyncReport, gone: Vec<Missing>) {
    for missing in gone {
        if run != Run::Dry
            && let Err(error) = leave(app, missing.account_id).await
        {
            report.problems.push(format!(
                "{} could not leave: {}",
                missing.handle,
                told(error)
            ));
            continue;
        }
        report
            .changes
            .push(Change::new(missing.handle, What::Left(missing.why)));
    }
}

async fn leave(app: &App, id: AccountId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if leave_in(&mut tx, app, id).await? {
        tx.commit().await?;
        auth::tell_revoked(app, id);
        info!(account.id = %id, "Somebody has left the organisation");
    }
    Ok(())
}

/// The directory could not be asked about everybody: nobody is missed, and nobody leaves.
async fn failed(
    app: &App,
    run: Run,
    report: SyncReport,
    before: Option<HaltedRow>,
    now: OffsetDateTime,
) -> Result<SyncReport> {
    let problem = report.problems.join("; ");
    if run != Run::Dry {
        let mut connection = app.db.acquire().await?;
        db::members::sync_failed(&mut connection, SOURCE, (&problem, now), before.as_ref()).await?;
    }
    if report.found == 0 {
        return Err(Error::Unavailable {
            what: "the directory",
            source: anyhow::anyhow!(problem),
        });
    }
    Ok(report)
}

/// Too many are missing: nobody leaves, and somebody is told.
async fn halt(
    app: &App,
    run: Run,
    mut report: SyncReport,
    (number, missing): (i32, &[Missing]),
    newly: Vec<Missing>,
    before: Option<HaltedRow>,
    now: OffsetDateTime,
) -> Result<SyncReport> {
    let halted = Halted {
        number,
        missing: missing.len(),
        linked: report.linked,
    };
    note_missing(app, run, &mut report, newly, now).await?;
    if run != Run::Dry {
        let known_since = before
            .filter(|before| before.number == number)
            .map(|before| before.at);
        let row = HaltedRow {
            at: known_since.unwrap_or(now),
            number,
            people: ids(missing),
            accepted_at: None,
        };
        error!(
            sync.number = number,
            sync.missing = halted.missing,
            sync.linked = halted.linked,
            "The directory misses so many members at once that nobody is let go. Look at the directory; if it is right: moot members sync --accept {number}"
        );
        let problem = format!(
            "{} of {} members are missing",
            halted.missing, halted.linked
        );
        let mut tx = app.db.begin().await?;
        db::members::sync_failed(&mut tx, SOURCE, (&problem, now), Some(&row)).await?;
        // Once for each question, not every quarter of an hour.
        if known_since.is_none() {
            for operator in db::members::operators(&mut tx).await? {
                let missing = halted.missing;
                let occasion = Occasion::SyncHalted { number, missing };
                mail::tell(&mut tx, operator, occasion).await?;
            }
        }
        tx.commit().await?;
    }
    report.halted = Some(halted);
    Ok(report)
}

/// An error with its causes, for whoever runs the server.
fn told(error: Error) -> String {
    format!("{:#}", anyhow::Error::new(error))
}

fn ids(missing: &[Missing]) -> Vec<AccountId> {
    let ids: HashSet<AccountId> = missing.iter().map(|missing| missing.account_id).collect();
    let mut ids: Vec<AccountId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids
}
