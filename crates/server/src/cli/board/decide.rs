//! `moot board record|confirm|withdraw`, for test suites that script a board.

use anyhow::{Context as _, bail};
use clap::Args;
use model::moderation::board::{DecisionId, DecisionKind};
use serde_json::{Map, Value};
use service::moderation::board::decisions::{self, DecisionView, NewDecision};
use time::{Date, macros::format_description};

use super::decisions::{as_json, as_text};
use crate::cli::{
    moderation::{acting_as, digest},
    session::with_data,
};

#[derive(Debug, Args)]
pub(in crate::cli) struct Record {
    /// `appoint_moderator`, `remove_moderator`, `adopt_document`, `change_governance`, `decide_appeal`, `substitute_approval`,
    /// `appoint_ad_hoc`, `decide_quarantine` or `confirm_reset`.
    kind: String,
    /// What it changes, as a JSON object: '{"`account_id"`: "12"}', '{"kind": "rules", "text": "- Be kind."}', …
    #[arg(long)]
    params: Option<String>,
    /// One of its parameters, for those that are plain words.
    #[arg(long = "param", value_name = "NAME=VALUE")]
    pairs: Vec<String>,
    /// What the board resolved, in its own words.
    #[arg(long)]
    text: String,
    /// Where the minutes are.
    #[arg(long)]
    minutes: Option<String>,
    /// When the board met, like 2026-11-30; today when not given.
    #[arg(long)]
    decided_on: Option<String>,
    /// Who of the board records it.
    #[arg(long = "as", value_name = "NAME")]
    as_name: String,
    /// For scripts: a JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Confirm {
    /// Number of the decision.
    id: i64,
    /// The digest that was seen; as it stands when not given.
    #[arg(long)]
    digest: Option<String>,
    /// Who of the board confirms it.
    #[arg(long = "as", value_name = "NAME")]
    as_name: String,
    /// For scripts: a JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Withdraw {
    /// Number of the decision.
    id: i64,
    /// Who of the board takes it back.
    #[arg(long = "as", value_name = "NAME")]
    as_name: String,
    /// For scripts: a JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn record(arguments: &Record) -> anyhow::Result<()> {
    let kind = DecisionKind::from_word(&arguments.kind)
        .with_context(|| format!("{} is no kind of decision", arguments.kind))?;
    let params = params(arguments.params.as_deref(), &arguments.pairs)?;
    let decided_on = arguments
        .decided_on
        .as_deref()
        .map(|text| {
            Date::parse(text, format_description!("[year]-[month]-[day]"))
                .context("--decided-on is no date like 2026-11-30")
        })
        .transpose()?;
    with_data(async |app, _| {
        let acting = acting_as(app, &arguments.as_name).await?;
        let new = NewDecision {
            kind,
            params,
            text: arguments.text.clone(),
            minutes_url: arguments.minutes.clone(),
            decided_on: decided_on.unwrap_or_else(|| app.clock.now().date()),
        };
        show(&decisions::record(app, &acting, new).await?, arguments.json);
        Ok(())
    })
}

pub(super) fn confirm(arguments: &Confirm) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let acting = acting_as(app, &arguments.as_name).await?;
        let id = DecisionId::new(arguments.id);
        let seen = match &arguments.digest {
            Some(text) => digest(text)?,
            None => decisions::decision(app, &acting, id).await?.decision.digest,
        };
        show(
            &decisions::confirm(app, &acting, id, seen).await?,
            arguments.json,
        );
        Ok(())
    })
}

pub(super) fn withdraw(arguments: &Withdraw) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let acting = acting_as(app, &arguments.as_name).await?;
        let id = DecisionId::new(arguments.id);
        show(
            &decisions::withdraw(app, &acting, id).await?,
            arguments.json,
        );
        Ok(())
    })
}

fn show(view: &DecisionView, json: bool) {
    if json {
        println!("{}", as_json(view));
        return;
    }
    println!("{}", as_text(view));
    for warning in &view.warnings {
        eprintln!("warning: {warning}");
    }
}

/// Parameters from a JSON object and from pairs, which are texts.
fn params(json: Option<&str>, pairs: &[String]) -> anyhow::Result<Value> {
    let mut map: Map<String, Value> = match json {
        Some(text) => serde_json::from_str(text).context("--params is no JSON object")?,
        None => Map::new(),
    };
    for pair in pairs {
        let Some((name, value)) = pair.split_once('=') else {
            bail!("--param {pair} is not NAME=VALUE");
        };
        map.insert(name.to_owned(), Value::String(value.to_owned()));
    }
    Ok(Value::Object(map))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parameters_come_as_json_and_as_pairs() {
        let read = params(Some(r#"{"seat_no": 2}"#), &["account_id=7".to_owned()]).unwrap();

        assert_eq!(read, json!({"seat_no": 2, "account_id": "7"}));
        assert!(params(None, &["nonsense".to_owned()]).is_err());
        assert!(params(Some("[]"), &[]).is_err());
    }
}
