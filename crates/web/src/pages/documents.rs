//! What the organisation says of itself and asks of its members.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use model::instance::Usage;
use service::instance;
use text::documents::markdown;

use super::{Frame, PageError, Shown, html::Html};
use crate::{State, session::Browser};

#[derive(Template)]
#[template(path = "about.html")]
struct About {
    frame: Frame,
    text: Html,
    usage: Usage,
}

#[derive(Template)]
#[template(path = "rules.html")]
struct Rules {
    frame: Frame,
}

#[derive(Template)]
#[template(path = "document.html")]
struct Document {
    frame: Frame,
    heading: &'static str,
    text: Html,
}

/// `GET /about`
pub(super) async fn about(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let page = About {
        frame: Frame::new(&state, &browser),
        text: Html(markdown(&state.app.settings.presentation.about)),
        usage: instance::usage(&state.app).await?,
    };
    Ok(Shown::new(&state, &browser, &page).into_response())
}

/// `GET /rules`
pub(super) async fn rules(Extract(state): Extract<State>, browser: Browser) -> Response {
    let page = Rules {
        frame: Frame::new(&state, &browser),
    };
    Shown::new(&state, &browser, &page).into_response()
}

/// `GET /privacy-policy`
pub(super) async fn privacy_policy(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let source = &state.app.settings.presentation.privacy_policy;
    document(&state, &browser, "Privacy policy", source)
}

/// `GET /terms-of-service`
pub(super) async fn terms_of_service(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let source = &state.app.settings.presentation.terms_of_service;
    document(&state, &browser, "Terms of service", source)
}

/// What nobody has written is not there.
fn document(
    state: &State,
    browser: &Browser,
    heading: &'static str,
    source: &str,
) -> Result<Response, PageError> {
    if source.trim().is_empty() {
        return Err(PageError::NotFound);
    }
    let frame = Frame::new(state, browser);
    let page = Document {
        frame,
        heading,
        text: Html(markdown(source)),
    };
    Ok(Shown::new(state, browser, &page).into_response())
}
