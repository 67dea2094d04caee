//! Signing in.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use model::member::Standing;
use serde::Deserialize;

use super::{FormTargets, Frame, PageError, Shown};
use crate::{
    State,
    extract::ClientAddress,
    session::{self, Attempt, Browser, Credentials, Form, LocalPath},
};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    frame: Frame,
    form_token: String,
    redirect_to: LocalPath,
    /// Who is signed in already.
    already: Option<String>,
    login: &'a str,
    problem: &'a str,
}

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Next {
    redirect_to: String,
}

/// What is filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    login: String,
    password: String,
    redirect_to: String,
}

/// `GET /auth/sign_in`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(next): Query<Next>,
) -> Response {
    page(&state, &browser, &next.redirect_to, "", "").into_response()
}

/// `POST /auth/sign_in`
pub(super) async fn submit(
    Extract(state): Extract<State>,
    extensions: Extensions,
    headers: HeaderMap,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let credentials = Credentials {
        login: &fields.login,
        password: &fields.password,
        address: ClientAddress::of(&extensions),
        headers: &headers,
    };
    let again = |problem| {
        page(
            &state,
            &browser,
            &fields.redirect_to,
            &fields.login,
            problem,
        )
    };
    Ok(
        match session::sign_in(&state, &browser, credentials).await? {
            Attempt::In(cookies) => {
                let next = LocalPath::parse(&fields.redirect_to).unwrap_or_else(LocalPath::front);
                signed_in(cookies, &next)
            }
            Attempt::Wrong => again("There is no such name or mail address with this password.")
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response(),
            Attempt::Barred(standing) => again(barred(standing))
                .status(StatusCode::FORBIDDEN)
                .into_response(),
            Attempt::TooOften(seconds) => again("Too many tries. Wait a while, then try again.")
                .status(StatusCode::TOO_MANY_REQUESTS)
                .header(header::RETRY_AFTER, HeaderValue::from(seconds))
                .into_response(),
        },
    )
}

/// On to the next page, with the cookies of a new session.
pub(super) fn signed_in(cookies: Vec<HeaderValue>, next: &LocalPath) -> Response {
    let cookies = cookies
        .into_iter()
        .map(|cookie| (header::SET_COOKIE, cookie));
    let headers = AppendHeaders(cookies.collect::<Vec<_>>());
    let private = [(header::CACHE_CONTROL, "private, no-store")];
    (private, headers, Redirect::to(next.as_str())).into_response()
}

fn page(state: &State, browser: &Browser, redirect_to: &str, login: &str, problem: &str) -> Shown {
    let secret = browser.form_secret(state);
    let page = SignInPage {
        frame: Frame::new(state, browser),
        form_token: secret.token,
        redirect_to: LocalPath::parse(redirect_to).unwrap_or_else(LocalPath::front),
        already: browser
            .signed_in
            .as_ref()
            .map(|signed_in| signed_in.member.account.username.to_string()),
        login,
        problem,
    };
    // Signing in may lead straight on to an app's own address.
    Shown::new(state, browser, &page)
        .forms_lead(FormTargets::Anywhere)
        .cookie(secret.cookie)
}

fn barred(standing: Standing) -> &'static str {
    match standing {
        Standing::AwaitsApproval => "Your sign-up waits for somebody to look at it.",
        Standing::AwaitsConfirmation => "Your mail address has not been confirmed yet.",
        Standing::Left => "You have left the organisation, so this account is closed to you.",
        Standing::Disabled | Standing::Suspended | Standing::Good => {
            "Your account may not be used at present."
        }
    }
}
