//! A case: what was reported about one account, what was done before, and what moderators have to say to each other.

use askama::Template;
use axum::{
    extract::{Path, Query, State as Extract},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use model::{
    Viewer,
    moderation::{
        Target,
        report::{CaseId, CaseOutcome, Category, NoteKind},
    },
};
use serde::Deserialize;
use service::{
    moderation::{
        queue,
        reports::{self, CaseView, ReportView},
    },
    statuses,
};

use super::{
    Outline, Part, Room, exposure, gate,
    proposal::{self, Posts},
    seen::{self, SeenPost},
};
use crate::{
    State,
    pages::{
        Frame, PageError, Shown,
        cards::{Moment, PersonCard},
        fields::Fields,
        measures, spans,
    },
    session::Browser,
};

/// Posts above a reported one that are shown with it.
const CONTEXT: usize = 3;

#[derive(Template)]
#[template(path = "console/case.html")]
struct CasePage<'a> {
    frame: Frame,
    part: Part,
    form_token: String,
    done: &'a str,
    problem: &'a str,
    typed: &'a Fields,
    id: CaseId,
    title: String,
    person: Option<PersonCard>,
    is_local: bool,
    note: String,
    category: &'static str,
    category_word: &'static str,
    categories: Vec<(&'static str, &'static str)>,
    is_open: bool,
    outcome: &'static str,
    closed_by: Option<String>,
    age: String,
    opened: Moment,
    claimed_by: Option<String>,
    is_own_claim: bool,
    may_work: bool,
    is_recused: bool,
    reports: Vec<ReportLine>,
    folded: Vec<ReportLine>,
    posts: Posts,
    withheld: usize,
    notes: Vec<NoteLine>,
    proposals: Vec<Outline>,
    earlier: Vec<EarlierLine>,
    askable: Vec<(String, String)>,
    /// The reported posts by number, for the forms of measures.
    cited: String,
}

struct ReportLine {
    who: String,
    origin: &'static str,
    category: &'static str,
    rules: Vec<String>,
    comment: String,
    posts: usize,
    when: Moment,
    age: String,
    trust: &'static str,
    is_forwarded: bool,
}

struct NoteLine {
    name: String,
    what: &'static str,
    text: String,
    at: Moment,
    age: String,
}

struct EarlierLine {
    id: CaseId,
    category: &'static str,
    when: Moment,
    outcome: &'static str,
}

/// What came along in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Came {
    posts: String,
    done: String,
}

/// The page of a case.
pub(super) fn path(id: CaseId) -> String {
    format!("/console/cases/{id}")
}

/// `GET /console/cases/{id}`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Path(id): Path<String>,
    Query(came): Query<Came>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let id: CaseId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::officer(&state, &browser, &path(id)).await?;
    let done = match came.done.as_str() {
        "claimed" => "You are at work on it. The others see that.",
        "released" => "It is back in the queue.",
        "handed_over" => "The others are told that it is not for you today.",
        "noted" => "Your note is there.",
        "asked" => "Your question is sent.",
        "categorised" => "The category is changed.",
        "reopened" => "The reports are taken up again.",
        _ => "",
    };
    let said = Said {
        done,
        posts: (came.posts == "shown").then_some((&headers, None)),
        ..Said::default()
    };
    Ok(page(&room, id, said).await?.into_response())
}

/// What a page says besides the case.
#[derive(Default)]
pub(super) struct Said<'a> {
    pub(super) done: &'a str,
    pub(super) problem: String,
    pub(super) typed: Fields,
    /// The posts are shown; those that are not for everybody for this reason.
    pub(super) posts: Option<(&'a HeaderMap, Option<&'a str>)>,
}

/// The page with a refusal on it, and what was typed.
pub(super) async fn refused(
    room: &Room<'_>,
    id: CaseId,
    error: service::Error,
    typed: Fields,
) -> Result<Response, PageError> {
    let status = match &error {
        service::Error::Conflict(_) => StatusCode::CONFLICT,
        service::Error::Forbidden(_) => StatusCode::FORBIDDEN,
        service::Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => return Err(error.into()),
    };
    let said = Said {
        problem: error.to_string(),
        typed,
        ..Said::default()
    };
    Ok(page(room, id, said).await?.status(status).into_response())
}

