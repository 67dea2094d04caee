//! Mail addresses with which nobody joins. Only hashes are kept and shown.

use axum::extract::State as Extract;
use mastodon::forms::admin::{CanonicalEmailBlock, ListBlocks};
use model::moderation::{Kind, Target};
use service::moderation::{
    admin::{self, EmailBlockRow},
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

/// `GET /api/v1/admin/canonical_email_blocks`
pub(super) async fn list(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    here: Here,
    Params(form): Params<ListBlocks>,
) -> Answer {
    let page = page::ADMIN.page(form.paging);
    let found = admin::email_blocks(&state.app, &acting, page, listing(&form)).await?;
    let entities: Vec<_> = found
        .iter()
        .map(|ruled| state.renderer.email_block(ruled))
        .collect();
    let borders = Borders::of(&found, |ruled| ruled.rule.id);
    Ok(here.link(answer(&entities)?, Custom::List, page, borders))
}

/// `GET /api/v1/admin/canonical_email_blocks/:id`
pub(super) async fn show(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    PathId(id): PathId<EmailBlockRow>,
) -> Answer {
    let ruled = admin::email_block(&state.app, &acting, id.get()).await?;
    answer(&state.renderer.email_block(&ruled))
}

/// `POST /api/v1/admin/canonical_email_blocks`
pub(super) async fn create(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    wish: Wish,
    Params(form): Params<CanonicalEmailBlock>,
) -> Answer {
    let target = address(form)?;
    let key = target.key();
    if admin::email_block_of(&state.app, &acting, &key)
        .await?
        .is_some()
    {
        return Err(ApiError::invalid(
            "Validation failed: Canonical email hash has already been taken",
        ));
    }
    let new = measure::measure(Kind::EmailBlock, target);
    let view = propose_or_approve(&state.app, &acting, new).await?;
    if let Some(granted) = wish.granted(&state, &view) {
        return granted;
    }
    let now = match admin::email_block(&state.app, &acting, view.proposal.reserved_id).await {
        // Executed, and under the id of an earlier proposal.
        Err(service::Error::NotFound) => admin::email_block_of(&state.app, &acting, &key)
            .await?
            .ok_or(ApiError::NotFound)?,
        other => other?,
    };
    let mut response = answer(&state.renderer.email_block(&now))?;
    tell(&state, &view, &mut response);
    Ok(response)
}

/// `DELETE /api/v1/admin/canonical_email_blocks/:id`
pub(super) async fn delete(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<EmailBlockRow>,
    wish: Wish,
) -> Answer {
    let ruled = in_force(admin::email_block(&state.app, &acting, id.get()).await?)?;
    let target = typed::target(Kind::EmailUnblock, &ruled.rule.hash)?;
    let new = measure::measure(Kind::EmailUnblock, target);
    let view = propose_or_approve(&state.app, &acting, new).await?;
    if let Some(granted) = wish.granted(&state, &view) {
        return granted;
    }
    let mut response = nothing_to_say()?;
    tell(&state, &view, &mut response);
    Ok(response)
}

/// `POST /api/v1/admin/canonical_email_blocks/test`
///
/// The rule about an address, if there is one. Nothing is changed or kept.
pub(super) async fn test(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    Params(form): Params<CanonicalEmailBlock>,
) -> Answer {
    let key = address(form)?.key();
    let found = admin::email_block_of(&state.app, &acting, &key).await?;
    let entities: Vec<_> = found
        .iter()
        .map(|ruled| state.renderer.email_block(ruled))
        .collect();
    answer(&entities)
}

fn address(form: CanonicalEmailBlock) -> Result<Target, ApiError> {
    let text = form.canonical_email_hash.or(form.email).unwrap_or_default();
    Ok(typed::target(Kind::EmailBlock, &text)?)
}
