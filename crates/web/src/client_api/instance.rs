//! The server about itself.

use axum::extract::{Path, State as Extract};
use mastodon::moot::DomainBlock;
use model::moderation::document::{Document, DocumentKind};
use service::{
    door, instance,
    moderation::{
        blocked,
        board::documents::{self, Source},
    },
};

use super::answer;
use crate::{
    State,
    error::{Answer, ApiError},
    render::documents as render,
};

/// `GET /api/v2/instance`
pub(super) async fn show(Extract(state): Extract<State>) -> Answer {
    let usage = instance::usage(&state.app).await?;
    let way = door::registrations(&state.app).await?;
    let papers = documents::papers(&state.app).await?;
    answer(&state.renderer.instance(usage, way, &papers))
}

/// `GET /api/v1/instance`
pub(super) async fn show_v1(Extract(state): Extract<State>) -> Answer {
    let usage = instance::usage(&state.app).await?;
    let way = door::registrations(&state.app).await?;
    let papers = documents::papers(&state.app).await?;
    answer(&state.renderer.instance_v1(usage, way, &papers))
}

/// `GET /api/v1/instance/peers`
pub(super) async fn peers(Extract(state): Extract<State>) -> Answer {
    let domains = instance::peers(&state.app).await?;
    answer(&domains)
}

/// `GET /api/v1/instance/rules`
pub(super) async fn rules(Extract(state): Extract<State>) -> Answer {
    let rules = documents::rules(&state.app).await?;
    answer(&render::rules(&rules))
}

/// `GET /api/v1/instance/extended_description`
pub(super) async fn extended_description(Extract(state): Extract<State>) -> Answer {
    let about = documents::current(&state.app, DocumentKind::About).await?;
    answer(&state.renderer.extended_description(&about))
}

/// `GET /api/v1/instance/privacy_policy`
pub(super) async fn privacy_policy(Extract(state): Extract<State>) -> Answer {
    let policy = documents::current(&state.app, DocumentKind::Privacy).await?;
    answer(&state.renderer.privacy_policy(&policy))
}

/// `GET /api/v1/instance/terms_of_service`
pub(super) async fn terms_of_service(Extract(state): Extract<State>) -> Answer {
    let terms = documents::current(&state.app, DocumentKind::Terms).await?;
    if terms.source == Source::Default {
        return Err(ApiError::NotFound);
    }
    let next = documents::upcoming(&state.app, DocumentKind::Terms).await?;
    answer(
        &state
            .renderer
            .terms_of_service(&terms.document, true, next.as_ref()),
    )
}

/// `GET /api/v1/instance/terms_of_service/:date`: those whose first day it was or will be.
pub(super) async fn terms_of_service_of(
    Extract(state): Extract<State>,
    Path(date): Path<String>,
) -> Answer {
    let versions = documents::versions(&state.app, DocumentKind::Terms).await?;
    let first_day = |document: &Document| document.effective_at.map(|at| at.date().to_string());
    let place = versions
        .iter()
        .position(|document| first_day(document).as_deref() == Some(date.as_str()))
        .ok_or(ApiError::NotFound)?;
    let current = documents::current(&state.app, DocumentKind::Terms).await?;
    let is_in_force = current.document.version == versions[place].version;
    let newer = place.checked_sub(1).map(|newer| &versions[newer]);
    answer(
        &state
            .renderer
            .terms_of_service(&versions[place], is_in_force, newer),
    )
}

/// `GET /api/v1/instance/domain_blocks`
///
/// What is blocked is public, as the log of moderation is.
pub(super) async fn domain_blocks(Extract(state): Extract<State>) -> Answer {
    let blocked = blocked::blocked_servers(&state.app).await?;
    let entities: Vec<DomainBlock> = blocked
        .into_iter()
        .map(|server| DomainBlock {
            domain: server.domain,
            digest: server.digest,
            severity: server.severity,
            comment: Some(server.comment).filter(|comment| !comment.is_empty()),
        })
        .collect();
    answer(&entities)
}
