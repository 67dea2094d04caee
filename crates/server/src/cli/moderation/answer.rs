//! `moot moderation approve|object|abstain|withdraw|stop|recuse|comment`, for test suites that script moderators.

use clap::Args;
use model::moderation::Answer;
use service::moderation::{
    comment as comments, operator, recuse as recusals, view,
    vote::{self as votes, Ballot},
    withdraw as withdrawals,
};

use super::{acting_as, digest, proposal, read};
use crate::cli::session::with_data;

#[derive(Debug, Args)]
pub(in crate::cli) struct Vote {
    /// Number of the proposal.
    id: i64,
    /// Whose vote it is. Test profile only.
    #[arg(long = "as", value_name = "NAME")]
    as_name: String,
    /// The digest that was seen; as it stands when not given.
    #[arg(long)]
    digest: Option<String>,
    /// Why; compulsory for an objection.
    #[arg(long, default_value = "")]
    comment: String,
    /// For scripts: a JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct One {
    /// Number of the proposal.
    id: i64,
    /// For whom. Test profile only.
    #[arg(long = "as", value_name = "NAME")]
    as_name: String,
    /// For scripts: a JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Said {
    /// Number of the proposal.
    id: i64,
    /// What is said.
    text: String,
    /// By whom. Test profile only.
    #[arg(long = "as", value_name = "NAME")]
    as_name: String,
}

pub(super) fn vote(arguments: &Vote, answer: Answer) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let acting = acting_as(app, &arguments.as_name).await?;
        let id = proposal(arguments.id);
        let seen = match &arguments.digest {
            Some(text) => digest(text)?,
            None => view::proposal(app, &acting, id).await?.proposal.digest,
        };
        let ballot = Ballot {
            proposal: id,
            digest: seen,
            answer,
            comment: arguments.comment.clone(),
        };
        votes::vote(app, &acting, ballot).await?;
        read::print(&operator::proposal(app, id).await?, arguments.json);
        Ok(())
    })
}

pub(super) fn withdraw(arguments: &One) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let acting = acting_as(app, &arguments.as_name).await?;
        let id = proposal(arguments.id);
        withdrawals::withdraw(app, &acting, id).await?;
        read::print(&operator::proposal(app, id).await?, arguments.json);
        Ok(())
    })
}

pub(super) fn stop(arguments: &One) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let acting = acting_as(app, &arguments.as_name).await?;
        let id = proposal(arguments.id);
        withdrawals::stop(app, &acting, id).await?;
        read::print(&operator::proposal(app, id).await?, arguments.json);
        Ok(())
    })
}

pub(super) fn recuse(arguments: &Said) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let acting = acting_as(app, &arguments.as_name).await?;
        let id = proposal(arguments.id);
        recusals::recuse_from_proposal(app, &acting, id, &arguments.text).await?;
        println!("{} stands aside from {id}.", arguments.as_name);
        Ok(())
    })
}

pub(super) fn comment(arguments: &Said) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let acting = acting_as(app, &arguments.as_name).await?;
        comments::comment(app, &acting, proposal(arguments.id), &arguments.text).await?;
        Ok(())
    })
}
