//! NodeInfo: what software this is and how many use it.

use activitypub::emit::{
    NodeInfo, NodeInfoIndex, NodeInfoSoftware, NodeInfoUsage, NodeInfoUsers, NodeInfoVersion,
    to_json,
};
use axum::extract::{Path, State as Shared};
use axum::response::Response;
use model::instance::Registrations;
use serde_json::json;
use service::{App, instance};

use super::answer::{self, not_found};
use crate::edge::State;
use crate::inbound::Rejection;

/// How long the index may be kept, in seconds.
const INDEX_AGE: u32 = 3 * 24 * 60 * 60;
/// How long the figures may be kept, in seconds.
const FIGURES_AGE: u32 = 30 * 60;

/// `GET /.well-known/nodeinfo`.
pub(super) async fn index(Shared(state): Shared<State>) -> Response {
    let urls = &state.app.urls;
    let index = NodeInfoIndex::new(urls.base(), &urls.instance_actor());
    answer::cached(
        to_json(&index),
        "application/json; charset=utf-8",
        INDEX_AGE,
    )
}

/// `GET /nodeinfo/2.0`, `GET /nodeinfo/2.1`.
pub(super) async fn show(
    Shared(state): Shared<State>,
    Path(version): Path<String>,
) -> Result<Response, Rejection> {
    let version = [NodeInfoVersion::V2_0, NodeInfoVersion::V2_1]
        .into_iter()
        .find(|known| known.as_str() == version)
        .ok_or_else(not_found)?;
    let document = document(&state.app, version).await?;
    Ok(answer::cached(
        to_json(&document),
        &version.content_type(),
        FIGURES_AGE,
    ))
}

async fn document(app: &App, version: NodeInfoVersion) -> service::Result<NodeInfo> {
    let usage = instance::usage(app).await?;
    let settings = &app.settings;
    let software = NodeInfoSoftware {
        name: "moot",
        version: env!("CARGO_PKG_VERSION").to_owned(),
        repository: Some(settings.presentation.source_url.clone()).filter(|url| !url.is_empty()),
        homepage: None,
    };
    let usage = NodeInfoUsage {
        users: NodeInfoUsers {
            total: usage.members.unsigned_abs(),
            active_month: usage.active_month.unsigned_abs(),
            active_halfyear: usage.active_half_year.unsigned_abs(),
        },
        local_posts: usage.local_statuses.unsigned_abs(),
    };
    let mut document = NodeInfo::new(version, software, usage);
    document.open_registrations =
        app.door.registrations(settings.registrations) != Registrations::Closed;
    document
        .metadata
        .insert("nodeName".to_owned(), json!(settings.presentation.title));
    document.metadata.insert(
        "nodeDescription".to_owned(),
        json!(settings.presentation.description),
    );
    document
        .metadata
        .insert("profile".to_owned(), json!(settings.profile.as_str()));
    Ok(document)
}
