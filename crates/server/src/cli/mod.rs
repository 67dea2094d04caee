//! The command line: one file per command.

mod config;
mod exit;
mod keys;
mod version;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// A Mastodon-compatible server for an organisation and its members.
#[derive(Debug, Parser)]
#[command(name = "moot", version, about, after_help = exit::HELP, max_term_width = 120)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Looks at the configuration.
    #[command(subcommand)]
    Config(config::Command),
    /// Makes keys.
    #[command(subcommand)]
    Keys(keys::Command),
    /// Prints the version.
    Version,
}

/// Reads the arguments and does what they say.
pub fn main() -> ExitCode {
    // One provider for the whole process, before anybody can ask for another.
    let outcome = match Arguments::parse().command {
        Command::Config(command) => config::run(&command),
        Command::Keys(command) => keys::run(&command),
        Command::Version => version::run(),
    };
    exit::report(outcome)
}
