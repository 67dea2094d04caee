//! The edge towards people and their apps: Mastodon's client API, sign-in, and the pages that
//! work without script.
//!
//! A handler extracts, calls one operation of `service`, renders, and answers. *Invariant:* nothing
//! here decides what may happen or touches the database; nothing here has heard of `ActivityPub`.

pub mod client_api;
pub mod cors;
pub mod door;
mod error;
mod extract;
mod hear_out;
mod limits;
mod moot_api;
mod oauth;
pub mod openapi;
mod pages;
mod placeholders;
mod render;
mod session;
mod shelf;
mod state;

pub use extract::ClientAddress;
pub use state::State;

/// Everything people and their apps may ask, to be merged with what peers may.
///
/// Wrap the merged router in [`cors::allow`], so that answers to apps in browsers are marked
/// wherever they come from.
pub fn router(app: service::App) -> axum::Router {
    let state = State::new(app);
    axum::Router::new()
        .merge(client_api::router(state.clone()))
        .merge(oauth::router(state.clone()))
        .merge(pages::router(state))
        .merge(placeholders::router())
        .layer(axum::middleware::from_fn(hear_out::hear_out))
}
