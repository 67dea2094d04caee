//! Servers that may federate where only listed ones may.

use axum::extract::State as Extract;
use mastodon::forms::admin::{DomainAllow, ListBlocks};
use model::moderation::Kind;
use service::moderation::{
    admin::{self, DomainAllowRow},
    propose::propose_or_approve,
    typed,
};

use super::{
    domain_blocks::{in_force, listing},
    measure,
    proposed::{Wish, tell},
};
use crate::{
    State,
    client_api::{
        answer,
        links::{Borders, Custom, Here},
        nothing_to_say, page,
    },
    error::{Answer, ApiError},
    extract::{Moderator, Officer, Params, PathId},
};

/// `GET /api/v1/admin/domain_allows`
pub(super) async fn list(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    here: Here,
    Params(form): Params<ListBlocks>,
) -> Answer {
    let page = page::ADMIN.page(form.paging);
    let found = admin::domain_allows(&state.app, &acting, page, listing(&form)).await?;
    let entities: Vec<_> = found
        .iter()
        .map(|ruled| state.renderer.domain_allow(ruled))
        .collect();
    let borders = Borders::of(&found, |ruled| ruled.rule.id);
    Ok(here.link(answer(&entities)?, Custom::List, page, borders))
}

/// `GET /api/v1/admin/domain_allows/:id`
pub(super) async fn show(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    PathId(id): PathId<DomainAllowRow>,
) -> Answer {
    let ruled = admin::domain_allow(&state.app, &acting, id.get()).await?;
    answer(&state.renderer.domain_allow(&ruled))
}

/// `POST /api/v1/admin/domain_allows`
pub(super) async fn create(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    wish: Wish,
    Params(form): Params<DomainAllow>,
) -> Answer {
    let target = typed::target(
        Kind::DomainAllow,
        form.domain.as_deref().unwrap_or_default(),
    )?;
    let key = target.key();
    if let Some(there) = admin::domain_allow_of(&state.app, &acting, &key).await? {
        return answer(&state.renderer.domain_allow(&there));
    }
    let new = measure::measure(Kind::DomainAllow, target);
    let view = propose_or_approve(&state.app, &acting, new).await?;
    if let Some(granted) = wish.granted(&state, &view) {
        return granted;
    }
    let now = match admin::domain_allow(&state.app, &acting, view.proposal.reserved_id).await {
        // Executed, and under the id of an earlier proposal.
        Err(service::Error::NotFound) => admin::domain_allow_of(&state.app, &acting, &key)
            .await?
            .ok_or(ApiError::NotFound)?,
        other => other?,
    };
    let mut response = answer(&state.renderer.domain_allow(&now))?;
    tell(&state, &view, &mut response);
    Ok(response)
}

/// `DELETE /api/v1/admin/domain_allows/:id`
pub(super) async fn delete(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<DomainAllowRow>,
    wish: Wish,
) -> Answer {
    let ruled = in_force(admin::domain_allow(&state.app, &acting, id.get()).await?)?;
    let target = typed::target(Kind::DomainDisallow, &ruled.rule.domain)?;
    let new = measure::measure(Kind::DomainDisallow, target);
    let view = propose_or_approve(&state.app, &acting, new).await?;
    if let Some(granted) = wish.granted(&state, &view) {
        return granted;
    }
    let mut response = nothing_to_say()?;
    tell(&state, &view, &mut response);
    Ok(response)
}
