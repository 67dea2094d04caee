//! Proving, before something that matters, that it is still the member who sits there.
//!
//! A form that was sent too late after the last proof comes here with all that was filled in, and goes on from here to
//! where it was sent: nothing has to be typed twice.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use http::header;
use service::second_factor::{self, BrowserTie, Proof, Provable};

use super::{
    Carried, Challenge, Problem, WRONG_CODE, WRONG_PASSKEY, WRONG_PASSWORD, leading_to,
    set_up::Next,
};
use crate::{
    State,
    pages::{Frame, PageError, Shown, fields::Fields},
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
    carried: Carried,
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
    let asking = Asking::for_page(next);
    Ok(page(&state, &browser, signed_in, &asking, Problem::None)
        .await?
        .into_response())
}

/// Asks for a proof before a form of this page is taken, and keeps what was filled in.
pub(in crate::pages) async fn before(
    state: &State,
    browser: &Browser,
    path: &str,
    fields: &Fields,
) -> Result<Response, PageError> {
    let signed_in = browser.sitting().ok_or(PageError::NotFound)?;
    let asking = Asking {
        next: LocalPath::parse(path).ok_or(PageError::NotFound)?,
        carried: Carried::of(fields),
    };
    Ok(page(state, browser, signed_in, &asking, Problem::None)
        .await?
        .into_response())
}

/// `POST /auth/step_up`
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let asking = Asking {
        next: LocalPath::parse(fields.get("redirect_to")).unwrap_or_else(security),
        carried: Carried::on(&fields),
    };
    let Some(signed_in) = browser.sitting() else {
        return Ok(Redirect::to(&leading_to("/auth/sign_in", &asking.next)).into_response());
    };
    let (proof, wrong) = if fields.is_there("code") {
        (Proof::Code(fields.get("code")), WRONG_CODE)
    } else if fields.is_there("password") {
        (Proof::Password(fields.raw("password")), WRONG_PASSWORD)
    } else {
        let tie = BrowserTie(fields.get("form_token"));
        (Proof::Passkey(tie, fields.get("answer")), WRONG_PASSKEY)
    };
    let SignedIn {
        session, member, ..
    } = signed_in;
    let verdict = second_factor::step_up(&state.app, session, member, proof).await?;
    match Problem::of(verdict, wrong) {
        None => Ok(asking.go_on()),
        Some(problem) => Ok(page(&state, &browser, signed_in, &asking, problem)
            .await?
            .into_response()),
    }
}

/// Where somebody goes on to, and with what.
struct Asking {
    next: LocalPath,
    carried: Carried,
}

impl Asking {
    fn for_page(next: LocalPath) -> Self {
        Self {
            next,
            carried: Carried::default(),
        }
    }

    /// A form is sent on as it is: the browser repeats it there (RFC 9110, section 15.4.8).
    fn go_on(&self) -> Response {
        if self.carried.is_something() {
            let private = [(header::CACHE_CONTROL, "private, no-store")];
            (private, Redirect::temporary(self.next.as_str())).into_response()
        } else {
            Redirect::to(self.next.as_str()).into_response()
        }
    }
}

fn security() -> LocalPath {
    LocalPath::parse("/settings/security").unwrap_or_else(LocalPath::front)
}

async fn page(
    state: &State,
    browser: &Browser,
    signed_in: &SignedIn,
    Asking { next, carried }: &Asking,
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
            carried: carried.clone(),
            ..Challenge::get("/auth/step_up", question, &form_token)
        }),
        form_token,
        carried: carried.clone(),
        asks,
        sign_in: leading_to("/auth/sign_in", next),
        problem: problem.words(),
    };
    let shown = Shown::new(state, browser, &page).scripted_if(page.challenge.is_some());
    Ok(problem.mark(shown.private()))
}
