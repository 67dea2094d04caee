//! `moot members sync`.

use anyhow::bail;
use clap::Args;
use service::members::{self, Run, SyncReport, SyncStatus};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cli::session::with_data;

#[derive(Debug, Args)]
#[group(multiple = false)]
pub(in crate::cli) struct Sync {
    /// Lists what would change, and changes nothing.
    #[arg(long)]
    dry_run: bool,
    /// Says that the halted run with this number is right: whom it missed may leave.
    #[arg(long, value_name = "NUMBER")]
    accept: Option<i32>,
    /// Tells how the last runs went.
    #[arg(long)]
    status: bool,
}

pub(super) fn run(arguments: &Sync) -> anyhow::Result<()> {
    with_data(async |app, _| {
        if arguments.status {
            let mut connection = app.db.acquire().await?;
            return tell(&members::sync_status(&mut connection).await?);
        }
        let run = match (arguments.dry_run, arguments.accept) {
            (true, _) => Run::Dry,
            (false, Some(number)) => Run::Accepting(number),
            (false, None) => Run::Usual,
        };
        show(&members::sync(app, run).await?, run)
    })
}

/// Prints what a run did, or would do; an error when it was not through.
fn show(report: &SyncReport, run: Run) -> anyhow::Result<()> {
    for change in &report.changes {
        let what: Vec<String> = change.what.iter().map(ToString::to_string).collect();
        println!("@{}: {}", change.handle, what.join("; "));
    }
    for problem in &report.problems {
        eprintln!("problem: {problem}");
    }
    let done = if run == Run::Dry {
        "Nothing was changed"
    } else {
        "Done"
    };
    if let Some(halted) = &report.halted {
        bail!(
            "{} of {} members are not in the directory, which is more than leave at once; nobody was let go. Look at the directory and at its settings. If it is right: moot members sync --accept {}",
            halted.missing,
            halted.linked,
            halted.number
        );
    }
    if !report.problems.is_empty() {
        bail!("the run was not through; see above");
    }
    println!(
        "{done}: the directory knows {} of {} linked members; {} changes.",
        report.found,
        report.linked,
        report.changes.len()
    );
    Ok(())
}

/// Prints how the last runs went; an error when somebody should look.
fn tell(status: &SyncStatus) -> anyhow::Result<()> {
    println!("last success: {}", at(status.succeeded_at));
    println!("last failure: {}", at(status.failed_at));
    if let Some(number) = status.waits_for {
        bail!(
            "the last run was halted: {} members are missing. If that is right: moot members sync --accept {number}",
            status.missing
        );
    }
    if let Some(problem) = &status.problem {
        bail!("the last run was not through: {problem}");
    }
    Ok(())
}

fn at(time: Option<OffsetDateTime>) -> String {
    time.and_then(|time| time.format(&Rfc3339).ok())
        .unwrap_or_else(|| "never".to_owned())
}
