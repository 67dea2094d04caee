//! A member is asked whether an app may act for them, and answers.

use axum::{
    extract::{Query, State as Extract, rejection::QueryRejection},
    response::{IntoResponse, Redirect, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use service::auth;
use url::form_urlencoded;

use super::{
    consent::{CodePage, Consent, GoesTo, RefusedPage, Website, permissions},
    redirect::to_app,
    request::{Asked, Refusal, Request},
};
use crate::{
    State,
    pages::{FormTargets, Frame, PageError, Shown},
    session::{Browser, Form, SignedIn},
};

/// `GET /oauth/authorize`
pub(super) async fn ask(
    Extract(state): Extract<State>,
    browser: Browser,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, PageError> {
    let Query(asked) = asked.map_err(|_| PageError::Malformed)?;
    let request = match find(&state, &asked).await? {
        Ok(request) => request,
        Err(refusal) => return Ok(refuse(&state, &browser, &asked, &refusal)),
    };
    match &browser.signed_in {
        Some(signed_in) if !asked.forces_login() => {
            Ok(consent_page(&state, &browser, signed_in, &asked, &request))
        }
        _ => Ok(Redirect::to(&sign_in_path(&asked)).into_response()),
    }
}

/// What the buttons send: the request as it was asked, and the answer.
#[derive(Deserialize)]
pub(super) struct Answer {
    #[serde(flatten)]
    asked: Asked,
    #[serde(default)]
    decision: String,
    /// Rails' way of saying DELETE in a form, which scripts written for Mastodon may use.
    #[serde(default, rename = "_method")]
    method: String,
}

/// `POST /oauth/authorize`
pub(super) async fn decide(
    Extract(state): Extract<State>,
    form: Form<Answer>,
) -> Result<Response, PageError> {
    let is_yes = form.fields.decision == "allow" && form.fields.method.is_empty();
    if !is_yes {
        return deny(Extract(state), form).await;
    }
    let asked = form.fields.asked;
    let request = match find(&state, &asked).await? {
        Ok(request) => request,
        Err(refusal) => return Ok(refuse(&state, &form.browser, &asked, &refusal)),
    };
    let Some(signed_in) = &form.browser.signed_in else {
        return Ok(Redirect::to(&sign_in_path(&asked)).into_response());
    };
    let consent = auth::Consent {
        application_id: request.application.id,
        account_id: signed_in.member.account.id,
        redirect_uri: request.redirect_uri.clone(),
        scopes: request.scopes,
        pkce_challenge: request.pkce_challenge,
        stepped_up_at: signed_in.session.stepped_up_at,
    };
    let code = auth::grant_code(&state.app, consent).await?;
    if request.redirect_uri == auth::OUT_OF_BAND {
        let path = format!("/oauth/authorize/native?code={}", code.reveal());
        return Ok(Redirect::to(&path).into_response());
    }
    let mut answer = vec![("code", code.reveal())];
    answer.extend(request.state.as_deref().map(|state| ("state", state)));
    Ok(to_app(&request.redirect_uri, &answer))
}

/// `DELETE /oauth/authorize`, and the other button.
pub(super) async fn deny(
    Extract(state): Extract<State>,
    form: Form<Answer>,
) -> Result<Response, PageError> {
    let asked = form.fields.asked;
    let refusal = match find(&state, &asked).await? {
        Ok(_) => Refusal::App {
            error: "access_denied",
            description: "The member has not agreed.",
        },
        Err(refusal) => refusal,
    };
    Ok(refuse(&state, &form.browser, &asked, &refusal))
}

/// A code on its way into an app by hand.
#[derive(Deserialize)]
pub(super) struct ShownCode {
    #[serde(default)]
    code: String,
}

/// `GET /oauth/authorize/native`
pub(super) async fn show_code(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(ShownCode { code }): Query<ShownCode>,
) -> Result<Response, PageError> {
    let is_code = code.len() == 43
        && code
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if browser.signed_in.is_none() || !is_code {
        return Err(PageError::NotFound);
    }
    let frame = Frame::new(&state, &browser);
    Ok(Shown::new(&state, &browser, &CodePage { frame, code }).into_response())
}

async fn find(state: &State, asked: &Asked) -> Result<Result<Request, Refusal>, PageError> {
    let application = if asked.client_id.is_empty() || asked.client_id.contains('\0') {
        None
    } else {
        auth::find_application(&state.app, &asked.client_id).await?
    };
    Ok(asked.check(application))
}

fn refuse(state: &State, browser: &Browser, asked: &Asked, refusal: &Refusal) -> Response {
    match refusal {
        Refusal::App { error, description } if asked.redirect_uri != auth::OUT_OF_BAND => {
            let mut answer = vec![("error", *error), ("error_description", *description)];
            answer.extend(asked.state.as_deref().map(|state| ("state", state)));
            to_app(&asked.redirect_uri, &answer)
        }
        Refusal::App { description, .. } => {
            refused_page(state, browser, http::StatusCode::BAD_REQUEST, description)
        }
        Refusal::Page(status, reason) => refused_page(state, browser, *status, reason),
    }
}

fn refused_page(
    state: &State,
    browser: &Browser,
    status: http::StatusCode,
    reason: &'static str,
) -> Response {
    let page = RefusedPage {
        frame: Frame::new(state, browser),
        reason,
    };
    Shown::new(state, browser, &page)
        .status(status)
        .private()
        .into_response()
}

fn consent_page(
    state: &State,
    browser: &Browser,
    signed_in: &SignedIn,
    asked: &Asked,
    request: &Request,
) -> Response {
    let page = Consent {
        frame: Frame::new(state, browser),
        form_token: signed_in.form_token(state),
        handle: format!(
            "@{}@{}",
            signed_in.member.account.username, state.app.settings.local_domain
        ),
        app_name: &request.application.name,
        website: Website::of(request),
        goes_to: GoesTo::of(&request.redirect_uri),
        permissions: permissions(request),
        scope: request.scopes.to_string(),
        sign_in_as_another: sign_in_path(asked),
        asked,
    };
    // The redirect to the app's own address follows the form, and browsers hold it against form-action.
    Shown::new(state, browser, &page)
        .forms_lead(FormTargets::Anywhere)
        .into_response()
}

/// The sign-in page, which leads back here; without `force_login`, which has then been done.
fn sign_in_path(asked: &Asked) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in [
        ("client_id", Some(&asked.client_id)),
        ("redirect_uri", Some(&asked.redirect_uri)),
        ("response_type", Some(&asked.response_type)),
        ("response_mode", Some(&asked.response_mode)),
        ("scope", Some(&asked.scope)),
        ("state", asked.state.as_ref()),
        ("code_challenge", Some(&asked.code_challenge)),
        ("code_challenge_method", Some(&asked.code_challenge_method)),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            query.append_pair(name, value);
        }
    }
    let back = format!("/oauth/authorize?{}", query.finish());
    format!(
        "/auth/sign_in?redirect_to={}",
        utf8_percent_encode(&back, NON_ALPHANUMERIC)
    )
}
