//! Asking the directory about everybody, a page at a time.

use db::members::Linked;
use signin::{Directory, Identity, ldap::Presence};
use time::OffsetDateTime;
use tracing::{info, warn};

use super::{Change, Run, SOURCE, SyncReport, changes, judge::Missing, told};
use crate::{App, Result, sign_in};

/// People asked about at once.
const PAGE: i64 = 200;

/// What is gathered on the way.
pub(super) struct Gathered {
    pub(super) report: SyncReport,
    pub(super) missing: Vec<Missing>,
    /// Whether the directory could be asked about everybody.
    pub(super) is_complete: bool,
}

/// Asks about everybody, and brings those up to date whom the directory finds.
pub(super) async fn ask_about_all(
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
