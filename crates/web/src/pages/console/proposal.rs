//! The review screen: what would happen exactly, why, and what everybody has answered.
//!
//! The effects are computed by the executor for the proposal as it stands, and the form sends the digest of just that: if it
//! changes between display and vote, the vote is refused (S67).

use askama::Template;
use axum::{
    extract::{Path, Query, State as Extract},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use model::{
    StatusId,
    moderation::{Answer, ProposalId, Target, proposal::State as Progress},
};
use serde::Deserialize;
use service::moderation::{
    ProposalView, executor,
    readiness::{self, Readiness},
    view,
};

use super::{
    Part, Room, exposure, gate,
    outline::{self, Approvals},
    seen::{self, SeenPost},
    targets::{Names, TargetLine},
};
use crate::{
    State,
    pages::{Frame, PageError, Shown, cards::Moment, measures, spans},
    session::Browser,
};

/// Targets that are named and previewed one by one; a batch has up to 500.
const MOST_TARGETS: usize = 20;

#[derive(Template)]
#[template(path = "console/proposal.html")]
struct ProposalPage<'a> {
    frame: Frame,
    part: Part,
    form_token: String,
    done: &'a str,
    problem: &'a str,
    id: ProposalId,
    title: String,
    view: &'a ProposalView,
    approvals: Approvals,
    category: &'static str,
    state: &'static str,
    state_badge: &'static str,
    deadline: Option<String>,
    is_open: bool,
    is_draft: bool,
    is_irreversible: bool,
    is_moderator: bool,
    explained: &'static str,
    params: Vec<String>,
    targets: Vec<TargetLine>,
    more_targets: usize,
    preview: Vec<String>,
    rules: Vec<String>,
    posts: Posts,
    seats: Vec<SeatLine>,
    by_board: Vec<(String, &'static str)>,
    comments: Vec<CommentLine>,
    facts: Vec<(&'static str, String)>,
    digest: String,
    short_digest: String,
    salt: String,
    own: OwnPart,
    typed: &'a str,
}

/// The posts that are cited, if they were asked for.
pub(super) struct Posts {
    pub(super) count: usize,
    pub(super) shown: Vec<SeenPost>,
    pub(super) are_shown: bool,
    pub(super) warning: Option<&'static str>,
    pub(super) today: u32,
    pub(super) is_much: bool,
}

struct SeatLine {
    no: i16,
    name: String,
    answer: &'static str,
    badge: &'static str,
    comment: String,
    method: &'static str,
    at: Option<Moment>,
}

struct CommentLine {
    name: String,
    at: Moment,
    age: String,
    text: String,
}

/// What the one who looks can do.
#[derive(Default)]
struct OwnPart {
    may_vote: bool,
    answer: Option<Answer>,
    answer_words: &'static str,
    is_proposer: bool,
    may_stop: bool,
    may_withdraw: bool,
    may_recuse: bool,
    may_comment: bool,
    is_recused: bool,
    needs_proof: bool,
    board_may_help: bool,
}

/// What came along in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Came {
    posts: String,
    done: String,
}

/// What a page says besides the proposal.
#[derive(Clone, Copy, Default)]
pub(super) struct Said<'a> {
    pub(super) done: &'a str,
    pub(super) problem: &'a str,
    /// A comment that was typed and not taken.
    pub(super) typed: &'a str,
}

/// `GET /console/proposals/{id}`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Path(id): Path<String>,
    Query(came): Query<Came>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::officer(&state, &browser, &path(id)).await?;
    let view = view::proposal(&state.app, &room.acting, id).await?;
    // A draft is seen by its author only.
    if is_draft(&view) && view.proposal.proposer != Some(room.acting.officer.person.id) {
        return Err(PageError::NotFound);
    }
    let said = Said {
        done: done(&came.done),
        ..Said::default()
    };
    let wanted = (came.posts == "shown").then_some(&headers);
    Ok(page(&room, &view, said, wanted).await?.into_response())
}

/// The page of a proposal.
pub(super) fn path(id: ProposalId) -> String {
    format!("/console/proposals/{id}")
}

/// The page with a refusal on it: what stands there is what is so now.
pub(super) async fn refused(
    room: &Room<'_>,
    id: ProposalId,
    error: service::Error,
    typed: &str,
) -> Result<Response, PageError> {
    let status = match &error {
        service::Error::Conflict(_) => StatusCode::CONFLICT,
        service::Error::Forbidden(_) => StatusCode::FORBIDDEN,
        service::Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => return Err(error.into()),
    };
    let view = view::proposal(&room.state.app, &room.acting, id).await?;
    let problem = error.to_string();
    let said = Said {
        problem: &problem,
        typed,
        ..Said::default()
    };
    let shown = page(room, &view, said, None).await?;
    Ok(shown.status(status).into_response())
}

fn is_draft(view: &ProposalView) -> bool {
    view.proposal.state == Progress::Draft
}

