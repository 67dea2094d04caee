//! Mail providers at whose addresses nobody joins.

use axum::extract::State as Extract;
use mastodon::forms::admin::{EmailDomainBlock, ListBlocks};
use model::moderation::{Kind, Params as Parameters};
use service::moderation::{
    admin::{self, EmailDomainBlockRow},
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

/// `GET /api/v1/admin/email_domain_blocks`
pub(super) async fn list(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    here: Here,
    Params(form): Params<ListBlocks>,
) -> Answer {
    let page = page::ADMIN.page(form.paging);
    let found = admin::email_domain_blocks(&state.app, &acting, page, listing(&form)).await?;
    let entities: Vec<_> = found
        .iter()
        .map(|ruled| state.renderer.email_domain_block(ruled))
        .collect();
    let borders = Borders::of(&found, |ruled| ruled.rule.id);
    Ok(here.link(answer(&entities)?, Custom::List, page, borders))
}

/// `GET /api/v1/admin/email_domain_blocks/:id`
pub(super) async fn show(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    PathId(id): PathId<EmailDomainBlockRow>,
) -> Answer {
    let ruled = admin::email_domain_block(&state.app, &acting, id.get()).await?;
    answer(&state.renderer.email_domain_block(&ruled))
}

/// `POST /api/v1/admin/email_domain_blocks`
pub(super) async fn create(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    wish: Wish,
    Params(form): Params<EmailDomainBlock>,
) -> Answer {
    let text = form.domain.as_deref().unwrap_or_default();
    let target = typed::target(Kind::EmailDomainBlock, text)?;
    let key = target.key();
    if admin::email_domain_block_of(&state.app, &acting, &key)
        .await?
        .is_some()
    {
        return Err(ApiError::invalid(
            "Validation failed: Domain has already been taken",
        ));
    }
    let mut new = measure::measure(Kind::EmailDomainBlock, target);
    new.params = Parameters {
        allow_with_approval: form.allow_with_approval,
        ..Parameters::default()
    };
    let view = propose_or_approve(&state.app, &acting, new).await?;
    if let Some(granted) = wish.granted(&state, &view) {
        return granted;
    }
    let now = match admin::email_domain_block(&state.app, &acting, view.proposal.reserved_id).await
    {
        // Executed, and under the id of an earlier proposal.
        Err(service::Error::NotFound) => admin::email_domain_block_of(&state.app, &acting, &key)
            .await?
            .ok_or(ApiError::NotFound)?,
        other => other?,
    };
    let mut response = answer(&state.renderer.email_domain_block(&now))?;
    tell(&state, &view, &mut response);
    Ok(response)
}

/// `DELETE /api/v1/admin/email_domain_blocks/:id`
pub(super) async fn delete(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<EmailDomainBlockRow>,
    wish: Wish,
) -> Answer {
    let ruled = in_force(admin::email_domain_block(&state.app, &acting, id.get()).await?)?;
    let target = typed::target(Kind::EmailDomainUnblock, &ruled.rule.domain)?;
    let new = measure::measure(Kind::EmailDomainUnblock, target);
    let view = propose_or_approve(&state.app, &acting, new).await?;
    if let Some(granted) = wish.granted(&state, &view) {
        return granted;
    }
    let mut response = nothing_to_say()?;
    tell(&state, &view, &mut response);
    Ok(response)
}
