//! `moot log verify`: what was checked, and what came of it, in words for somebody who does not know the program.

use anyhow::{Context as _, bail};
use ledger::export::{Footer, Line, Lines};
use ledger::verify::{self, Keys, Problem, Report, Rotation, Source as Which, Trust};
use ledger::{SignedCheckpoint, VerifierKey};
use service::moderation::log::implied::Implied;
use service::moderation::log::verify::Wrong;

use super::Verify;
use super::fetch::{self, NotChecked, Server, Source};
use super::{copy, governed};
use crate::cli::session::with_data;

pub(super) fn run(wanted: &Verify) -> anyhow::Result<()> {
    let trust = trust(wanted)?;
    if let Some(source) = &wanted.source {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("the runtime could not be started")?;
        runtime.block_on(from_outside(wanted, source, &trust))?;
    }
    if wanted.database {
        with_data(async |app, _| {
            match service::moderation::log::verify::database(app, &trust).await {
                Ok(report) => {
                    println!("The database holds the log it should:");
                    tell(&report);
                    println!(
                        "  {} private parts are what was committed to, and replaying them gives exactly what is in force.",
                        report.private
                    );
                    if !report.expired.is_empty() {
                        println!(
                            "  {} private texts were deleted when their time was over.",
                            report.expired.len()
                        );
                    }
                    Ok(())
                }
                Err(Wrong::Failed(error)) => Err(NotChecked(format!("{error:#}")).into()),
                Err(Wrong::Log(problem)) => Err(told(problem)),
                Err(wrong) => Err(anyhow::Error::new(wrong)
                    .context("SOMETHING IS WRONG with the log in the database")),
            }
        })?;
    }
    Ok(())
}

fn trust(wanted: &Verify) -> anyhow::Result<Trust> {
    let keys = wanted
        .key
        .iter()
        .map(|key| {
            key.parse::<VerifierKey>()
                .map_err(|error| NotChecked(format!("{key} is no key: {error}")).into())
        })
        .collect::<anyhow::Result<_>>()?;
    let kept = wanted
        .checkpoint
        .iter()
        .map(|path| {
            let text = String::from_utf8_lossy(&fetch::file(path)?).into_owned();
            text.parse::<SignedCheckpoint>().map_err(|error| {
                NotChecked(format!("{} is no checkpoint: {error}", path.display())).into()
            })
        })
        .collect::<anyhow::Result<_>>()?;
    Ok(Trust {
        keys,
        kept,
        rotation: Rotation::default(),
    })
}

async fn from_outside(wanted: &Verify, source: &str, trust: &Trust) -> anyhow::Result<()> {
    let source = fetch::open(source)?;
    let (bytes, server) = match source {
        Source::File(bytes) => (bytes, None),
        Source::Server(server) => (server.export().await?, Some(server)),
    };
    if let Some(path) = &wanted.copy {
        let kept = copy::entries(&fetch::file(path)?)?;
        let changes = copy::changes(&kept, &copy::entries(&bytes)?);
        if !changes.is_empty() {
            bail!(
                "SOMETHING IS WRONG: the log is not what it was when {} was kept:\n  - {}",
                path.display(),
                changes.join("\n  - ")
            );
        }
        println!(
            "The {} entries of {} are all there, as they were.",
            kept.len(),
            path.display()
        );
    }
    let mut implied = Implied::default();
    let mut newest = None;
    let lines = Lines::new(fetch::lines(&bytes)).inspect(|line| {
        let footer = line
            .as_ref()
            .ok()
            .filter(|line| line.starts_with("{\"checkpoints\""));
        if let Some(Ok(Line::Footer(footer))) = footer.map(|line| Line::parse(line)) {
            newest = newest_of(footer);
        }
    });
    let report = verify::lines(lines, trust, |entry| implied.follow(entry)).map_err(told)?;
    refuse_silent_redactions(&report, &implied)?;
    println!("The log is whole.");
    tell(&report);
    if let Some(server) = server {
        compare(&server, &implied).await?;
    } else {
        println!(
            "  A file cannot be asked who holds the seats now: give the server's address to compare that too."
        );
    }
    if let (Some(path), Some(newest)) = (&wanted.keep, newest) {
        std::fs::write(path, newest.to_string())
            .with_context(|| format!("{} cannot be written", path.display()))?;
        println!(
            "The newest checkpoint is in {}. Give it to --checkpoint the next time.",
            path.display()
        );
    }
    Ok(())
}

