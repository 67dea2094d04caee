//! Adding, naming and removing passkeys.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use model::PasskeyId;
use serde::Deserialize;
use service::second_factor::{self, Added, BrowserTie};

use super::{
    Done, HOME, codes,
    gate::{self, SetUp},
};
use crate::{
    State,
    pages::{
        Frame, PageError, Shown,
        second_factor::{Challenge, set_up::Next},
    },
    session::{Browser, Form, LocalPath, SignedIn},
};

const PAGE: &str = "/settings/security/passkeys/new";
const KNOWN: &str = "This passkey is somebody's already.";
const NOT_ACCEPTED: &str =
    "No new passkey came in time. Try again; your browser has to run script for this page.";

#[derive(Template)]
#[template(path = "security/passkey.html")]
struct NewPasskeyPage<'a> {
    frame: Frame,
    challenge: Challenge,
    problem: &'a str,
}

/// What is filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct New {
    name: String,
    answer: String,
    redirect_to: String,
    form_token: String,
}

/// Which one, and its new name.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Which {
    passkey: String,
    name: String,
}

impl Which {
    fn id(&self) -> Result<PasskeyId, PageError> {
        self.passkey.parse().map_err(|_| PageError::NotFound)
    }
}

/// `GET /settings/security/passkeys/new`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(next): Query<Next>,
) -> Result<Response, PageError> {
    let set_up = SetUp::at(PAGE, next.path());
    let signed_in = set_up.by(&state, &browser)?;
    Ok(page(&state, &browser, signed_in, (&set_up, ""))
        .await?
        .into_response())
}

/// `POST /settings/security/passkeys/new`
pub(in crate::pages) async fn add(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<New>,
) -> Result<Response, PageError> {
    let set_up = SetUp::at(PAGE, LocalPath::parse(&fields.redirect_to));
    let signed_in = set_up.by(&state, &browser)?;
    let tie = BrowserTie(&fields.form_token);
    let added = second_factor::add_passkey(
        &state.app,
        &signed_in.member,
        tie,
        &fields.name,
        &fields.answer,
    )
    .await?;
    let problem = match added {
        Added::Yes(codes) => {
            let then = (Done::Passkey, set_up.next.as_ref());
            return Ok(codes::follow(&state, &browser, codes.as_ref(), then));
        }
        Added::Known => KNOWN,
        Added::NotAccepted => NOT_ACCEPTED,
    };
    Ok(page(&state, &browser, signed_in, (&set_up, problem))
        .await?
        .status(StatusCode::UNPROCESSABLE_ENTITY)
        .into_response())
}

/// `POST /settings/security/passkeys/rename`
pub(in crate::pages) async fn rename(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Which>,
) -> Result<Response, PageError> {
    let signed_in = gate::fully(&browser, HOME)?;
    let account = signed_in.member.account.id;
    second_factor::rename_passkey(&state.app, account, fields.id()?, &fields.name).await?;
    Ok(Redirect::to(&Done::PasskeyRenamed.path()).into_response())
}

/// `POST /settings/security/passkeys/remove`
pub(in crate::pages) async fn remove(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Which>,
) -> Result<Response, PageError> {
    let signed_in = gate::fully(&browser, HOME)?;
    gate::proved(&state, signed_in, HOME)?;
    second_factor::remove_passkey(&state.app, &signed_in.member, fields.id()?).await?;
    Ok(Redirect::to(&Done::PasskeyRemoved.path()).into_response())
}

async fn page(
    state: &State,
    browser: &Browser,
    signed_in: &SignedIn,
    (set_up, problem): (&SetUp, &str),
) -> Result<Shown, PageError> {
    let form_token = signed_in.form_token(state);
    let tie = BrowserTie(&form_token);
    let question = second_factor::ask_for_new_passkey(&state.app, &signed_in.member, tie).await?;
    let page = NewPasskeyPage {
        frame: Frame::new(state, browser),
        challenge: Challenge {
            redirect_to: set_up.redirect_to(),
            ..Challenge::create(PAGE, question, &form_token)
        },
        problem,
    };
    Ok(Shown::new(state, browser, &page)
        .scripted_if(true)
        .private())
}
