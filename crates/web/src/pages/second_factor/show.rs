//! The second page of signing in: a code, or a passkey.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Redirect, Response},
};
use http::HeaderMap;
use model::member::{Member, Standing};
use serde::Deserialize;
use service::{
    auth::ProviderSession,
    members,
    second_factor::{self, BrowserTie, Factors},
    sign_in::attempts::{Asked, Halfway},
};

use super::{Challenge, Problem, WRONG_CODE, WRONG_PASSKEY};
use crate::{
    State,
    pages::{FormTargets, Frame, PageError, Shown, sign_in::led_on},
    session::{self, Arrived, Browser, Form, LocalPath, Proved},
};

#[derive(Template)]
#[template(path = "second_factor/show.html")]
struct ShowPage {
    frame: Frame,
    form_token: String,
    name: String,
    /// Whether an app or recovery codes are there to be asked for.
    has_app: bool,
    challenge: Option<Challenge>,
    problem: &'static str,
}

/// What is filled in: one of the two.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Filled {
    code: Option<String>,
    answer: Option<String>,
    form_token: String,
}

/// Who has come half-way, and where they want to go.
struct Halfwayed {
    member: Member,
    factors: Factors,
    next: LocalPath,
    /// By which session at a provider, if that is how it began.
    by: Option<ProviderSession>,
}

/// `GET /auth/second_factor`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    headers: HeaderMap,
    browser: Browser,
) -> Result<Response, PageError> {
    match find(&state, &headers).await? {
        Some(halfway) => Ok(page(&state, &browser, &halfway, Problem::None)
            .await?
            .into_response()),
        None => Ok(Redirect::to("/auth/sign_in").into_response()),
    }
}

/// `POST /auth/second_factor`
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    headers: HeaderMap,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let Some(halfway) = find(&state, &headers).await? else {
        return Ok(Redirect::to("/auth/sign_in").into_response());
    };
    let account = halfway.member.account.id;
    let problem = if let Some(code) = &fields.code {
        let verdict = second_factor::check_code(&state.app, account, code).await?;
        Problem::of(verdict, WRONG_CODE)
    } else {
        let answer = fields.answer.as_deref().unwrap_or_default();
        let tie = BrowserTie(&fields.form_token);
        let is_right = second_factor::show_passkey(&state.app, account, tie, answer).await?;
        (!is_right).then_some(Problem::Wrong(WRONG_PASSKEY))
    };
    if let Some(problem) = problem {
        return Ok(page(&state, &browser, &halfway, problem)
            .await?
            .into_response());
    }
    // Another request may have ended it in the meantime: then this one comes in no second time.
    if !session::finish_halfway(&state, &headers, Asked::SecondFactor).await? {
        return Ok(Redirect::to("/auth/sign_in").into_response());
    }
    if let Some(cookie) = session::open_aside(&state, &halfway.member).await? {
        return Ok(led_on(vec![cookie], session::ASIDE));
    }
    let arrived = Arrived {
        account,
        headers: &headers,
        proved: Proved::Everything,
        by: halfway.by.as_ref(),
    };
    let cookies = session::begin(&state, &browser, arrived).await?;
    Ok(led_on(cookies, halfway.next.as_str()))
}

/// Somebody who may no longer come in has not come half-way.
async fn find(state: &State, headers: &HeaderMap) -> Result<Option<Halfwayed>, PageError> {
    let Some(attempt) = session::halfway(state, headers, Asked::SecondFactor).await? else {
        return Ok(None);
    };
    let Halfway::SecondFactor(account) = attempt.halfway else {
        return Ok(None);
    };
    let member = members::get(&state.app, account).await?;
    if member.standing() != Standing::Good && !member.is_shut_out() {
        return Ok(None);
    }
    Ok(Some(Halfwayed {
        factors: second_factor::factors(&state.app, account).await?,
        member,
        next: LocalPath::parse(&attempt.redirect_to).unwrap_or_else(LocalPath::front),
        by: attempt.provider_session,
    }))
}

async fn page(
    state: &State,
    browser: &Browser,
    halfway: &Halfwayed,
    problem: Problem,
) -> Result<Shown, PageError> {
    let secret = browser.form_secret(state);
    let account = halfway.member.account.id;
    let tie = BrowserTie(&secret.token);
    let question = second_factor::ask_for_passkey_of(&state.app, account, tie).await?;
    let page = ShowPage {
        frame: Frame::new(state, browser),
        name: halfway.member.account.username.to_string(),
        has_app: halfway.factors.totp_since.is_some(),
        challenge: question
            .map(|question| Challenge::get("/auth/second_factor", question, &secret.token)),
        form_token: secret.token,
        problem: problem.words(),
    };
    // It may lead straight on to an app's own address, as the sign-in page does.
    let shown = Shown::new(state, browser, &page)
        .forms_lead(FormTargets::Anywhere)
        .scripted_if(page.challenge.is_some())
        .cookie(secret.cookie);
    Ok(problem.mark(shown))
}
