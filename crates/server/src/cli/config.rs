//! `moot config check|docs`.

use clap::Subcommand;

use super::exit::BadConfiguration;
use crate::config::layers::Layers;
use crate::config::{Config, check, docs};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Prints every variable with its value, source and verdict, secrets masked, and what must be mended.
    Check,
    /// Prints docs/admin/configuration.md.
    Docs,
}

pub(super) fn run(command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Check => check(&Layers::from_process()?),
        Command::Docs => {
            print!("{}", docs::markdown());
            Ok(())
        }
    }
}

fn check(layers: &Layers) -> anyhow::Result<()> {
    println!("{}", check::table(layers).trim_start());
    match Config::load(layers) {
        Ok((config, report)) => {
            print!("\n{report}");
            println!(
                "The configuration can be used: profile {}, handles at {}, URLs at {}",
                config.profile.as_str(),
                config.identity.local_domain,
                config.identity.web_url()
            );
            Ok(())
        }
        Err(report) => {
            print!("\n{report}");
            Err(BadConfiguration(report).into())
        }
    }
}
