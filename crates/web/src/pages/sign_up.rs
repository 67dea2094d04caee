//! Joining.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use http::{Extensions, HeaderMap, StatusCode};
use model::{instance::Registrations, member::Standing};
use serde::Deserialize;
use service::{
    FieldError,
    members::{self, SignUp},
};

use super::{Frame, PageError, Shown, sign_in};
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
pub(super) async fn show(Extract(state): Extract<State>, browser: Browser) -> Response {
    if state.app.settings.registrations == Registrations::Closed {
        let page = ClosedPage {
            frame: Frame::new(&state, &browser),
        };
        return Shown::new(&state, &browser, &page).into_response();
    }
    page(&state, &browser, &Filled::default(), &[]).into_response()
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
    };
    let member = match members::sign_up(&state.app, form).await {
        Ok(member) => member,
        Err(service::Error::Invalid(errors)) => {
            return Ok(page(&state, &browser, &fields, &errors)
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

fn page(state: &State, browser: &Browser, filled: &Filled, errors: &[FieldError]) -> Shown {
    let secret = browser.form_secret(state);
    let page = SignUpPage {
        frame: Frame::new(state, browser),
        form_token: secret.token,
        asks_for_approval: state.app.settings.registrations == Registrations::Approval,
        filled,
        problems: Problems(errors),
    };
    Shown::new(state, browser, &page).cookie(secret.cookie)
}