fn newest_of(footer: Footer) -> Option<SignedCheckpoint> {
    footer
        .checkpoints
        .into_iter()
        .max_by_key(|signed| signed.checkpoint().size)
}

/// A field may be missing only where an entry says that it was taken back.
fn refuse_silent_redactions(report: &Report, implied: &Implied) -> anyhow::Result<()> {
    let silent = report
        .redacted
        .iter()
        .find(|gone| !implied.says_redacted(gone.seq, &gone.field));
    if let Some(gone) = silent {
        bail!(
            "SOMETHING IS WRONG: {} of entry {} was taken away, and no entry says so",
            gone.field,
            gone.seq
        );
    }
    Ok(())
}

fn tell(report: &Report) {
    println!("  It is the log of {}.", report.origin);
    println!(
        "  {} entries, each committing to the one before; none is missing, changed or out of order.",
        report.size
    );
    let unsigned = report.size - report.signed.size.min(report.size);
    println!(
        "  The newest checkpoint signs the first {}{}.",
        report.signed.size,
        match unsigned {
            0 => String::new(),
            more => format!("; the {more} after it are too new to be signed yet"),
        }
    );
    if let (Keys::Claimed, Some(last)) = (report.trusted, report.keys.last()) {
        println!(
            "  You brought no key, so the keys are the server's own word. Keep this one, and give it to --key the next time:\n    {}",
            last.vkey
        );
    } else {
        println!("  It is signed by a key that you know, or that such a key vouched for.");
    }
    if !report.redacted.is_empty() {
        println!(
            "  {} public fields were taken back later, each by an entry that says so.",
            report.redacted.len()
        );
    }
}

async fn compare(server: &Server, implied: &Implied) -> anyhow::Result<()> {
    let Some(shown) = server.document("/api/moot/v1/governance").await? else {
        return Err(NotChecked("the server does not say how it is governed".to_owned()).into());
    };
    let mut found = governed::differences(implied, &shown);
    let listed = server.document("/api/v1/instance/domain_blocks").await?;
    match &listed {
        Some(listed) if implied.unknown().is_empty() => {
            found.extend(governed::blocks(implied, listed));
        }
        _ => {}
    }
    if !found.is_empty() {
        bail!(
            "SOMETHING IS WRONG: the log is whole, but the server is not as it says:\n  - {}",
            found.join("\n  - ")
        );
    }
    println!("  Seats, board, settings and documents of the server are what the log says.");
    if listed.is_none() {
        println!(
            "  The server does not list the servers it blocks, so that those were not compared."
        );
    } else if !implied.unknown().is_empty() {
        println!(
            "  Which servers are blocked was not compared, since the log has taken names of some back."
        );
    } else {
        println!("  So are the servers it blocks.");
    }
    Ok(())
}

/// What a problem means, for somebody who has to do something about it.
fn told(problem: Problem) -> anyhow::Error {
    let meaning = match &problem {
        Problem::Departure {
            from: Which::Kept, ..
        } => {
            "the log does not continue the checkpoint that you kept. Somebody who can write to the database has changed or removed \
             entries, or it was restored from an older copy, or you are shown another log than others. An export that was kept \
             (--copy) tells which entries"
        }
        Problem::Departure { .. }
        | Problem::Entry { .. }
        | Problem::Chain { .. }
        | Problem::Order { .. } => {
            "the log is not what was signed. Somebody has changed, removed or reordered entries"
        }
        Problem::Private { .. } => {
            "a private part is not what the public log committed to. Somebody has changed it in the database"
        }
        Problem::Replay { .. } => {
            "an entry does not follow from those before it. An entry is missing, or one was invented"
        }
        Problem::UnknownKeys | Problem::NotTrusted | Problem::NotVouchedFor { .. } => {
            "the log is not signed by a key that you know, nor by one that such a key vouched for. It may be another log under the same name"
        }
        Problem::Signature { .. }
        | Problem::KeyList
        | Problem::ForeignKey { .. }
        | Problem::Rotation { .. } => "the signatures and keys of the log do not fit together",
        Problem::OtherLog { .. } => "what you kept is of another log",
        _ => "this is no whole log",
    };
    anyhow::Error::new(problem).context(format!("SOMETHING IS WRONG: {meaning}"))
}
