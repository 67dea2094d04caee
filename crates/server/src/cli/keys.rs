//! `moot keys generate`.

use clap::Subcommand;
use secrecy::ExposeSecret as _;

use crate::config::master_key;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Prints a new master key, for `MOOT_MASTER_KEY` or a file that `MOOT_MASTER_KEY_FILE` names.
    Generate,
}

#[expect(clippy::unnecessary_wraps, reason = "every command has this shape")]
pub(super) fn run(command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Generate => println!("{}", master_key::generate().expose_secret()),
    }
    Ok(())
}
