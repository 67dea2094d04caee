//! The command line: one file per command.

mod accounts;
mod auth;
mod board;
mod channels;
mod config;
mod demo;
mod exit;
mod keys;
mod log;
mod mail;
mod members;
mod moderation;
mod openapi;
mod password;
mod serve;
mod session;
mod tokens;
pub(crate) mod version;

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
    /// Runs the server.
    Serve,
    /// Looks at the configuration.
    #[command(subcommand)]
    Config(config::Command),
    /// Makes, lists and admits members.
    #[command(subcommand)]
    Accounts(accounts::Command),
    /// Members, and who the organisation says they are.
    #[command(subcommand)]
    Members(members::Command),
    /// Tries how somebody would sign in.
    #[command(subcommand)]
    Auth(auth::Command),
    /// The board: names the first one, shows it, and lists what it has decided.
    #[command(subcommand)]
    Board(board::Command),
    /// Moderation: shows what waits and what was done, proposes, and takes emergency measures that two moderators must ratify.
    #[command(subcommand)]
    Moderation(moderation::Command),
    /// The public log of moderation: checks, exports and signs it.
    #[command(subcommand)]
    Log(log::Command),
    /// Makes access tokens, for scripts.
    #[command(subcommand)]
    Tokens(tokens::Command),
    /// Fills a demo.
    #[command(subcommand)]
    Demo(demo::Command),
    /// Looks at how mail leaves.
    #[command(subcommand)]
    Mail(mail::Command),
    /// Tries where moderators are told.
    #[command(subcommand)]
    Channels(channels::Command),
    /// Makes keys.
    #[command(subcommand)]
    Keys(keys::Command),
    /// Prints the description of the moderators' and the board's API (`OpenAPI` 3.1).
    #[command(name = "openapi")]
    OpenApi,
    /// Prints the version.
    Version,
}

/// Reads the arguments and does what they say.
pub fn main() -> ExitCode {
    // One provider for the whole process, before anybody can ask for another. It fails only when there is one already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let outcome = match Arguments::parse().command {
        Command::Serve => serve::run(),
        Command::Config(command) => config::run(&command),
        Command::Accounts(command) => accounts::run(command),
        Command::Members(command) => members::run(command),
        Command::Auth(command) => auth::run(command),
        Command::Board(command) => board::run(command),
        Command::Moderation(command) => moderation::run(command),
        Command::Log(command) => log::run(command),
        Command::Tokens(command) => tokens::run(command),
        Command::Demo(command) => demo::run(&command),
        Command::Mail(command) => mail::run(command),
        Command::Channels(command) => channels::run(&command),
        Command::Keys(command) => keys::run(&command),
        Command::OpenApi => openapi::run(),
        Command::Version => version::run(),
    };
    exit::report(outcome)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_contradict_nothing() {
        super::Arguments::command().debug_assert();
    }
}
