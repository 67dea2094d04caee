//! Proving, before something that matters, that it is still the member who sits there.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use service::second_factor::{self, BrowserTie, Proof, Provable};

use super::{
    Challenge, Problem, WRONG_CODE, WRONG_PASSKEY, WRONG_PASSWORD, leading_to, set_up::Next,
};
use crate::{
    State,
    pages::{Frame, PageError, Shown},
    session::{Browser, Form, LocalPath, SignedIn},
};

#[derive(Template)]
#[template(path = "second_factor/step_up.html")]
struct StepUpPage {
    frame: Frame,
    form_token: String,
    redirect_to: String,
    asks: Asks,
    challenge: Option<Challenge>,
    /// Where a member signs in again who has nothing to type here.
    sign_in: String,
    problem: &'static str,
}

#[derive(PartialEq, Eq)]
enum Asks {
    Password,
    Code,
    PasskeyAlone,
    SignIn,
}

/// What is filled in: one of the three.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Filled {
    code: Option<String>,
    password: Option<String>,
    answer: Option<String>,
    redirect_to: String,
    form_token: String,
}

/// `GET /auth/step_up`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(next): Query<Next>,
) -> Result<Response, PageError> {
    let next = next.path().unwrap_or_else(security);
    let Some(signed_in) = browser.sitting() else {
        return Ok(Redirect::to(&leading_to("/auth/sign_in", &next)).into_response());
    };
    Ok(page(&state, &browser, signed_in, &next, Problem::None)
        .await?
        .into_response())
}

/// `POST /auth/step_up`
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let next = LocalPath::parse(&fields.redirect_to).unwrap_or_else(security);
    let Some(signed_in) = browser.sitting() else {
        return Ok(Redirect::to(&leading_to("/auth/sign_in", &next)).into_response());
    };
    let (proof, wrong) = if let Some(code) = &fields.code {
        (Proof::Code(code), WRONG_CODE)
    } else if let Some(password) = &fields.password {
        (Proof::Password(password), WRONG_PASSWORD)
    } else {
        let answer = fields.answer.as_deref().unwrap_or_default();
        (
            Proof::Passkey(BrowserTie(&fields.form_token), answer),
            WRONG_PASSKEY,
        )
    };
    let SignedIn {
        session, member, ..
    } = signed_in;
    let verdict = second_factor::step_up(&state.app, session, member, proof).await?;
    match Problem::of(verdict, wrong) {
        None => Ok(Redirect::to(next.as_str()).into_response()),
        Some(problem) => Ok(page(&state, &browser, signed_in, &next, problem)
            .await?
            .into_response()),
    }
}

fn security() -> LocalPath {
    LocalPath::parse("/settings/security").unwrap_or_else(LocalPath::front)
}

async fn page(
    state: &State,
    browser: &Browser,
    signed_in: &SignedIn,
    next: &LocalPath,
    problem: Problem,
) -> Result<Shown, PageError> {
    let form_token = signed_in.form_token(state);
    let account = signed_in.member.account.id;
    let tie = BrowserTie(&form_token);
    let asks = match second_factor::proves_with(&state.app, &signed_in.member).await? {
        Provable::Password => Asks::Password,
        Provable::SignInAgain => Asks::SignIn,
        Provable::SecondFactor { codes: true, .. } => Asks::Code,
        Provable::SecondFactor { codes: false, .. } => Asks::PasskeyAlone,
    };
    let question = match asks {
        Asks::Code | Asks::PasskeyAlone => {
            second_factor::ask_for_passkey_of(&state.app, account, tie).await?
        }
        Asks::Password | Asks::SignIn => None,
    };
    let page = StepUpPage {
        frame: Frame::new(state, browser),
        redirect_to: next.to_string(),
        challenge: question.map(|question| Challenge {
            redirect_to: next.to_string(),
            ..Challenge::get("/auth/step_up", question, &form_token)
        }),
        form_token,
        asks,
        sign_in: leading_to("/auth/sign_in", next),
        problem: problem.words(),
    };
    let shown = Shown::new(state, browser, &page).scripted_if(page.challenge.is_some());
    Ok(problem.mark(shown.private()))
}
