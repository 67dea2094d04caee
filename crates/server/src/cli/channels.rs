//! `moot channels test`: says a word wherever moderators are told.

use anyhow::{Context as _, bail};
use channels::{Client, Facts, Message, Place, Urgency, send};
use clap::Subcommand;
use service::{clock::Clock, keys};
use url::Url;

use super::exit::BadConfiguration;
use crate::config::Config;
use crate::config::layers::Layers;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Says a word in every channel that is configured, and what became of it. Ends with 1 when one did not take it.
    Test,
}

pub(super) fn run(command: &Command) -> anyhow::Result<()> {
    let Command::Test = command;
    let (config, _) = Config::load(&Layers::from_process()?).map_err(BadConfiguration)?;
    let places = &config.channels.places;
    if places.is_empty() {
        bail!(
            "no channel is configured: see the variables that start with MOOT_MODERATION_ (mail is tried with `moot mail test`)"
        );
    }
    let message = word(&config)?;
    let client = Client::new()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the runtime could not be started")?;
    let mut failed = 0;
    for (name, channel) in places {
        let now = Clock::system().now();
        match runtime.block_on(send(&client, channel, &message, now)) {
            Ok(_) => println!("{name}: told"),
            Err(failure) => {
                failed += 1;
                println!("{name}: {failure}");
            }
        }
    }
    if failed > 0 {
        bail!("{failed} of {} did not take the message", places.len());
    }
    Ok(())
}

fn word(config: &Config) -> anyhow::Result<Message> {
    let domain = &config.identity.local_domain;
    Ok(Message {
        key: format!("test-{}", hex::encode(keys::random_bytes::<8>())),
        event: "channel.test".to_owned(),
        at: Clock::system().now(),
        title: format!("A word from {domain}"),
        lines: vec!["Here moderators will be told what waits for them.".to_owned()],
        link: Url::parse(&config.identity.web_url()).context("the server's own address")?,
        link_label: "Open the server".to_owned(),
        thread: Some("A try".to_owned()),
        place: Place::New,
        urgency: Urgency::Normal,
        facts: Facts::new(),
    })
}