/// The page of a case.
pub(super) async fn page(room: &Room<'_>, id: CaseId, said: Said<'_>) -> Result<Shown, PageError> {
    let state = room.state;
    let view = reports::case(&state.app, &room.acting, id).await?;
    let now = state.app.clock.now();
    let case = &view.case;
    let person = view
        .target
        .as_ref()
        .map(|account| PersonCard::new(state, account));
    let (lines, folded) = report_lines(room, &view).await?;
    let (posts, withheld, cookie) = posts(room, &view, said.posts).await?;
    let proposals = outlines(room, &view).await?;
    let own_id = room.acting.officer.person.id;
    let page = CasePage {
        frame: Frame::new(state, room.browser),
        part: Part::Elsewhere,
        form_token: room.form_token(),
        done: said.done,
        problem: &said.problem,
        typed: &said.typed,
        id,
        title: person.as_ref().map_or_else(
            || "An account that is gone".to_owned(),
            |card| card.handle.clone(),
        ),
        is_local: view.target.as_ref().is_some_and(model::Account::is_local),
        note: view.target.as_ref().map_or_else(String::new, |account| {
            text::summary::excerpt(&account.note, 200)
        }),
        person,
        category: measures::category(case.category),
        category_word: case.category.as_str(),
        categories: Category::ALL
            .map(|one| (one.as_str(), measures::category(one)))
            .to_vec(),
        is_open: case.is_open,
        outcome: outcome_words(case.is_open, case.outcome),
        closed_by: case.closed_by.map(proposal::path),
        age: spans::ago(now, case.opened_at),
        opened: Moment::new(case.opened_at),
        claimed_by: view.claimed_by.as_ref().map(|person| person.name.clone()),
        is_own_claim: case.claimed_by == Some(own_id),
        may_work: room.acting.seat().is_ok() && !view.is_recused,
        is_recused: view.is_recused,
        reports: lines,
        folded,
        posts,
        withheld,
        notes: notes(&view, now),
        proposals,
        earlier: view
            .earlier
            .iter()
            .map(|other| EarlierLine {
                id: other.id,
                category: measures::category(other.category),
                when: Moment::day(other.opened_at),
                outcome: outcome_words(other.is_open, other.outcome),
            })
            .collect(),
        askable: askable(state, &view),
        cited: cited(&view),
    };
    Ok(room.shown(&page).cookie(cookie))
}

fn outcome_words(is_open: bool, outcome: Option<CaseOutcome>) -> &'static str {
    match (is_open, outcome) {
        (true, _) => "open",
        (false, Some(CaseOutcome::Action)) => "something was done",
        (false, Some(CaseOutcome::NoAction)) => "closed without action",
        (false, None) => "closed",
    }
}

async fn report_lines(
    room: &Room<'_>,
    view: &CaseView,
) -> Result<(Vec<ReportLine>, Vec<ReportLine>), PageError> {
    use model::moderation::priority::Trust;

    let now = room.state.app.clock.now();
    let (mut lines, mut folded) = (Vec::new(), Vec::new());
    for report in &view.reports {
        let line = ReportLine {
            who: reporter(room.state, report),
            origin: measures::report_origin(report.report.origin),
            category: measures::category(report.report.category),
            rules: proposal::rules(room.state, &report.report.rule_ids).await?,
            comment: report.report.comment.clone(),
            posts: report.report.status_ids.len(),
            when: Moment::new(report.report.created_at),
            age: spans::ago(now, report.report.created_at),
            trust: match report.trust {
                Trust::Proven => "was right before",
                Trust::Ordinary | Trust::Low => "",
            },
            is_forwarded: report.report.forwarded_at.is_some(),
        };
        match report.trust {
            Trust::Low => folded.push(line),
            Trust::Ordinary | Trust::Proven => lines.push(line),
        }
    }
    Ok((lines, folded))
}

fn reporter(state: &State, report: &ReportView) -> String {
    report.reporter.as_ref().map_or_else(
        || "Somebody who is gone".to_owned(),
        |account| PersonCard::new(state, account).handle,
    )
}

