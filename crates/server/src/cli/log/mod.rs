//! `moot log`: checking, exporting and signing the public log of moderation.

mod copy;
mod export;
mod fetch;
mod governed;
mod verify;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::session::with_data;

pub(super) use fetch::NotChecked;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Checks a log without trusting the server it is from: chain, commitments, tree, signatures, and that the server is as the
    /// log says. Ends with 0 when all is well, 1 when something is wrong, 69 when it could not be checked.
    Verify(Verify),
    /// Writes the whole public log to a file.
    Export {
        /// Where to; standard output when it is `-`.
        file: PathBuf,
    },
    /// Prints the newest signed checkpoint, for somebody to keep.
    Checkpoint,
    /// Makes a new signing key and names it in the log. The old one vouches for it.
    RotateKey,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// A server (`https://social.club.example`), the address of an export, or a file with one.
    #[arg(required_unless_present = "database")]
    source: Option<String>,
    /// A checkpoint that was kept earlier, in a file: shows whether the log still continues it. Can be given several times.
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// An export that was kept earlier, in a file: shows which entries are others now.
    #[arg(long, value_name = "FILE")]
    copy: Option<PathBuf>,
    /// A key of the log that you know (`name+id+base64`). Can be given several times.
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,
    /// Writes the newest checkpoint to this file once all is well, to be given to `--checkpoint` the next time.
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
    /// On the server's machine: checks the private parts too, and that replaying them gives what is in force.
    #[arg(long)]
    database: bool,
}

pub(super) fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Verify(wanted) => verify::run(&wanted),
        Command::Export { file } => with_data(async |app, _| export::write(app, &file).await),
        Command::Checkpoint => with_data(async |app, _| {
            print!("{}", service::moderation::log::checkpoint(app).await?);
            Ok(())
        }),
        Command::RotateKey => with_data(async |app, _| {
            let seq = service::moderation::log::rotate_key(app).await?;
            println!(
                "Entry {seq} names the new key. From there on it signs; the old one has signed once more, for it."
            );
            Ok(())
        }),
    }
}
