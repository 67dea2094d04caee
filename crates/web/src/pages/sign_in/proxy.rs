//! The one page on which a proxy in front may say who somebody is (S54).
//!
//! The proxy protects this path and no other. It is reached by a form of our own, never by a link: a foreign page that
//! leads a browser here cannot sign it in, even though the browser shows the proxy its tickets unasked (S44).

use axum::{
    extract::State as Extract,
    response::{IntoResponse, Redirect, Response},
};
use http::{Extensions, HeaderMap, StatusCode};
use serde::Deserialize;
use service::sign_in::with_name;
use signin::proxy::Peer;
use tracing::warn;

use super::{Told, arrive, page};
use crate::{
    State,
    pages::PageError,
    session::{Coming, Form, How, LocalPath},
};

const UNBELIEVED: &str = "The server in front of this one did not say who you are, or in a way that is not believed. That is for the people who run it to mend; the log says more.";

/// What the button sends along.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Pressed {
    redirect_to: String,
}

/// `GET /auth/sign_in/proxy`, where a browser may come by its history.
pub(in crate::pages) async fn show() -> Response {
    Redirect::to("/auth/sign_in").into_response()
}

/// `POST /auth/sign_in/proxy`
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    extensions: Extensions,
    headers: HeaderMap,
    Form { browser, fields }: Form<Pressed>,
) -> Result<Response, PageError> {
    let Some(proxy) = &state.app.ways.proxy else {
        return Err(PageError::NotFound);
    };
    let next = LocalPath::parse(&fields.redirect_to).unwrap_or_else(LocalPath::front);
    let identity = match proxy.recognise(extensions.get::<Peer>().copied(), &headers) {
        Ok(identity) => identity,
        Err(reason) => {
            warn!(signin.way = "proxy", error = %reason, "Somebody whom the proxy should have named was not believed");
            let told = Told {
                next,
                login: "",
                problem: UNBELIEVED,
            };
            let refused = page(&state, &browser, told).status(StatusCode::FORBIDDEN);
            return Ok(refused.into_response());
        }
    };
    let entry = with_name(&state.app, identity).await?;
    let coming = Coming {
        headers: &headers,
        next,
        how: How::Provider,
        by: None,
        login: "",
    };
    arrive(&state, &browser, entry, coming).await
}