/// The reported posts, if they were asked for, with what stands above each.
async fn posts(
    room: &Room<'_>,
    view: &CaseView,
    wanted: Option<(&HeaderMap, Option<&str>)>,
) -> Result<(Posts, usize, Option<http::HeaderValue>), PageError> {
    let warning = measures::content_warning(view.case.category);
    let id = view.case.id;
    let reason = wanted.and_then(|(_, reason)| reason);
    let found = reports::evidence(&room.state.app, &room.acting, id, reason).await?;
    let count = found.posts.len();
    let Some((headers, _)) = wanted else {
        return Ok((Posts::hidden(count, warning), found.withheld, None));
    };
    let subjects = seen::as_seen(room, &found.posts, &[]).await?;
    let (today, cookie) = exposure::count(room.state, headers, subjects.len());
    let shown = with_context(room, subjects).await?;
    Ok((Posts::shown(count, shown, today), found.withheld, cookie))
}

/// What a reported post answers, as far as the moderator can see it like anybody else.
async fn with_context(
    room: &Room<'_>,
    subjects: Vec<SeenPost>,
) -> Result<Vec<SeenPost>, PageError> {
    let app = &room.state.app;
    let own = Viewer::Account(room.signed_in.member.account.id);
    let mut shown: Vec<SeenPost> = Vec::new();
    for subject in subjects {
        let thread = match statuses::context(app, own, subject.id).await {
            Ok(thread) => thread,
            Err(service::Error::NotFound) => {
                shown.push(subject);
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let above = thread.ancestors.len().saturating_sub(CONTEXT);
        let views = statuses::views(app, own, &thread.ancestors[above..]).await?;
        for view in views {
            if shown.iter().all(|post| post.id != view.status.id) {
                let mut context = SeenPost::now(room, &view, &[]);
                context.is_context = true;
                context.note = "what it answers";
                shown.push(context);
            }
        }
        shown.push(subject);
    }
    Ok(shown)
}

fn notes(view: &CaseView, now: time::OffsetDateTime) -> Vec<NoteLine> {
    let line = |note: &reports::NoteView| NoteLine {
        name: match (&note.person, &note.account) {
            (Some(person), _) => person.name.clone(),
            (None, Some(account)) => format!("@{}", account.username),
            (None, None) => "Somebody".to_owned(),
        },
        what: match note.note.kind {
            NoteKind::Note => "",
            NoteKind::QuestionToReporter => "asked whoever reported",
            NoteKind::QuestionToAuthor => "asked the reported member",
            NoteKind::Answer => "answered",
        },
        text: note.note.text.clone(),
        at: Moment::new(note.note.created_at),
        age: spans::ago(now, note.note.created_at),
    };
    view.notes.iter().map(line).collect()
}

/// Proposals about this account, in a few lines; without those that the one who looks may not see.
async fn outlines(room: &Room<'_>, view: &CaseView) -> Result<Vec<Outline>, PageError> {
    let mut views = Vec::new();
    for proposal in &view.proposals {
        match service::moderation::view::proposal(&room.state.app, &room.acting, proposal.id).await
        {
            Ok(found) => views.push(found),
            Err(service::Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    // What stands open about the account without naming the case matters here as well.
    if let Some(target) = view.case.target_id {
        let about = Target::Account(target);
        let open = queue::queue(&room.state.app, &room.acting).await?;
        views.extend(open.into_iter().filter(|found| {
            found.proposal.targets.contains(&about)
                && view.proposals.iter().all(|one| one.id != found.proposal.id)
        }));
    }
    Outline::all(room.state, &views).await
}

fn cited(view: &CaseView) -> String {
    let reports = view.reports.iter();
    let mut posts: Vec<_> = reports
        .flat_map(|report| report.report.status_ids.iter().copied())
        .collect();
    posts.sort_unstable();
    posts.dedup();
    posts.truncate(seen::MOST);
    let numbers: Vec<String> = posts.iter().map(ToString::to_string).collect();
    numbers.join(",")
}

/// Who can be asked: value and words of each choice.
fn askable(state: &State, view: &CaseView) -> Vec<(String, String)> {
    let mut choices = Vec::new();
    if let Some(target) = view.target.as_ref().filter(|account| account.is_local()) {
        let handle = PersonCard::new(state, target).handle;
        choices.push(("author".to_owned(), format!("{handle}, who was reported")));
    }
    for report in &view.reports {
        if let Some(account) = report
            .reporter
            .as_ref()
            .filter(|account| account.is_local())
        {
            let handle = PersonCard::new(state, account).handle;
            choices.push((
                report.report.id.to_string(),
                format!("{handle}, who reported"),
            ));
        }
    }
    choices
}
