//! Staying in step with the directory: what it says of linked members is taken over, and who is not in it any more
//! leaves.
//!
//! A run asks about everybody, a page at a time. Whom it finds is brought up to date at once, each by themselves, so
//! that one who cannot be keeps none of the others (R22). Whom it does not find is judged when all have been asked
//! ([`judge`]): somebody has left when two runs at least a quarter of an hour apart agree, and a run that misses too
//! many, or finds nobody at all, lets nobody leave until somebody says that it is right. A directory that could not
//! be asked has said nothing of anybody.

mod changes;
mod job;
mod judge;
mod status;

use std::collections::HashSet;

use db::members::{HaltedRow, Linked};
use model::AccountId;
use signin::{Directory, Identity, ldap::Presence};
use sqlx::Connection as _;
use time::OffsetDateTime;
use tracing::{error, info, warn};

pub use changes::{Change, What};
pub use job::SyncMembers;
pub(crate) use job::sync_members;
pub use status::{SyncStatus, sync_status};

use judge::{Missing, Verdict, judge, number_of};

use super::leave::leave_in;
use crate::{App, Error, Result, auth, sign_in};

/// As the directory is called in links.
const SOURCE: &str = "ldap";
/// People asked about at once.
const PAGE: i64 = 200;

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
    outcome
}

/// What is gathered on the way.
struct Gathered {
    report: SyncReport,
    missing: Vec<Missing>,
    /// Whether the directory could be asked about everybody.
    is_complete: bool,
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

/// Asks about everybody, and brings those up to date whom the directory finds.
async fn ask_about_all(
    app: &App,
    directory: &dyn Directory,
    run: Run,
    now: OffsetDateTime,
) -> Result<Gathered> {
    let mut gathered = Gathered {
        report: SyncReport {
            linked: 0,
            found: 0,
            changes: Vec::new(),
            problems: Vec::new(),
            halted: None,
        },
        missing: Vec::new(),
        is_complete: true,
    };
    let mut after = String::new();
    loop {
        let mut connection = app.db.acquire().await?;
        let page = db::members::linked_after(&mut connection, SOURCE, &after, PAGE).await?;
        drop(connection);
        let Some(last) = page.last() else {
            return Ok(gathered);
        };
        after.clone_from(&last.subject);
        let subjects: Vec<String> = page.iter().map(|linked| linked.subject.clone()).collect();
        match directory.look_up(&subjects).await {
            Ok(answers) if answers.len() == page.len() => {
                take_in(app, run, &mut gathered, page.into_iter().zip(answers), now).await;
            }
            answer => {
                let problem = match answer {
                    Ok(answers) => format!(
                        "the directory answered about {} of {} people",
                        answers.len(),
                        page.len()
                    ),
                    Err(refusal) => refusal.to_string(),
                };
                warn!(problem, "The directory could not be asked about everybody");
                // One that has not answered at all will not for the rest either.
                let is_away = gathered.report.found == 0 && gathered.missing.is_empty();
                gathered.is_complete = false;
                gathered.report.problems.push(problem);
                if is_away {
                    return Ok(gathered);
                }
            }
        }
    }
}

/// Takes in what the directory says of a page of people.
async fn take_in(
    app: &App,
    run: Run,
    gathered: &mut Gathered,
    answers: impl Iterator<Item = (Linked, Presence)>,
    now: OffsetDateTime,
) {
    let mut unchanged = Vec::new();
    let report = &mut gathered.report;
    for (linked, presence) in answers {
        report.linked += usize::from(linked.left_at.is_none());
        match presence {
            Presence::Here(identity) => {
                report.found += 1;
                match bring_up_to_date(app, run, &linked, &identity).await {
                    Ok(Some(change)) => report.changes.push(change),
                    Ok(None) => unchanged.push(linked.subject),
                    // They were found all the same, and are not missed any more.
                    Err(error) => {
                        report.problems.push(format!(
                            "{} could not be brought up to date: {}",
                            linked.handle,
                            told(error)
                        ));
                        unchanged.push(linked.subject);
                    }
                }
            }
            Presence::Gone(_) if linked.left_at.is_some() => {}
            Presence::Gone(why) => gathered.missing.push(Missing {
                account_id: linked.account_id,
                handle: linked.handle,
                subject: linked.subject,
                since: linked.missing_since,
                why,
            }),
        }
    }
    if run != Run::Dry
        && let Err(error) = note_found(app, &unchanged, now).await
    {
        report
            .problems
            .push(format!("who was found could not be noted: {}", told(error)));
    }
}

async fn note_found(app: &App, subjects: &[String], now: OffsetDateTime) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    Ok(db::members::found_there(&mut connection, SOURCE, subjects, now).await?)
}

/// Takes over what the directory says of somebody, by the rules of a sign-in. `None` when that is what is known.
async fn bring_up_to_date(
    app: &App,
    run: Run,
    linked: &Linked,
    identity: &Identity,
) -> Result<Option<Change>> {
    let mut tx = app.db.begin().await?;
    let Some(change) = changes::between(&mut tx, app, linked, identity).await? else {
        return Ok(None);
    };
    if run != Run::Dry {
        sign_in::refresh(&mut tx, app, identity, linked.account_id).await?;
        tx.commit().await?;
        if linked.left_at.is_some() {
            info!(account.id = %linked.account_id, "Somebody who had left is back");
        }
    }
    Ok(Some(change))
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
        let at = before
            .filter(|before| before.number == number)
            .map_or(now, |before| before.at);
        let row = HaltedRow {
            at,
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
        let mut connection = app.db.acquire().await?;
        db::members::sync_failed(&mut connection, SOURCE, (&problem, now), Some(&row)).await?;
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
