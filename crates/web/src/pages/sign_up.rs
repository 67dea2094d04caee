//! Joining.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use http::{Extensions, HeaderMap, StatusCode};
use model::{instance::Registrations, member::Standing, moderation::document::DocumentKind};
use serde::Deserialize;
use service::{
    FieldError, door,
    members::{self, SignUp},
    moderation::board::documents,
};
use text::documents::markdown;

use super::{Frame, PageError, Shown, html::Html, sign_in};
use crate::{
    State,
    extract::ClientAddress,
    limits::{self, Who},
    session::{self, Arrived, Browser, Form, LocalPath, Proved},
};

#[derive(Template)]
#[template(path = "sign_up.html")]
struct SignUpPage<'a> {
    frame: Frame,
    form_token: String,
    asks_for_approval: bool,
    filled: &'a Filled,
    problems: Problems<'a>,
    /// What one joins: the same words as on the front page.
    blurb: Html,
    rules: Vec<String>,
    has_terms: bool,
}

/// Somebody has joined and waits.
#[derive(Template)]
#[template(path = "signed_up.html")]
struct SignedUpPage {
    frame: Frame,
    username: String,
    needs_approval: bool,
}

#[derive(Template)]
#[template(path = "sign_up_closed.html")]
struct ClosedPage {
    frame: Frame,
}

/// What is filled in. A box that is not ticked is not sent.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    username: String,
    email: String,
    password: String,
    reason: String,
    agreement: Option<String>,
}

/// What is wrong, by field.
struct Problems<'a>(&'a [FieldError]);

impl Problems<'_> {
    /// What to say beside a field.
    fn with(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }

    fn any(&self) -> bool {
        !self.0.is_empty()
    }
}

/// `GET /auth/sign_up`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    if door::registrations(&state.app).await? == Registrations::Closed {
        let page = ClosedPage {
            frame: Frame::new(&state, &browser),
        };
        return Ok(Shown::new(&state, &browser, &page).into_response());
    }
    let page = page(&state, &browser, &Filled::default(), &[]).await?;
    Ok(page.into_response())
}

/// `POST /auth/sign_up`
pub(super) async fn submit(
    Extract(state): Extract<State>,
    extensions: Extensions,
    headers: HeaderMap,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let address = ClientAddress::of(&extensions);
    let now = state.app.clock.now();
    if let Some(allowance) = state.limits.take(&limits::SIGN_UP, Who::at(address), now)
        && !allowance.is_granted
    {
        return Err(PageError::TooMany(allowance.seconds_left(now)));
    }
    let form = SignUp {
        username: fields.username.trim().to_owned(),
        email: fields.email.trim().to_owned(),
        password: fields.password.clone(),
        agreement: fields.agreement.is_some(),
        locale: "en".to_owned(),
        reason: fields.reason.trim().to_owned(),
        address: Some(address),
    };
    let member = match members::sign_up(&state.app, form).await {
        Ok(member) => member,
        Err(service::Error::Invalid(errors)) => {
            return Ok(page(&state, &browser, &fields, &errors)
                .await?
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response());
        }
        Err(other) => return Err(other.into()),
    };
    if member.standing() == Standing::Good {
        let arrived = Arrived {
            account: member.account.id,
            headers: &headers,
            proved: Proved::OneThing,
            by: None,
        };
        let cookies = session::begin(&state, &browser, arrived).await?;
        return Ok(sign_in::led_on(cookies, LocalPath::front().as_str()));
    }
    let page = SignedUpPage {
        frame: Frame::new(&state, &browser),
        username: member.account.username.to_string(),
        needs_approval: member.standing() == Standing::AwaitsApproval,
    };
    Ok(Shown::new(&state, &browser, &page)
        .private()
        .into_response())
}

async fn page(
    state: &State,
    browser: &Browser,
    filled: &Filled,
    errors: &[FieldError],
) -> Result<Shown, PageError> {
    let papers = documents::papers(&state.app).await?;
    let blurb = documents::current(&state.app, DocumentKind::Landing).await?;
    let secret = browser.form_secret(state);
    let page = SignUpPage {
        frame: Frame::new(state, browser),
        form_token: secret.token,
        asks_for_approval: state.app.settings.registrations == Registrations::Approval,
        filled,
        problems: Problems(errors),
        blurb: Html(markdown(&blurb.document.text)),
        rules: papers.rules,
        has_terms: papers.has_terms,
    };
    Ok(Shown::new(state, browser, &page).cookie(secret.cookie))
}
