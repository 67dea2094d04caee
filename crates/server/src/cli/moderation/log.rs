//! `moot moderation log`: the public log, as everybody sees it. (`moot log` checks and exports it.)

use clap::Args;
use serde_json::Value;
use service::moderation::log::{Filter, entries};

use crate::cli::session::with_data;

#[derive(Debug, Args)]
pub(in crate::cli) struct Log {
    /// Only entries after this one.
    #[arg(long, default_value_t = 0)]
    after: i64,
    /// At most so many.
    #[arg(long, default_value_t = 100)]
    limit: u16,
    /// For scripts: one JSON object a line, as published.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Log) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let filter = Filter::default();
        for entry in entries(app, &filter, arguments.after, arguments.limit.into()).await? {
            if arguments.json {
                println!("{}", serde_json::to_string(&entry)?);
                continue;
            }
            let word = |name: &str| {
                entry
                    .public
                    .values
                    .get(name)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
            };
            println!(
                "{:>6}  {}  {:<22}  {}  {}",
                entry.seq,
                entry.at.time(),
                entry.kind,
                word("action"),
                word("reason")
            );
        }
        Ok(())
    })
}
