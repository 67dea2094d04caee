//! The settings of governance: what they are, and recording that the board has changed some.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use model::moderation::{Governance, board::DecisionKind, governance::LocalTargets};
use serde_json::{Map, Value, json};
use service::moderation::board;

use super::record::{Outcome, record, today};
use crate::{
    State,
    pages::{
        Frame, PageError, Shown,
        console::{Part, Room, board_member},
        fields::Fields,
    },
    session::{Browser, Form},
};

const PAGE: &str = "/board/settings";
const HOUR: u32 = 60 * 60;
const DAY: u32 = 24 * HOUR;

#[derive(Template)]
#[template(path = "board/settings.html")]
struct SettingsPage<'a> {
    frame: Frame,
    part: Part,
    form_token: String,
    problems: Vec<String>,
    needs_proof: bool,
    today: String,
    settings: Vec<Setting>,
    decided: bool,
    filled: &'a Fields,
}

/// One setting as a form shows it.
struct Setting {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    unit: &'static str,
    is_flag: bool,
    is_choice: bool,
    now: String,
    value: String,
}

/// A number in a unit, a flag, or how members stand in the log.
enum Shape {
    Number(u32, &'static str),
    Flag,
    Targets,
}

const SETTINGS: [(&str, &str, &str, Shape); 15] = [
    (
        "seats",
        "Moderators' seats",
        "At least 3.",
        Shape::Number(1, "seats"),
    ),
    (
        "threshold",
        "Approvals that every measure needs",
        "At least 2, at most the number of seats.",
        Shape::Number(1, "approvals"),
    ),
    (
        "proposer_counts",
        "Proposing counts as the proposer's approval",
        "",
        Shape::Flag,
    ),
    (
        "resolve_requires_quorum",
        "Closing a report without action takes as many",
        "",
        Shape::Flag,
    ),
    (
        "proposal_ttl",
        "A proposal that nobody decides expires after",
        "",
        Shape::Number(HOUR, "hours"),
    ),
    (
        "ratify_hours",
        "An emergency measure is ratified within",
        "1 to 72 hours; else it is rolled back.",
        Shape::Number(1, "hours"),
    ),
    (
        "cooling_off",
        "What cannot be undone waits for",
        "",
        Shape::Number(HOUR, "hours"),
    ),
    (
        "local_targets",
        "Members in the public log",
        "",
        Shape::Targets,
    ),
    (
        "appeal_window",
        "A decision can be appealed for",
        "",
        Shape::Number(DAY, "days"),
    ),
    (
        "appeal_stage1",
        "Moderators decide an appeal within",
        "Then it goes on to the board.",
        Shape::Number(DAY, "days"),
    ),
    (
        "appeal_stage2",
        "The board decides an appeal within",
        "",
        Shape::Number(DAY, "days"),
    ),
    (
        "board_confirmations",
        "Confirmations that a decision of the board needs",
        "Besides the one who records it; at least 1.",
        Shape::Number(1, "members"),
    ),
    (
        "step_up",
        "A proof before voting lasts for",
        "",
        Shape::Number(60, "minutes"),
    ),
    (
        "api_vote_token_age",
        "An app may vote for so long after it was authorised",
        "0 forbids it.",
        Shape::Number(DAY, "days"),
    ),
    (
        "evidence_days",
        "Private reasons and evidence are kept for",
        "After the last appeal's term.",
        Shape::Number(1, "days"),
    ),
];

/// `GET /board/settings`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let room = board_member(&state, &browser, PAGE).await?;
    let filled = Fields::default();
    Ok(page(&room, &filled, Vec::new()).await?.into_response())
}

/// `POST /board/settings`
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let room = board_member(&state, &browser, PAGE).await?;
    let current = board::current_governance(&state.app).await?;
    let problems = match changes(&current, &fields) {
        Ok(changes) if changes.is_empty() => vec!["Nothing is changed.".to_owned()],
        Ok(changes) => {
            let params = json!({ "changes": changes });
            match record(&room, PAGE, DecisionKind::ChangeGovernance, params, &fields).await? {
                Outcome::Answered(answer) => return Ok(answer),
                Outcome::Refused(problems) => problems,
            }
        }
        Err(problem) => vec![problem],
    };
    let shown = page(&room, &fields, problems).await?;
    Ok(shown
        .status(StatusCode::UNPROCESSABLE_ENTITY)
        .into_response())
}

