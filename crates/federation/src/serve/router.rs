//! Every address of ours that peers know.

use axum::Router;
use axum::routing::{get, post};

use super::{
    actor, collections, featured, followers, host_meta, nodeinfo, outbox, status, webfinger,
};
use crate::edge::State;
use crate::inbound::{receive_personal, receive_shared};

/// The routes of the edge.
pub fn router(state: State) -> Router {
    let members = ["/ap/users/{account}", "/users/{account}"];
    let mut router = Router::new()
        .route("/.well-known/webfinger", get(webfinger::show))
        .route("/.well-known/host-meta", get(host_meta::show))
        .route("/.well-known/host-meta.json", get(host_meta::show_json))
        .route("/.well-known/nodeinfo", get(nodeinfo::index))
        .route("/nodeinfo/{version}", get(nodeinfo::show))
        .route("/actor", get(actor::instance))
        .route("/actor/inbox", post(receive_shared))
        .route("/actor/outbox", get(collections::instance_outbox))
        .route("/inbox", post(receive_shared));
    for member in members {
        let at = |rest: &str| format!("{member}{rest}");
        router = router
            .route(&at(""), get(actor::show))
            .route(&at("/inbox"), post(receive_personal))
            .route(&at("/outbox"), get(outbox::show))
            .route(&at("/followers"), get(followers::followers))
            .route(&at("/following"), get(followers::following))
            .route(&at("/collections/featured"), get(featured::posts))
            .route(&at("/collections/tags"), get(featured::tags))
            .route(&at("/statuses/{status}"), get(status::show))
            .route(&at("/statuses/{status}/activity"), get(status::activity))
            .route(&at("/statuses/{status}/replies"), get(collections::replies))
            .route(&at("/statuses/{status}/likes"), get(collections::likes))
            .route(&at("/statuses/{status}/shares"), get(collections::shares));
    }
    router.with_state(state)
}
