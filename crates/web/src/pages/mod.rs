//! The pages that people open in a browser: they work without script, and everybody may read them.
//!
//! A handler calls operations, fills a template and hands it to [`Shown`], which alone writes the
//! headers; so no page can be without them.

mod address;
mod assets;
mod board;
mod cards;
mod confirmation;
mod console;
mod decisions;
mod document_link;
mod documents;
mod error;
mod fields;
mod frame;
mod html;
mod interaction;
mod landing;
mod leaving;
mod letter;
mod measures;
mod moderation;
mod note;
mod password;
mod policy;
mod post;
mod private_email;
mod profile;
mod providers;
mod remote;
mod second_factor;
mod security;
mod shown;
mod sign_in;
mod sign_out;
mod sign_up;
mod spans;
mod tag;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post as posted},
};
use http::{Method, Uri};

pub(crate) use error::PageError;
pub(crate) use frame::Frame;
pub(crate) use policy::FormTargets;
pub(crate) use shown::Shown;

use crate::{State, session::LocalPath};

/// The largest form, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// Every page, and the answer where there is none.
pub(crate) fn router(state: State) -> Router {
    Router::new()
        .route("/", get(landing::show))
        .route("/auth/sign_in", get(sign_in::show).post(sign_in::submit))
        .route(
            "/auth/sign_in/proxy",
            get(sign_in::proxy::show).post(sign_in::proxy::submit),
        )
        .route(
            "/auth/link",
            get(sign_in::link::show).post(sign_in::link::submit),
        )
        .route(
            "/auth/second_factor",
            get(second_factor::show::show).post(second_factor::show::submit),
        )
        .route(
            "/auth/second_factor/set_up",
            get(second_factor::set_up::show),
        )
        .route(
            "/auth/passkey",
            get(second_factor::passkey::show).post(second_factor::passkey::submit),
        )
        .route(
            "/auth/step_up",
            get(second_factor::step_up::show)
                .post(second_factor::step_up::submit)
                // Whatever form is on its way goes through here.
                .layer(DefaultBodyLimit::max(board::MAX_BODY)),
        )
        .merge(decisions::router())
        .merge(security::router())
        .merge(moderation::router())
        .merge(console::router())
        .merge(providers::router())
        .route("/auth/sign_out", posted(sign_out::submit))
        .route("/auth/sign_up", get(sign_up::show).post(sign_up::submit))
        .route(
            "/auth/confirmation",
            get(confirmation::show).post(confirmation::submit),
        )
        .route(
            "/auth/confirmation/new",
            get(confirmation::ask).post(confirmation::send),
        )
        .route(
            "/auth/password/new",
            get(password::ask).post(password::send),
        )
        .route(
            "/auth/password/edit",
            get(password::show).post(password::submit),
        )
        .route("/settings/email", get(address::show).post(address::submit))
        .route(
            "/settings/private_email",
            get(private_email::show).post(private_email::submit),
        )
        .route(
            "/settings/private_email/forget",
            posted(private_email::forget),
        )
        .route(
            "/settings/private_email/{secret}",
            get(private_email::asked).post(private_email::confirm),
        )
        .route("/auth/leaving", get(leaving::show))
        .route("/auth/leaving/link", posted(leaving::door::ask))
        .route("/auth/leaving/close", posted(leaving::close))
        .route("/auth/leaving/delete", posted(leaving::delete::submit))
        .route("/auth/leaving/export/{file}", get(leaving::export::show))
        .route(
            "/auth/leaving/{key}",
            get(leaving::door::show).post(leaving::door::open),
        )
        .route("/@{name}", get(profile::show))
        .route("/@{name}/with_replies", get(profile::show_with_replies))
        .route("/@{name}/{id}", get(post::show))
        .route("/tags/{name}", get(tag::show))
        .route("/about", get(documents::about))
        .route("/rules", get(documents::rules))
        .route("/privacy-policy", get(documents::privacy_policy))
        .route("/terms-of-service", get(documents::terms_of_service))
        .route("/terms-of-service/{date}", get(documents::terms_of))
        .route("/guidelines", get(documents::guidelines))
        .route("/contact", get(documents::contact))
        .route("/documents", get(documents::list))
        .route("/documents/{kind}", get(documents::versions))
        .route("/documents/{kind}/{version}", get(documents::version))
        .route(
            "/documents/{kind}/{version}/changes",
            get(documents::changes),
        )
        .route("/authorize_interaction", get(interaction::show))
        .route("/assets/{file}", get(assets::serve))
        .fallback(nowhere)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .merge(board::router())
        .with_state(state)
}

/// Nothing is there; but somebody who wrote a slash too many finds the page.
async fn nowhere(method: Method, uri: Uri) -> Response {
    let reads = matches!(method, Method::GET | Method::HEAD);
    match without_slash(&uri).filter(|_| reads) {
        Some(path) => Redirect::permanent(path.as_str()).into_response(),
        None => PageError::NotFound.into_response(),
    }
}

fn without_slash(uri: &Uri) -> Option<LocalPath> {
    let path = uri.path().strip_suffix('/')?;
    match uri.query() {
        Some(query) => LocalPath::parse(&format!("{path}?{query}")),
        None => LocalPath::parse(path),
    }
}
