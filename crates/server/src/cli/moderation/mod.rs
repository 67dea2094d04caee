//! `moot moderation …`: what waits, what was done, and what the operator may begin. The operator never votes.

mod answer;
mod log;
mod office;
mod propose;
mod read;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use model::moderation::{Answer, ProposalId, vote::Digest};
use service::{
    App,
    moderation::{Acting, acting},
};

use super::accounts::find;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lists proposals that something will still become of.
    Queue(read::Queue),
    /// Shows one proposal with its votes.
    Show(read::Show),
    /// Opens a proposal for the moderators to vote on. Nobody has approved it yet.
    Propose(propose::Propose),
    /// Takes a measure at once. Two moderators have to ratify it, or it is undone by itself; it is public at once.
    Emergency(propose::Propose),
    /// Prints the public log.
    Log(log::Log),
    /// Approves a proposal for a moderator. Test profile only, as all that follow: elsewhere people vote themselves.
    Approve(answer::Vote),
    /// Objects to a proposal for a moderator.
    Object(answer::Vote),
    /// Abstains for a moderator.
    Abstain(answer::Vote),
    /// Takes a proposal back for whoever proposed it.
    Withdraw(answer::One),
    /// Stops a decided proposal while it cools off.
    Stop(answer::One),
    /// Lets a moderator stand aside from a proposal.
    Recuse(answer::Said),
    /// Writes a comment on a proposal for a moderator.
    Comment(answer::Said),
    /// A moderator gives the own seat up, for good.
    StepDown(OnBehalf),
    /// A moderator is away for a while.
    Leave(OnBehalf),
    /// A moderator is back.
    Return(OnBehalf),
    /// Does everything whose time has come: expiry, rollback, reminders. The running server does this by itself.
    Timers,
}

/// For whom something is done.
#[derive(Debug, Args)]
pub(super) struct OnBehalf {
    /// For whom. Test profile only.
    #[arg(long = "as", value_name = "NAME")]
    as_name: String,
}

pub(super) fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Queue(arguments) => read::queue(&arguments),
        Command::Show(arguments) => read::show(&arguments),
        Command::Propose(arguments) => propose::run(arguments, propose::How::ByVotes),
        Command::Emergency(arguments) => propose::run(arguments, propose::How::AtOnce),
        Command::Log(arguments) => log::run(&arguments),
        Command::Approve(arguments) => answer::vote(&arguments, Answer::Approve),
        Command::Object(arguments) => answer::vote(&arguments, Answer::Object),
        Command::Abstain(arguments) => answer::vote(&arguments, Answer::Abstain),
        Command::Withdraw(arguments) => answer::withdraw(&arguments),
        Command::Stop(arguments) => answer::stop(&arguments),
        Command::Recuse(arguments) => answer::recuse(&arguments),
        Command::Comment(arguments) => answer::comment(&arguments),
        Command::StepDown(who) => office::step_down(&who.as_name),
        Command::Leave(who) => office::leave(&who.as_name),
        Command::Return(who) => office::come_back(&who.as_name),
        Command::Timers => office::timers(),
    }
}

/// Acts for somebody in office; refused outside the test profile.
pub(super) async fn acting_as(app: &App, name: &str) -> anyhow::Result<Acting> {
    let member = find(app, name).await?;
    acting::in_test(app, member.account.id)
        .await
        .with_context(|| format!("nothing can be done here for {name}"))
}

/// A digest as it is shown: 64 hexadecimal digits.
pub(super) fn digest(text: &str) -> anyhow::Result<Digest> {
    let bytes = hex::decode(text.trim()).context("a digest has 64 hexadecimal digits")?;
    Digest::try_from(bytes.as_slice()).context("a digest has 64 hexadecimal digits")
}

/// A proposal's number.
fn proposal(number: i64) -> ProposalId {
    ProposalId::new(number)
}
