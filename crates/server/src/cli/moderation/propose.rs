//! `moot moderation propose|emergency`.

use anyhow::{Context as _, bail};
use clap::Args;
use model::{
    Handle,
    moderation::{
        Kind, Params, ProposalId, Target,
        proposal::Origin,
        report::{CaseId, Category},
    },
};
use serde_json::{Map, Value};
use service::{
    App, accounts,
    moderation::{
        emergency, operator,
        propose::{self, NewProposal},
        typed,
    },
};

use super::{acting_as, read};
use crate::cli::session::with_data;

/// Whether it waits for votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    ByVotes,
    AtOnce,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Propose {
    /// What is to be done: account.suspend, account.limit, status.delete, domain.block, ip.block, registrations.lock, …
    kind: String,
    /// To whom: a member's name or somebody's handle, the number of an account or post, a domain, an address. Several of
    /// one kind are decided together.
    targets: Vec<String>,
    /// Why, in a neutral sentence for the public log.
    #[arg(long)]
    reason: String,
    /// spam, legal, violation, other, `illegal_content`, `private_data`, threat, compromised, attack or `moderator_harassment`.
    #[arg(long, default_value = "violation")]
    category: String,
    /// What only moderators read.
    #[arg(long, default_value = "")]
    private_reason: String,
    /// What the member is told.
    #[arg(long, default_value = "")]
    notice: String,
    /// A detail of the measure: severity=suspend, `expires_in=3600`, …
    #[arg(long = "param", value_name = "NAME=VALUE")]
    pairs: Vec<String>,
    /// The case that it answers.
    #[arg(long)]
    case: Option<i64>,
    /// Numbers of the rules that were broken.
    #[arg(long = "rule", value_name = "NUMBER")]
    rules: Vec<i32>,
    /// For whom it is proposed. Test profile only; elsewhere it is the operator's, whom nobody counts.
    #[arg(long = "as", value_name = "NAME")]
    as_name: Option<String>,
    /// With --as: opened without that moderator's own approval.
    #[arg(long, requires = "as_name")]
    without_recommendation: bool,
    /// For scripts: a JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: Propose, how: How) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let json = arguments.json;
        let as_name = arguments.as_name.clone();
        let new = read(app, arguments).await?;
        let id: ProposalId = match (as_name, how) {
            (None, How::ByVotes) => propose::propose_for_operator(app, new).await?,
            (None, How::AtOnce) => emergency::take_for_operator(app, new).await?,
            (Some(name), How::ByVotes) => {
                let acting = acting_as(app, &name).await?;
                propose::propose(app, &acting, new).await?.proposal.id
            }
            (Some(name), How::AtOnce) => {
                let acting = acting_as(app, &name).await?;
                emergency::take(app, &acting, new).await?.proposal.id
            }
        };
        read::print(&operator::proposal(app, id).await?, json);
        Ok(())
    })
}

async fn read(app: &App, arguments: Propose) -> anyhow::Result<NewProposal> {
    let kind = Kind::from_word(&arguments.kind)
        .with_context(|| format!("{} is no kind of measure", arguments.kind))?;
    let category = Category::from_word(&arguments.category)
        .with_context(|| format!("{} is no category", arguments.category))?;
    let mut targets = Vec::with_capacity(arguments.targets.len());
    for text in &arguments.targets {
        targets.push(target(app, kind, text).await?);
    }
    if targets.is_empty() {
        targets.push(typed::target(kind, "").context("this kind of measure needs a target")?);
    }
    Ok(NewProposal {
        kind,
        params: params(&arguments.pairs)?,
        targets,
        case_id: arguments.case.map(CaseId::new),
        report_ids: Vec::new(),
        status_ids: Vec::new(),
        rule_ids: arguments.rules,
        category,
        reason_public: arguments.reason,
        reason_private: arguments.private_reason,
        notice_text: arguments.notice,
        origin: Origin::Cli,
        without_recommendation: arguments.without_recommendation,
    })
}

/// A target as people write it: accounts by name, too.
async fn target(app: &App, kind: Kind, text: &str) -> anyhow::Result<Target> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    if kind.target_type() != "account" || is_number {
        return Ok(typed::target(kind, text)?);
    }
    let handle: Handle = text
        .trim_start_matches('@')
        .parse()
        .with_context(|| format!("{text} is no handle"))?;
    let account = accounts::lookup(app, &handle)
        .await
        .with_context(|| format!("nobody known here is called {text}"))?;
    Ok(Target::Account(account.id))
}

/// Parameters from words: numbers and truth values are told apart from texts.
fn params(pairs: &[String]) -> anyhow::Result<Params> {
    let mut map = Map::new();
    for pair in pairs {
        let Some((name, value)) = pair.split_once('=') else {
            bail!("--param {pair} is not NAME=VALUE");
        };
        let value = match value {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            number if number.parse::<u32>().is_ok() => Value::from(number.parse::<u32>()?),
            list if name == "fields" => list.split(',').map(Value::from).collect(),
            text => Value::from(text),
        };
        map.insert(name.to_owned(), value);
    }
    serde_json::from_value(Value::Object(map)).context("a --param is none of this server's")
}

#[cfg(test)]
mod tests {
    use model::moderation::params::DomainSeverity;

    use super::*;

    #[test]
    fn details_are_read_from_words() {
        let pairs = ["severity=suspend", "reject_media=true", "expires_in=3600"];

        let read = params(&pairs.map(str::to_owned)).unwrap();

        assert_eq!(read.severity, Some(DomainSeverity::Suspend));
        assert_eq!(read.reject_media, Some(true));
        assert_eq!(read.expires_in, Some(3600));
        assert!(params(&["nonsense=1".to_owned()]).is_err());
    }
}