/// What was done, as the next page tells it; a word in the address, so that nobody can write the sentence.
fn done(word: &str) -> &'static str {
    match word {
        "opened" => "The proposal is open. The others are told.",
        "taken" => {
            "The measure is in force. It has to be ratified, or it is rolled back by itself."
        }
        "approve" => "Your approval is counted.",
        "object" => "Your objection is counted.",
        "abstain" => "Your abstention is counted.",
        "comment" => "Your comment is there.",
        "stopped" => {
            "The proposal is stopped and open again, under a new revision: everybody votes anew."
        }
        "withdrawn" => "The proposal is withdrawn.",
        "amended" => "The proposal is amended: everybody votes anew.",
        _ => "",
    }
}

async fn page(
    room: &Room<'_>,
    view: &ProposalView,
    said: Said<'_>,
    shows_posts: Option<&HeaderMap>,
) -> Result<Shown, PageError> {
    let (state, proposal) = (room.state, &view.proposal);
    let now = state.app.clock.now();
    let named = &proposal.targets[..proposal.targets.len().min(MOST_TARGETS)];
    let names = Names::of(state, named).await?;
    let (posts, cookie) = posts(room, view, shows_posts).await?;
    let own = own(room, view).await?;
    let digest = hex::encode(proposal.digest);
    let title = format!(
        "{} {}",
        measures::kind(proposal.kind),
        names.together(state, &proposal.targets)
    );
    let page = ProposalPage {
        frame: Frame::new(state, room.browser),
        part: Part::Elsewhere,
        form_token: room.form_token(),
        done: said.done,
        problem: said.problem,
        typed: said.typed,
        id: proposal.id,
        title: title.trim().to_owned(),
        view,
        approvals: Approvals::new(view.approvals, view.needed),
        category: measures::category(proposal.category),
        state: measures::state(proposal.state),
        state_badge: measures::state_badge(proposal.state),
        deadline: outline::deadline(view, now),
        is_open: proposal.state.is_open(),
        is_draft: is_draft(view),
        is_irreversible: proposal.kind.is_irreversible(),
        is_moderator: room.acting.officer.seat.is_some(),
        explained: measures::explained(proposal.kind),
        params: measures::params(&proposal.params),
        targets: named
            .iter()
            .map(|target| names.line(state, target))
            .collect(),
        more_targets: proposal.targets.len() - named.len(),
        preview: preview(room, view, named).await?,
        rules: rules(state, &proposal.rule_ids).await?,
        posts,
        seats: seats(view),
        by_board: view
            .by_board
            .iter()
            .map(|(person, vote)| (person.name.clone(), measures::answer(vote.answer)))
            .collect(),
        comments: view
            .comments
            .iter()
            .map(|comment| CommentLine {
                name: comment
                    .person
                    .as_ref()
                    .map_or_else(|| "This server".to_owned(), |person| person.name.clone()),
                at: Moment::new(comment.at),
                age: spans::ago(now, comment.at),
                text: comment.text.clone(),
            })
            .collect(),
        facts: facts(view),
        short_digest: digest.chars().take(16).collect(),
        digest,
        salt: hex::encode(&proposal.salt),
        own,
    };
    Ok(room.shown(&page).cookie(cookie))
}

/// The exact effects, while there are any to come.
async fn preview(
    room: &Room<'_>,
    view: &ProposalView,
    targets: &[Target],
) -> Result<Vec<String>, PageError> {
    let proposal = &view.proposal;
    if !proposal.state.is_pending() || proposal.emergency {
        return Ok(Vec::new());
    }
    let mut sentences: Vec<String> = Vec::new();
    for target in targets {
        let told =
            executor::preview(&room.state.app, proposal.kind, &proposal.params, target).await?;
        for one in told {
            if !sentences.contains(&one) {
                sentences.push(one);
            }
        }
    }
    Ok(sentences)
}

async fn posts(
    room: &Room<'_>,
    view: &ProposalView,
    shows_posts: Option<&HeaderMap>,
) -> Result<(Posts, Option<http::HeaderValue>), PageError> {
    let cited = cited(view);
    let warning = measures::content_warning(view.proposal.category);
    let Some(headers) = shows_posts else {
        let posts = Posts::hidden(cited.len(), warning);
        return Ok((posts, None));
    };
    let shown = seen::posts(room, view.proposal.case_id, &cited, &view.edited_since).await?;
    let (today, cookie) = exposure::count(room.state, headers, shown.len());
    Ok((Posts::shown(cited.len(), shown, today), cookie))
}

impl Posts {
    pub(super) fn hidden(count: usize, warning: Option<&'static str>) -> Self {
        Self {
            count,
            shown: Vec::new(),
            are_shown: false,
            warning,
            today: 0,
            is_much: false,
        }
    }

