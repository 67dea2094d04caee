//! Writing a proposal down, and amending one.

use askama::Template;
use axum::{
    extract::{Path, Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use model::moderation::{Kind, ProposalId};
use service::moderation::{amend, propose, view};

use super::{
    Part, Room,
    form::{self, FormPart, Read},
    gate, proposal,
};
use crate::{
    State,
    pages::{Frame, PageError, fields::Fields, measures},
    session::{Browser, Form},
};

const PAGE: &str = "/console/propose";

#[derive(Template)]
#[template(path = "console/kinds.html")]
pub(super) struct KindsPage {
    pub(super) frame: Frame,
    pub(super) part: Part,
    pub(super) heading: &'static str,
    pub(super) lead: &'static str,
    pub(super) page: &'static str,
    /// What is known already, as the rest of an address.
    pub(super) about: String,
    pub(super) groups: Vec<(&'static str, Vec<KindLine>)>,
}

pub(super) struct KindLine {
    pub(super) word: &'static str,
    pub(super) title: &'static str,
    pub(super) explained: &'static str,
    pub(super) lacks: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "console/measure.html")]
pub(super) struct MeasurePage<'a> {
    pub(super) frame: Frame,
    pub(super) part: Part,
    pub(super) form_token: String,
    pub(super) heading: &'a str,
    pub(super) lead: &'a str,
    pub(super) action: &'a str,
    pub(super) button: &'a str,
    pub(super) is_emergency: bool,
    pub(super) is_amendment: bool,
    pub(super) needs_proof: bool,
    pub(super) problems: Vec<String>,
    pub(super) doubts: Vec<&'static str>,
    pub(super) form: FormPart,
}

/// `GET /console/propose`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(filled): Query<Fields>,
) -> Result<Response, PageError> {
    let room = gate::moderator(&state, &browser, PAGE).await?;
    let Some(kind) = Kind::from_word(filled.get("kind")).filter(|kind| kind.lacks().is_none())
    else {
        let page = KindsPage {
            frame: Frame::new(&state, &browser),
            part: Part::Propose,
            heading: "Propose a measure",
            lead: "It takes effect when enough of you have approved it.",
            page: PAGE,
            about: about(&filled),
            groups: groups(&filled, |_| true),
        };
        return Ok(room.shown(&page).into_response());
    };
    let filled = form::opened_from(kind, filled);
    Ok(blank(&room, kind, filled, Said::default())
        .await?
        .into_response())
}

/// `POST /console/propose`
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let room = gate::moderator(&state, &browser, PAGE).await?;
    let kind = Kind::from_word(fields.get("kind")).ok_or(PageError::Malformed)?;
    let said = match form::read(&state, kind, &fields).await? {
        Read::Problems(problems) => Said::problems(problems),
        Read::Doubts(doubts) => Said::doubts(doubts),
        Read::Measure(new) => {
            if let Some(asked) = room.proof_first(PAGE, &fields).await? {
                return Ok(asked);
            }
            match propose::propose(&state.app, &room.acting, *new).await {
                Ok(view) => return Ok(opened(view.proposal.id, "opened")),
                Err(error) => Said::problems(form::sentences(&error).ok_or(error)?),
            }
        }
    };
    Ok(blank(&room, kind, fields, said).await?.into_response())
}

/// `GET /console/proposals/{id}/amend`
pub(in crate::pages) async fn amend(
    Extract(state): Extract<State>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id: ProposalId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::moderator(&state, &browser, &proposal::path(id)).await?;
    let view = view::proposal(&state.app, &room.acting, id).await?;
    let filled = form::of(&state, &view).await?;
    Ok(amending(&room, &view.proposal, filled, Said::default())
        .await?
        .into_response())
}

