//! `moot board …`: who governs, and what they have decided.

mod bootstrap;
mod decide;
mod decisions;
mod list;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Names the first board. Works once, is the first entry of the public log, and puts the settings of governance into
    /// the board's hands.
    Bootstrap(bootstrap::Bootstrap),
    /// Shows who sits on the board and who holds which moderator's seat, and what keeps anybody from voting.
    List(list::List),
    /// Lists what the board has decided, newest first.
    Decisions(decisions::Decisions),
    /// Records a decision for a member of the board. Test profile only: elsewhere the board records on its own pages.
    Record(decide::Record),
    /// Confirms a decision for a member of the board. Test profile only.
    Confirm(decide::Confirm),
    /// Takes back a decision that is not confirmed, for a member of the board. Test profile only.
    Withdraw(decide::Withdraw),
}

pub(super) fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Bootstrap(arguments) => bootstrap::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Decisions(arguments) => decisions::run(&arguments),
        Command::Record(arguments) => decide::record(&arguments),
        Command::Confirm(arguments) => decide::confirm(&arguments),
        Command::Withdraw(arguments) => decide::withdraw(&arguments),
    }
}
