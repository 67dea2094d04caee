//! `moot board decisions`.

use anyhow::Context as _;
use clap::Args;
use model::moderation::board::DecisionState;
use serde_json::{Value, json};
use service::moderation::board::decisions::{DecisionView, decisions_for_operator};

use crate::cli::session::with_data;

#[derive(Debug, Args)]
pub(in crate::cli) struct Decisions {
    /// Only those in this state.
    #[arg(long, value_parser = ["recorded", "confirmed", "withdrawn"])]
    state: Option<String>,
    /// At most so many.
    #[arg(long, default_value_t = 40)]
    limit: u16,
    /// For scripts: one JSON object a line.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Decisions) -> anyhow::Result<()> {
    let state = match arguments.state.as_deref() {
        Some(word) => Some(DecisionState::from_word(word).context("there is no such state")?),
        None => None,
    };
    with_data(async |app, _| {
        for view in decisions_for_operator(app, state, arguments.limit).await? {
            if arguments.json {
                println!("{}", as_json(&view));
            } else {
                println!("{}", as_text(&view));
            }
        }
        Ok(())
    })
}

pub(super) fn as_json(view: &DecisionView) -> Value {
    let decision = &view.decision;
    json!({
        "id": decision.id.to_string(),
        "kind": decision.kind.as_str(),
        "params": decision.params,
        "text": decision.text,
        "minutes_url": decision.minutes_url,
        "decided_on": decision.decided_on.to_string(),
        "state": decision.state.as_str(),
        "digest": hex::encode(decision.digest),
        "recorded_by": view.recorded_by.as_ref().map(|person| &person.handle),
        "confirmed_by": view.confirmations.iter().map(|given| &given.person.handle).collect::<Vec<_>>(),
        "needed": view.needed,
        "changes": view.changes,
        "warnings": view.warnings,
        "log": view.log_seqs,
    })
}

pub(super) fn as_text(view: &DecisionView) -> String {
    let decision = &view.decision;
    let by = view
        .recorded_by
        .as_ref()
        .map_or("?", |person| person.handle.as_str());
    format!(
        "{}  {}  {:<20}  {:<9}  {}/{} confirmed  by {by}\n    {}",
        decision.id,
        decision.decided_on,
        decision.kind.as_str(),
        decision.state.as_str(),
        view.confirmations.len(),
        view.needed,
        view.changes.join("\n    "),
    )
}
