//! The public log, newest first.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Response},
};
use model::moderation::{Kind, report::Category};
use serde::Deserialize;
use service::moderation::log::{self, Filter};

use super::told::{self, Told};
use crate::{
    State,
    pages::{Frame, PageError, Shown, measures},
    session::Browser,
};

/// Entries on a page.
const MOST: usize = 30;

#[derive(Template)]
#[template(path = "moderation/list.html")]
struct List {
    frame: Frame,
    entries: Vec<Told>,
    kinds: Vec<Choice>,
    actions: Vec<Choice>,
    categories: Vec<Choice>,
    wanted: Wanted,
    count: i64,
    base: String,
    older: Option<String>,
}

/// Something to choose by.
struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
}

impl Choice {
    fn new(value: &str, label: impl Into<String>, chosen: &str) -> Self {
        Self {
            value: value.to_owned(),
            label: label.into(),
            is_chosen: value == chosen,
        }
    }
}

/// Which entries.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "type")]
    kind: String,
    action: String,
    category: String,
    domain: String,
    /// A pseudonym or handle as the log has it.
    account: String,
    all: String,
    before: String,
}

impl Wanted {
    /// What is filtered by.
    pub(super) fn filter(&self) -> Filter {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Filter {
            kind: given(&self.kind),
            action: given(&self.action),
            category: given(&self.category),
            domain: given(&self.domain).map(|domain| domain.to_lowercase()),
            pseudonym: given(&self.account),
            internal: self.shows_housekeeping() || self.kind == "internal",
        }
    }

    fn shows_housekeeping(&self) -> bool {
        !self.all.is_empty()
    }

    /// The same, further back.
    fn before(&self, seq: u64) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("type", &self.kind),
            ("action", &self.action),
            ("category", &self.category),
            ("domain", &self.domain),
            ("account", &self.account),
            ("all", &self.all),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.append_pair("before", &seq.to_string());
        format!("/moderation?{}", query.finish())
    }

    fn is_narrowed(&self) -> bool {
        self.filter() != Filter::default()
    }
}

/// `GET /moderation`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    if wanted.has_nul() {
        return Err(PageError::Malformed);
    }
    let before = wanted.before.parse().ok();
    let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
    let entries = log::newest(&state.app, &wanted.filter(), before, limit).await?;
    let facets = log::facets(&state.app).await?;
    let older = entries
        .last()
        .filter(|last| entries.len() == MOST && last.seq > 1)
        .map(|last| wanted.before(last.seq));
    let page = List {
        frame: Frame::new(&state, &browser),
        entries: entries.iter().map(Told::of).collect(),
        kinds: facets
            .kinds
            .iter()
            .map(|kind| Choice::new(kind, told::kind(kind).0, &wanted.kind))
            .collect(),
        actions: facets
            .actions
            .iter()
            .map(|action| {
                let label = match Kind::from_word(action) {
                    Some(kind) => format!("{} ({action})", measures::kind(kind)),
                    None => action.clone(),
                };
                Choice::new(action, label, &wanted.action)
            })
            .collect(),
        categories: Category::ALL
            .into_iter()
            .map(|one| Choice::new(one.as_str(), measures::category(one), &wanted.category))
            .collect(),
        count: log::count(&state.app).await?,
        base: state.app.urls.base().to_owned(),
        older,
        wanted,
    };
    Ok(Shown::new(&state, &browser, &page).into_response())
}

impl Wanted {
    /// The database knows no such text.
    fn has_nul(&self) -> bool {
        [
            &self.kind,
            &self.action,
            &self.category,
            &self.domain,
            &self.account,
        ]
        .iter()
        .any(|text| text.contains('\0'))
    }
}
