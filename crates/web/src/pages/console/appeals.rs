//! Appeals against decisions: answering them, and asking the member one question.

use askama::Template;
use axum::{
    extract::{Path, Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use model::moderation::{
    Target,
    appeal::{AppealAnswer, AppealId, Stage},
};
use serde::Deserialize;
use service::moderation::appeals::{self, AppealView};

use super::{Part, Room, gate, proposal, targets::Names};
use crate::{
    State,
    pages::{
        Frame, PageError, Shown,
        cards::{Moment, PersonCard},
        fields::Fields,
        measures, spans,
    },
    session::{Browser, Form},
};

const PAGE: &str = "/console/appeals";
/// Decided appeals on the page.
const MOST: u16 = 30;

#[derive(Template)]
#[template(path = "console/appeals.html")]
struct AppealsPage {
    frame: Frame,
    part: Part,
    open: Vec<AppealOutline>,
    decided: Vec<AppealOutline>,
}

/// An appeal in a few lines.
pub(in crate::pages) struct AppealOutline {
    pub(in crate::pages) id: AppealId,
    pub(in crate::pages) title: String,
    pub(in crate::pages) who: String,
    pub(in crate::pages) stage: &'static str,
    pub(in crate::pages) badge: &'static str,
    pub(in crate::pages) age: String,
    pub(in crate::pages) deadline: Option<String>,
    pub(in crate::pages) own: &'static str,
    pub(in crate::pages) is_with_board: bool,
}

impl AppealOutline {
    pub(in crate::pages) async fn all(
        state: &State,
        views: &[AppealView],
    ) -> Result<Vec<Self>, PageError> {
        let names = Names::of(state, &firsts(views)).await?;
        Ok(views
            .iter()
            .map(|view| Self::of(state, view, &names))
            .collect())
    }

    fn of(state: &State, view: &AppealView, names: &Names) -> Self {
        let now = state.app.clock.now();
        let appeal = &view.appeal;
        let (stage, badge) = stage_words(appeal.stage);
        let is_open = matches!(appeal.stage, Stage::Moderators | Stage::Board);
        Self {
            id: appeal.id,
            title: format!(
                "{} {}",
                measures::kind(view.proposal.kind),
                names.together(state, &view.proposal.targets)
            ),
            who: who(state, view),
            stage,
            badge,
            age: spans::ago(now, appeal.filed_at),
            deadline: appeal
                .due_at
                .filter(|_| is_open)
                .map(|due| match appeal.stage {
                    Stage::Board => format!("the board decides {}", spans::until(now, due)),
                    _ => format!("goes on to the board {}", spans::until(now, due)),
                }),
            own: match (view.own.answer, view.own.may_vote, view.own.may_decide) {
                (Some(AppealAnswer::Overturn), ..) => "you would overturn it",
                (Some(AppealAnswer::Uphold), ..) => "you would uphold it",
                (None, true, _) => "waits for your answer",
                (None, _, true) => "waits for the board",
                _ => "",
            },
            is_with_board: appeal.stage == Stage::Board,
        }
    }
}

fn firsts(views: &[AppealView]) -> Vec<Target> {
    let firsts = views
        .iter()
        .filter_map(|view| view.proposal.targets.first());
    firsts.cloned().collect()
}

fn who(state: &State, view: &AppealView) -> String {
    view.account.as_ref().map_or_else(
        || "Somebody who is gone".to_owned(),
        |account| PersonCard::new(state, account).handle,
    )
}

fn stage_words(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Moderators => ("with the moderators", "open"),
        Stage::Board => ("with the board", "warn"),
        Stage::Overturned => ("overturned", "done"),
        Stage::Upheld => ("upheld", "off"),
    }
}

/// `GET /console/appeals`
pub(in crate::pages) async fn list(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let room = gate::officer(&state, &browser, PAGE).await?;
    let open = appeals::queue(&state.app, &room.acting).await?;
    let decided = appeals::decided(&state.app, &room.acting, None, MOST).await?;
    let page = AppealsPage {
        frame: Frame::new(&state, &browser),
        part: Part::Appeals,
        open: AppealOutline::all(&state, &open).await?,
        decided: AppealOutline::all(&state, &decided).await?,
    };
    Ok(room.shown(&page).into_response())
}

#[derive(Template)]
#[template(path = "console/appeal.html")]
struct AppealPage<'a> {
    frame: Frame,
    part: Part,
    form_token: String,
    done: &'a str,
    problem: &'a str,
    typed: &'a Fields,
    id: AppealId,
    outline: AppealOutline,
    view: &'a AppealView,
    filed: Moment,
    proposal: String,
    log_seq: i64,
    rules: Vec<String>,
    approved_by: Vec<String>,
    votes: Vec<VoteLine>,
    needs_proof: bool,
    outsider_rule: bool,
}