    pub(super) fn shown(count: usize, shown: Vec<SeenPost>, today: u32) -> Self {
        Self {
            count,
            shown,
            are_shown: true,
            warning: None,
            today,
            is_much: today >= exposure::MANY,
        }
    }
}

/// Posts that the proposal is about, or cites.
fn cited(view: &ProposalView) -> Vec<StatusId> {
    let targets = view
        .proposal
        .targets
        .iter()
        .filter_map(|target| match target {
            Target::Status(id) => Some(*id),
            _ => None,
        });
    let mut cited: Vec<StatusId> = targets
        .chain(view.proposal.status_ids.iter().copied())
        .collect();
    cited.sort_unstable();
    cited.dedup();
    cited.truncate(seen::MOST);
    cited
}

fn seats(view: &ProposalView) -> Vec<SeatLine> {
    let line = |seat: &view::SeatView| {
        let vote = seat.vote.as_ref();
        let (answer, badge) = match vote {
            _ if seat.is_recused => ("stands aside", "off"),
            Some(vote) if seat.is_eligible => (
                measures::answer(vote.answer),
                measures::answer_badge(vote.answer),
            ),
            Some(_) => ("does not count", "off"),
            None if !seat.is_eligible => (seat_state(seat), "off"),
            None => ("no answer yet", ""),
        };
        SeatLine {
            no: seat.seat.no,
            name: seat.seat.holder.name.clone(),
            answer,
            badge,
            comment: vote.map_or_else(String::new, |vote| vote.comment.clone()),
            method: vote.map_or("", |vote| measures::method(vote.method)),
            at: vote.map(|vote| Moment::new(vote.at)),
        }
    };
    view.seats.iter().map(line).collect()
}

fn seat_state(seat: &view::SeatView) -> &'static str {
    use model::moderation::seat::SeatState;

    match seat.seat.state {
        SeatState::OnLeave => "on leave",
        SeatState::Inactive | SeatState::NoSecondFactor => "blocked",
        SeatState::Active => "cannot vote here",
    }
}

async fn own(room: &Room<'_>, view: &ProposalView) -> Result<OwnPart, PageError> {
    let own = &view.own;
    let is_recused = view
        .seats
        .iter()
        .any(|seat| Some(seat.seat.no) == own.seat && seat.is_recused);
    let is_open = view.proposal.state.is_open();
    let is_moderator = own.seat.is_some();
    let needs_proof =
        readiness::readiness(&room.state.app, &room.acting).await? != Readiness::Ready;
    Ok(OwnPart {
        may_vote: own.may_vote,
        answer: own.answer,
        answer_words: own.answer.map_or("", measures::answer),
        is_proposer: own.is_proposer,
        may_stop: own.may_stop,
        may_withdraw: own.is_proposer && !view.proposal.emergency,
        may_recuse: own.may_vote && !own.is_proposer,
        may_comment: is_moderator && !is_recused,
        is_recused,
        needs_proof,
        board_may_help: view.is_blocked && is_open && room.acting.officer.on_board,
    })
}

fn facts(view: &ProposalView) -> Vec<(&'static str, String)> {
    let proposal = &view.proposal;
    let proposer = view.proposer.as_ref();
    let mut facts = vec![
        (
            "Proposed",
            format!(
                "{} by {}, {}",
                Moment::new(proposal.opened_at).words,
                proposer.map_or("nobody in office", |person| person.name.as_str()),
                measures::origin(proposal.origin)
            ),
        ),
        ("Revision", proposal.revision.to_string()),
        ("Kind", proposal.kind.as_str().to_owned()),
    ];
    let mut moment = |name, at: Option<time::OffsetDateTime>| {
        if let Some(at) = at {
            facts.push((name, Moment::new(at).words));
        }
    };
    if proposal.state.is_open() && !proposal.emergency {
        moment("Expires", Some(proposal.expires_at));
    }
    moment(
        "Ratified by",
        proposal.ratify_by.filter(|_| proposal.state.is_open()),
    );
    moment("Decided", proposal.decided_at);
    let waits = proposal
        .execute_at
        .filter(|_| proposal.executed_at.is_none());
    match proposal.state {
        Progress::RolledBack => moment("In quarantine until", waits),
        _ => moment("Cooling off until", waits),
    }
    moment("Done", proposal.executed_at);
    if let Some(version) = proposal.guideline_version {
        facts.push(("Guidelines", format!("version {version}")));
    }
    facts
}

/// Rules by their numbers, as they read now.
pub(super) async fn rules(state: &State, ids: &[i32]) -> Result<Vec<String>, PageError> {
    let all = super::form::rules(state).await?;
    let text = |id: &i32| all.iter().find(|(number, _)| number == id);
    Ok(ids
        .iter()
        .map(|id| match text(id) {
            Some((number, text)) => format!("{number}. {text}"),
            None => format!("{id}. (not in force any more)"),
        })
        .collect())
}
