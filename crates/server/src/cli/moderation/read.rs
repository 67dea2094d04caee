//! `moot moderation queue|show`.

use clap::Args;
use serde_json::{Value, json};
use service::moderation::operator::{self, Standing};

use crate::cli::session::with_data;

#[derive(Debug, Args)]
pub(in crate::cli) struct Queue {
    /// For scripts: one JSON object a line.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Show {
    /// Number of the proposal.
    id: i64,
    /// For scripts: a JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn queue(arguments: &Queue) -> anyhow::Result<()> {
    with_data(async |app, _| {
        for standing in operator::pending(app).await? {
            if arguments.json {
                println!("{}", as_json(&standing));
            } else {
                println!("{}", line(&standing));
            }
        }
        Ok(())
    })
}

pub(super) fn show(arguments: &Show) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let standing = operator::proposal(app, super::proposal(arguments.id)).await?;
        print(&standing, arguments.json);
        Ok(())
    })
}

pub(super) fn print(standing: &Standing, json: bool) {
    if json {
        println!("{}", as_json(standing));
        return;
    }
    let proposal = &standing.proposal;
    println!("{}", line(standing));
    println!("reason:    {}", proposal.reason_public);
    println!("category:  {}", proposal.category.as_str());
    println!("digest:    {}", hex::encode(proposal.digest));
    println!("opened:    {}", proposal.opened_at);
    match proposal.ratify_by {
        Some(by) => println!("ratify by: {by}"),
        None => println!("expires:   {}", proposal.expires_at),
    }
    for (person, vote) in &standing.votes {
        println!(
            "{:<9}  {}  {}",
            vote.answer.as_str(),
            person.handle,
            vote.comment
        );
    }
    if let Some(failure) = &proposal.failure {
        println!("failed:    {failure}");
    }
}

fn line(standing: &Standing) -> String {
    let proposal = &standing.proposal;
    let about = match proposal.targets.as_slice() {
        [one] => one.to_string(),
        many => format!("{} targets", many.len()),
    };
    let blocked = if standing.is_blocked { "  blocked" } else { "" };
    let by = standing
        .proposer
        .as_ref()
        .map_or("operator", |person| person.handle.as_str());
    format!(
        "{}  {:<12}  {}/{}{blocked}  {} of {about}  by {by}",
        proposal.id,
        proposal.state.as_str(),
        standing.approvals,
        standing.needed,
        proposal.kind.as_str(),
    )
}

fn as_json(standing: &Standing) -> Value {
    let proposal = &standing.proposal;
    let votes = standing.votes.iter().map(|(person, vote)| {
        json!({
            "handle": person.handle,
            "seat": vote.seat,
            "answer": vote.answer.as_str(),
            "method": vote.method.as_str(),
            "comment": vote.comment,
        })
    });
    let targets = proposal
        .targets
        .iter()
        .map(|target| json!({"type": target.type_word(), "key": target.key()}));
    json!({
        "id": proposal.id.to_string(),
        "kind": proposal.kind.as_str(),
        "params": proposal.params,
        "targets": targets.collect::<Vec<_>>(),
        "state": proposal.state.as_str(),
        "revision": proposal.revision,
        "digest": hex::encode(proposal.digest),
        "category": proposal.category.as_str(),
        "reason": proposal.reason_public,
        "emergency": proposal.emergency,
        "origin": proposal.origin.as_str(),
        "proposer": standing.proposer.as_ref().map(|person| &person.handle),
        "votes": votes.collect::<Vec<_>>(),
        "approvals": standing.approvals,
        "needed": standing.needed,
        "blocked": standing.is_blocked,
        "failure": proposal.failure,
    })
}