struct VoteLine {
    name: String,
    seat: i16,
    answer: &'static str,
    badge: &'static str,
    comment: String,
    at: Moment,
}

/// What was done on the way here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Came {
    done: String,
}

fn path(id: AppealId) -> String {
    format!("{PAGE}/{id}")
}

/// `GET /console/appeals/{id}`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Path(id): Path<String>,
    Query(came): Query<Came>,
) -> Result<Response, PageError> {
    let id: AppealId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::officer(&state, &browser, &path(id)).await?;
    let done = match came.done.as_str() {
        "voted" => "Your answer is counted.",
        "asked" => "Your question is sent. The member can answer once.",
        _ => "",
    };
    let typed = Fields::default();
    Ok(page(&room, id, (done, ""), &typed).await?.into_response())
}

/// `POST /console/appeals/{id}/vote`
pub(in crate::pages) async fn vote(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let id: AppealId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::moderator(&state, &browser, &path(id)).await?;
    let answer = AppealAnswer::from_word(fields.get("vote")).ok_or(PageError::Malformed)?;
    let here = format!("{}/vote", path(id));
    if let Some(asked) = room.proof_first(&here, &fields).await? {
        return Ok(asked);
    }
    let comment = fields.get("comment");
    let done = appeals::vote(&state.app, &room.acting, id, answer, comment).await;
    after(&room, id, done.map(|_| ()), "voted", &fields).await
}

/// `POST /console/appeals/{id}/ask`
pub(in crate::pages) async fn ask(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let id: AppealId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::moderator(&state, &browser, &path(id)).await?;
    let done = appeals::ask(&state.app, &room.acting, id, fields.get("question")).await;
    after(&room, id, done, "asked", &fields).await
}

async fn after(
    room: &Room<'_>,
    id: AppealId,
    done: service::Result<()>,
    word: &str,
    fields: &Fields,
) -> Result<Response, PageError> {
    let Err(error) = done else {
        return Ok(Redirect::to(&format!("{}?done={word}", path(id))).into_response());
    };
    let status = match &error {
        service::Error::Conflict(_) => StatusCode::CONFLICT,
        service::Error::Forbidden(_) => StatusCode::FORBIDDEN,
        service::Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => return Err(error.into()),
    };
    let shown = page(room, id, ("", &error.to_string()), fields).await?;
    Ok(shown.status(status).into_response())
}

async fn page(
    room: &Room<'_>,
    id: AppealId,
    (done, problem): (&str, &str),
    typed: &Fields,
) -> Result<Shown, PageError> {
    let state = room.state;
    let view = appeals::view(&state.app, &room.acting, id).await?;
    let names = Names::of(state, &view.proposal.targets).await?;
    let page = AppealPage {
        frame: Frame::new(state, room.browser),
        part: Part::Elsewhere,
        form_token: room.form_token(),
        done,
        problem,
        typed,
        id,
        outline: AppealOutline::of(state, &view, &names),
        filed: Moment::new(view.appeal.filed_at),
        proposal: proposal::path(view.proposal.id),
        log_seq: view.strike.log_seq,
        rules: proposal::rules(state, &view.strike.rule_ids).await?,
        approved_by: view
            .approved_by
            .iter()
            .map(|person| person.name.clone())
            .collect(),
        votes: view
            .votes
            .iter()
            .map(|vote| VoteLine {
                name: vote.person.name.clone(),
                seat: vote.seat,
                answer: match vote.answer {
                    AppealAnswer::Overturn => "overturn",
                    AppealAnswer::Uphold => "uphold",
                },
                badge: match vote.answer {
                    AppealAnswer::Overturn => "done",
                    AppealAnswer::Uphold => "off",
                },
                comment: vote.comment.clone(),
                at: Moment::new(vote.at),
            })
            .collect(),
        needs_proof: room.needs_proof().await?,
        outsider_rule: view.appeal.stage == Stage::Moderators,
        view: &view,
    };
    Ok(room.shown(&page))
}
