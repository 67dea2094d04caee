//! Signing in.

pub(super) mod link;
pub(super) mod proxy;

mod arrival;
mod offered;

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use http::{Extensions, HeaderMap};
use serde::Deserialize;

pub(crate) use arrival::{arrive, barred, led_on};
use offered::Offered;

use super::{FormTargets, Frame, PageError, Shown, providers, second_factor::leading_to};
use crate::{
    State,
    extract::ClientAddress,
    session::{self, Attempt, Browser, Coming, Credentials, Form, How, LocalPath},
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
    /// Whether there is a form for a name and password.
    takes_passwords: bool,
    /// Whether the passwords are the organisation's.
    of_the_organisation: bool,
    /// Whether a letter can lead to a new password of this server's own.
    sends_letters: bool,
    /// Ways that begin with a button.
    offered: Vec<Offered>,
    /// Where people get the organisation's account.
    account_sign_up: Option<String>,
    /// Where they change it.
    account_settings: Option<String>,
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

/// What stands on the page beside the form.
struct Told<'a> {
    next: LocalPath,
    login: &'a str,
    problem: &'a str,
}

/// `GET /auth/sign_in`
pub(super) async fn show(
    Extract(state): Extract<State>,
    headers: HeaderMap,
    browser: Browser,
    Query(next): Query<Next>,
) -> Result<Response, PageError> {
    let told = Told {
        next: LocalPath::parse(&next.redirect_to).unwrap_or_else(LocalPath::front),
        login: "",
        problem: "",
    };
    // Whoever owes a second factor is in, as far as it goes.
    if browser.signed_in.is_none() && browser.sitting().is_some() {
        let page = leading_to("/auth/second_factor/set_up", &told.next);
        return Ok(Redirect::to(&page).into_response());
    }
    if let Some(led) = providers::straight_on(&state, &browser, &headers, &told.next).await {
        return led;
    }
    Ok(page(&state, &browser, told).into_response())
}

/// `POST /auth/sign_in`
pub(super) async fn submit(
    Extract(state): Extract<State>,
    extensions: Extensions,
    headers: HeaderMap,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    if !takes_passwords(&state) {
        return Err(PageError::NotFound);
    }
    let coming = Coming {
        headers: &headers,
        next: LocalPath::parse(&fields.redirect_to).unwrap_or_else(LocalPath::front),
        how: How::Password,
        by: None,
        login: &fields.login,
    };
    let credentials = Credentials {
        login: &fields.login,
        password: &fields.password,
        address: ClientAddress::of(&extensions),
    };
    match session::try_password(&state, credentials).await? {
        Attempt::Tried(entry) => arrive(&state, &browser, entry, coming).await,
        Attempt::TooOften(seconds) => Ok(arrival::too_often(&state, &browser, coming, seconds)),
    }
}

/// Whether anybody can come in with a name and a password.
fn takes_passwords(state: &State) -> bool {
    let settings = &state.app.settings.sign_in;
    !settings.only_providers && (settings.local_passwords || !state.app.ways.passwords.is_empty())
}

fn page(state: &State, browser: &Browser, told: Told<'_>) -> Shown {
    let secret = browser.form_secret(state);
    let settings = &state.app.settings.sign_in;
    let page = SignInPage {
        frame: Frame::new(state, browser),
        form_token: secret.token,
        redirect_to: told.next,
        already: browser
            .signed_in
            .as_ref()
            .map(|signed_in| signed_in.member.account.username.to_string()),
        login: told.login,
        problem: told.problem,
        takes_passwords: takes_passwords(state),
        of_the_organisation: !state.app.ways.passwords.is_empty(),
        sends_letters: settings.local_passwords && state.app.mailer.reaches_people(),
        offered: offered::all(state),
        account_sign_up: settings.account_sign_up.clone(),
        account_settings: settings.account_settings.clone(),
    };
    // Signing in may lead straight on to an app's own address, or to a provider's.
    Shown::new(state, browser, &page)
        .forms_lead(FormTargets::Anywhere)
        .cookie(secret.cookie)
}