/// `POST /console/proposals/{id}/amend`
pub(in crate::pages) async fn submit_amendment(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let id: ProposalId = id.parse().map_err(|_| PageError::NotFound)?;
    let here = format!("{}/amend", proposal::path(id));
    let room = gate::moderator(&state, &browser, &proposal::path(id)).await?;
    let view = view::proposal(&state.app, &room.acting, id).await?;
    let said = match form::read(&state, view.proposal.kind, &fields).await? {
        Read::Problems(problems) => Said::problems(problems),
        Read::Doubts(doubts) => Said::doubts(doubts),
        Read::Measure(new) => {
            if let Some(asked) = room.proof_first(&here, &fields).await? {
                return Ok(asked);
            }
            match amend::amend(&state.app, &room.acting, id, *new).await {
                Ok(view) => return Ok(opened(view.proposal.id, "amended")),
                Err(error) => Said::problems(form::sentences(&error).ok_or(error)?),
            }
        }
    };
    Ok(amending(&room, &view.proposal, fields, said)
        .await?
        .into_response())
}

/// On to the page of a proposal.
pub(super) fn opened(id: ProposalId, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", proposal::path(id))).into_response()
}

/// What a form says back.
#[derive(Default)]
pub(super) struct Said {
    pub(super) problems: Vec<String>,
    pub(super) doubts: Vec<&'static str>,
}

impl Said {
    pub(super) fn problems(problems: Vec<String>) -> Self {
        Self {
            problems,
            doubts: Vec::new(),
        }
    }

    pub(super) fn doubts(doubts: Vec<&'static str>) -> Self {
        Self {
            problems: Vec::new(),
            doubts,
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        if self.problems.is_empty() && self.doubts.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
}

async fn blank(
    room: &Room<'_>,
    kind: Kind,
    filled: Fields,
    said: Said,
) -> Result<crate::pages::Shown, PageError> {
    let status = said.status();
    let page = MeasurePage {
        frame: Frame::new(room.state, room.browser),
        part: Part::Propose,
        form_token: room.form_token(),
        heading: "Propose a measure",
        lead: "",
        action: PAGE,
        button: "Open the proposal",
        is_emergency: false,
        is_amendment: false,
        needs_proof: room.needs_proof().await?,
        problems: said.problems,
        doubts: said.doubts,
        form: FormPart::new(room.state, kind, filled, false).await?,
    };
    Ok(room.shown(&page).status(status))
}

async fn amending(
    room: &Room<'_>,
    proposal: &model::moderation::Proposal,
    filled: Fields,
    said: Said,
) -> Result<crate::pages::Shown, PageError> {
    let status = said.status();
    let action = format!("{}/amend", proposal::path(proposal.id));
    let page = MeasurePage {
        frame: Frame::new(room.state, room.browser),
        part: Part::Elsewhere,
        form_token: room.form_token(),
        heading: "Amend the proposal",
        lead: "Everybody votes anew after that: earlier answers were given to something else.",
        action: &action,
        button: "Amend it",
        is_emergency: false,
        is_amendment: true,
        needs_proof: room.needs_proof().await?,
        problems: said.problems,
        doubts: said.doubts,
        form: FormPart::new(room.state, proposal.kind, filled, proposal.emergency).await?,
    };
    Ok(room.shown(&page).status(status))
}

/// Kinds by heading; only those about a type, if one is known.
pub(super) fn groups(
    filled: &Fields,
    is_offered: impl Fn(Kind) -> bool,
) -> Vec<(&'static str, Vec<KindLine>)> {
    let wanted = filled.get("about");
    let of_group = |types: &[&str]| -> Vec<KindLine> {
        Kind::all()
            .filter(|kind| types.contains(&kind.target_type()))
            .filter(|kind| {
                wanted.is_empty() || wanted.split(' ').any(|one| one == kind.target_type())
            })
            .filter(|kind| is_offered(*kind))
            .map(|kind| KindLine {
                word: kind.as_str(),
                title: measures::kind(kind),
                explained: measures::explained(kind),
                lacks: kind.lacks(),
            })
            .collect()
    };
    measures::GROUPS
        .iter()
        .map(|(heading, types)| (*heading, of_group(types)))
        .filter(|(_, kinds)| !kinds.is_empty())
        .collect()
}

/// What is known already, to be carried in links.
pub(super) fn about(filled: &Fields) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in filled.iter().filter(|(name, _)| *name != "kind") {
        query.append_pair(name, value);
    }
    query.finish()
}