/// What differs from what is in force. The error is a sentence.
fn changes(current: &Governance, fields: &Fields) -> Result<Map<String, Value>, String> {
    let now = values(current);
    let mut changes = Map::new();
    for (name, label, _, shape) in &SETTINGS {
        if !fields.is_there(name) && !matches!(shape, Shape::Flag) {
            continue;
        }
        let value = match shape {
            Shape::Flag => json!(fields.has(name)),
            Shape::Targets => json!(fields.get(name)),
            Shape::Number(unit, _) => {
                let number: Option<u32> = fields.get(name).parse().ok();
                let number = number.and_then(|number| number.checked_mul(*unit));
                json!(number.ok_or_else(|| format!("{label}: this is no number."))?)
            }
        };
        if now.get(*name) != Some(&value) {
            changes.insert((*name).to_owned(), value);
        }
    }
    Ok(changes)
}

fn values(governance: &Governance) -> Map<String, Value> {
    match serde_json::to_value(governance) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

async fn page(room: &Room<'_>, filled: &Fields, problems: Vec<String>) -> Result<Shown, PageError> {
    let current = board::current_governance(&room.state.app).await?;
    let decided = board::origins(&room.state.app).await?;
    let values = values(&current);
    let settings = SETTINGS.iter().map(|(name, label, hint, shape)| {
        let value = values.get(*name).cloned().unwrap_or_default();
        let (now, shown) = match shape {
            Shape::Flag => {
                let words = if value == json!(true) { "yes" } else { "no" };
                (words.to_owned(), words.to_owned())
            }
            Shape::Targets => {
                let words = match current.local_targets {
                    LocalTargets::Pseudonym => "pseudonym",
                    LocalTargets::Handle => "handle",
                };
                (words.to_owned(), words.to_owned())
            }
            Shape::Number(unit, words) => {
                let number = value.as_u64().unwrap_or(0) / u64::from(*unit);
                (format!("{number} {words}"), number.to_string())
            }
        };
        let is_flag = matches!(shape, Shape::Flag);
        let typed = filled.is_there("form_token");
        Setting {
            name,
            label,
            hint,
            unit: match shape {
                Shape::Number(_, words) => words,
                Shape::Flag | Shape::Targets => "",
            },
            is_flag,
            is_choice: matches!(shape, Shape::Targets),
            value: match (typed, is_flag) {
                (true, true) if filled.has(name) => "yes".to_owned(),
                (true, true) => "no".to_owned(),
                (true, false) if filled.is_there(name) => filled.get(name).to_owned(),
                _ => shown,
            },
            now,
        }
    });
    let page = SettingsPage {
        frame: Frame::new(room.state, room.browser),
        part: Part::Settings,
        form_token: room.form_token(),
        problems,
        needs_proof: room.needs_proof().await?,
        today: today(room.state),
        settings: settings.collect(),
        decided: !decided.is_empty(),
        filled,
    };
    Ok(room.shown(&page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_changed() {
        let current = Governance::default();
        let fields = Fields::default()
            .with("threshold", "3")
            .with("seats", "3")
            .with("appeal_window", "20")
            .with("proposer_counts", "on")
            .with("resolve_requires_quorum", "on");

        let changes = changes(&current, &fields).unwrap();

        assert_eq!(Value::Object(changes), json!({"threshold": 3}));
    }

    #[test]
    fn every_setting_in_the_form_exists_and_goes_back_and_forth() {
        let current = Governance::default();
        let values = values(&current);

        for (name, _, _, shape) in &SETTINGS {
            let value = values.get(*name).unwrap();
            if let Shape::Number(unit, _) = shape {
                assert_eq!(value.as_u64().unwrap() % u64::from(*unit), 0, "{name}");
            }
        }
    }
}
