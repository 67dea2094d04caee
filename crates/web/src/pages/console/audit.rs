//! The internal log: the same entries as the public one, with the housekeeping between them, and what is not shown of them.
//!
//! Looking at the private part of an entry is an access to private data: it takes a reason and is written down.

use askama::Template;
use axum::{
    extract::{Path, Query, State as Extract},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use service::moderation::log::{self, Filter};

use super::{Part, Room, gate};
use crate::{
    State,
    pages::{Frame, PageError, Shown, fields::Fields},
    session::{Browser, Form},
};

const PAGE: &str = "/console/audit";
/// Entries on a page.
const MOST: u16 = 50;

#[derive(Template)]
#[template(path = "console/audit.html")]
struct AuditPage {
    frame: Frame,
    part: Part,
    entries: Vec<EntryLine>,
    kinds: Vec<String>,
    kind: String,
    older: Option<String>,
    count: i64,
}

struct EntryLine {
    seq: u64,
    at: String,
    kind: String,
    is_internal: bool,
    action: String,
    reason: String,
}

/// Which ones.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Wanted {
    kind: String,
    before: String,
}

/// `GET /console/audit`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let room = gate::officer(&state, &browser, PAGE).await?;
    let filter = Filter {
        kind: Some(wanted.kind.clone()).filter(|kind| !kind.is_empty()),
        internal: true,
        ..Filter::default()
    };
    let before = wanted.before.parse().ok();
    let entries = log::newest(&state.app, &filter, before, MOST.into()).await?;
    let facets = log::facets(&state.app).await?;
    let older = (entries.len() >= usize::from(MOST))
        .then(|| entries.last().map(|last| last.seq))
        .flatten();
    let page = AuditPage {
        frame: Frame::new(&state, &browser),
        part: Part::Audit,
        entries: entries
            .iter()
            .map(|entry| {
                let word = |name: &str| {
                    let found = entry.public.get(name).and_then(Value::as_str);
                    found.unwrap_or_default().to_owned()
                };
                EntryLine {
                    seq: entry.seq,
                    at: entry.at.to_string().replace('T', " "),
                    is_internal: entry.kind == "internal",
                    kind: entry.kind.clone(),
                    action: word("action"),
                    reason: word("reason"),
                }
            })
            .collect(),
        kinds: facets.kinds,
        older: older.map(|seq| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("kind", &wanted.kind);
            query.append_pair("before", &seq.to_string());
            format!("?{}", query.finish())
        }),
        kind: wanted.kind,
        count: log::count(&state.app).await?,
    };
    Ok(room.shown(&page).into_response())
}

#[derive(Template)]
#[template(path = "console/audit_entry.html")]
struct EntryPage<'a> {
    frame: Frame,
    part: Part,
    form_token: String,
    problem: &'a str,
    seq: u64,
    at: String,
    kind: String,
    public: Vec<(String, String)>,
    withheld: Vec<String>,
    private: Option<Vec<(String, String)>>,
    leaf: String,
}

/// `GET /console/audit/{seq}`
pub(in crate::pages) async fn entry(
    Extract(state): Extract<State>,
    browser: Browser,
    Path(seq): Path<i64>,
) -> Result<Response, PageError> {
    let room = gate::officer(&state, &browser, PAGE).await?;
    Ok(page(&room, seq, None, "").await?.into_response())
}

/// `POST /console/audit/{seq}`
pub(in crate::pages) async fn look(
    Extract(state): Extract<State>,
    Path(seq): Path<i64>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let room = gate::officer(&state, &browser, PAGE).await?;
    match log::private_of(&state.app, &room.acting, seq, fields.get("reason")).await {
        Ok(private) => {
            let private = private
                .iter()
                .map(|(name, value)| (name.clone(), printed(value)))
                .collect();
            Ok(page(&room, seq, Some(private), "").await?.into_response())
        }
        Err(error @ service::Error::Invalid(_)) => {
            let shown = page(&room, seq, None, &error.to_string()).await?;
            Ok(shown
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    room: &Room<'_>,
    seq: i64,
    private: Option<Vec<(String, String)>>,
    problem: &str,
) -> Result<Shown, PageError> {
    let entry = log::entry(&room.state.app, seq).await?;
    let page = EntryPage {
        frame: Frame::new(room.state, room.browser),
        part: Part::Audit,
        form_token: room.form_token(),
        problem,
        seq: entry.seq,
        at: entry.at.to_string().replace('T', " "),
        kind: entry.kind.clone(),
        public: entry
            .public
            .values
            .iter()
            .map(|(name, value)| (name.clone(), printed(value)))
            .collect(),
        withheld: entry.public.withheld().map(str::to_owned).collect(),
        private,
        leaf: entry.leaf.to_string(),
    };
    Ok(room.shown(&page))
}

/// A value as people read it: words as they are, the rest as JSON.
fn printed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}
