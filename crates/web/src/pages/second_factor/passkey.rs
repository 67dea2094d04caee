//! Signing in with a passkey and nothing else.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Redirect, Response},
};
use http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use model::member::Standing;
use serde::Deserialize;
use service::{
    members,
    second_factor::{self, BrowserTie},
};

use super::{Challenge, TOO_OFTEN};
use crate::{
    State,
    extract::ClientAddress,
    limits::{self, Who},
    pages::{
        FormTargets, Frame, PageError, Shown,
        sign_in::{barred, led_on},
    },
    session::{self, Arrived, Browser, Form, LocalPath, Proved, leaver_cookie},
};

const UNKNOWN: &str = "This passkey is not known here, or its answer came too late. Try again, or sign in with your password.";
const LINKED: &str = "Your organisation says who you are, so a passkey alone does not open your account. Sign in with your organisation's account.";

#[derive(Template)]
#[template(path = "second_factor/passkey.html")]
struct PasskeyPage<'a> {
    frame: Frame,
    challenge: Challenge,
    sign_in: String,
    problem: &'a str,
}

/// What is filled in; no answer yet when the button of the sign-in page was pressed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Filled {
    answer: Option<String>,
    redirect_to: String,
    form_token: String,
}

/// `GET /auth/passkey`: there is nothing to see without the button.
pub(in crate::pages) async fn show() -> Response {
    Redirect::to("/auth/sign_in").into_response()
}

/// `POST /auth/passkey`
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    extensions: Extensions,
    headers: HeaderMap,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let next = LocalPath::parse(&fields.redirect_to).unwrap_or_else(LocalPath::front);
    let now = state.app.clock.now();
    let address = Who::at(ClientAddress::of(&extensions));
    let allowance = state.limits.take(&limits::SIGN_IN_ADDRESS, address, now);
    if let Some(allowance) = allowance.filter(|allowance| !allowance.is_granted) {
        let wait = HeaderValue::from(allowance.seconds_left(now));
        let page = page(&state, &browser, &next, TOO_OFTEN).await?;
        return Ok(page
            .status(StatusCode::TOO_MANY_REQUESTS)
            .header(header::RETRY_AFTER, wait)
            .into_response());
    }
    let Some(answer) = &fields.answer else {
        return Ok(page(&state, &browser, &next, "").await?.into_response());
    };
    let again = async |problem, status| {
        let page = page(&state, &browser, &next, problem).await?;
        Ok(page.status(status).into_response())
    };
    let tie = BrowserTie(&fields.form_token);
    let Some(member) = second_factor::recognise_by_passkey(&state.app, tie, answer).await? else {
        return again(UNKNOWN, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let account = member.account.id;
    // Whoever has left is led to their own page, and nowhere else.
    if member.standing() == Standing::Left
        && let Some(cookie) = members::open_exit_as(&state.app, account).await?
    {
        return Ok(led_on(
            vec![leaver_cookie(&state, &cookie)],
            "/auth/leaving",
        ));
    }
    if !second_factor::is_passkey_enough_for(&state.app, account).await? {
        return again(LINKED, StatusCode::FORBIDDEN).await;
    }
    if let Some(cookie) = session::open_aside(&state, &member).await? {
        return Ok(led_on(vec![cookie], session::ASIDE));
    }
    if member.standing() != Standing::Good {
        return again(barred(member.standing()), StatusCode::FORBIDDEN).await;
    }
    let arrived = Arrived {
        account,
        headers: &headers,
        proved: Proved::Everything,
        by: None,
    };
    let cookies = session::begin(&state, &browser, arrived).await?;
    Ok(led_on(cookies, next.as_str()))
}

async fn page(
    state: &State,
    browser: &Browser,
    next: &LocalPath,
    problem: &str,
) -> Result<Shown, PageError> {
    let secret = browser.form_secret(state);
    let tie = BrowserTie(&secret.token);
    let question = second_factor::ask_for_passkey_to_sign_in(&state.app, tie).await?;
    let page = PasskeyPage {
        frame: Frame::new(state, browser),
        challenge: Challenge {
            redirect_to: next.to_string(),
            // Asked again only when its owner says so.
            at_once: problem.is_empty(),
            ..Challenge::get("/auth/passkey", question, &secret.token)
        },
        sign_in: super::leading_to("/auth/sign_in", next),
        problem,
    };
    Ok(Shown::new(state, browser, &page)
        .forms_lead(FormTargets::Anywhere)
        .scripted_if(true)
        .cookie(secret.cookie))
}
