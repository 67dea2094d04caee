//! `moot members list|link|sync|exit-link`: members and who the organisation says they are.

mod exit_link;
mod link;
mod list;
mod sync;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lists all members, with the directories and providers they are linked to.
    List,
    /// Links a member to somebody in the directory, whose id it asks for; ends all sessions and tokens.
    Link(link::Link),
    /// Looks all linked members up in the directory: updates them, and lets those go who have left it.
    Sync(sync::Sync),
    /// Makes a link for somebody who has left, with which they can take their data with them; it works once.
    ExitLink {
        /// Name of the member.
        name: String,
    },
}

pub(super) fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List => list::run(),
        Command::Link(arguments) => link::run(&arguments),
        Command::Sync(arguments) => sync::run(&arguments),
        Command::ExitLink { name } => exit_link::run(&name),
    }
}
