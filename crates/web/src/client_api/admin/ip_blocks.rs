//! Ranges of IP addresses.

use axum::extract::State as Extract;
use mastodon::forms::admin::{IpBlock, ListBlocks};
use model::moderation::{Kind, Params as Parameters, Target, params::IpSeverity};
use service::moderation::{
    admin::{self, IpBlockRow},
    propose::{NewProposal, propose_or_approve},
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

/// `GET /api/v1/admin/ip_blocks`
pub(super) async fn list(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    here: Here,
    Params(form): Params<ListBlocks>,
) -> Answer {
    let page = page::ADMIN.page(form.paging);
    let found = admin::ip_blocks(&state.app, &acting, page, listing(&form)).await?;
    let entities: Vec<_> = found
        .iter()
        .map(|ruled| state.renderer.ip_block(ruled))
        .collect();
    let borders = Borders::of(&found, |ruled| ruled.rule.id);
    Ok(here.link(answer(&entities)?, Custom::List, page, borders))
}

/// `GET /api/v1/admin/ip_blocks/:id`
pub(super) async fn show(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    PathId(id): PathId<IpBlockRow>,
) -> Answer {
    let ruled = admin::ip_block(&state.app, &acting, id.get()).await?;
    answer(&state.renderer.ip_block(&ruled))
}

/// `POST /api/v1/admin/ip_blocks`
pub(super) async fn create(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    wish: Wish,
    Params(form): Params<IpBlock>,
) -> Answer {
    let target = typed::target(Kind::IpBlock, form.ip.as_deref().unwrap_or_default())?;
    let key = target.key();
    if admin::ip_block_of(&state.app, &acting, &key)
        .await?
        .is_some()
    {
        return Err(ApiError::invalid(
            "Validation failed: IP has already been taken",
        ));
    }
    let new = of_form(Kind::IpBlock, target, form)?;
    let view = propose_or_approve(&state.app, &acting, new).await?;
    if let Some(granted) = wish.granted(&state, &view) {
        return granted;
    }
    let now = match admin::ip_block(&state.app, &acting, view.proposal.reserved_id).await {
        // Executed, and under the id of an earlier proposal.
        Err(service::Error::NotFound) => admin::ip_block_of(&state.app, &acting, &key)
            .await?
            .ok_or(ApiError::NotFound)?,
        other => other?,
    };
    let mut response = answer(&state.renderer.ip_block(&now))?;
    tell(&state, &view, &mut response);
    Ok(response)
}

/// `DELETE /api/v1/admin/ip_blocks/:id`
pub(super) async fn delete(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<IpBlockRow>,
    wish: Wish,
) -> Answer {
    let ruled = in_force(admin::ip_block(&state.app, &acting, id.get()).await?)?;
    let target = typed::target(Kind::IpUnblock, &ruled.rule.range)?;
    let new = measure::measure(Kind::IpUnblock, target);
    let view = propose_or_approve(&state.app, &acting, new).await?;
    if let Some(granted) = wish.granted(&state, &view) {
        return granted;
    }
    let mut response = nothing_to_say()?;
    tell(&state, &view, &mut response);
    Ok(response)
}

/// `PUT /api/v1/admin/ip_blocks/:id`
///
/// What is left out stays as it is, but for the time, which begins anew.
pub(super) async fn update(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<IpBlockRow>,
    wish: Wish,
    Params(form): Params<IpBlock>,
) -> Answer {
    let ruled = in_force(admin::ip_block(&state.app, &acting, id.get()).await?)?;
    let rule = &ruled.rule;
    let asked = form
        .ip
        .as_deref()
        .map(|text| typed::target(Kind::IpChange, text));
    let target = typed::target(Kind::IpChange, &rule.range)?;
    if asked.transpose()?.is_some_and(|asked| asked != target) {
        return Err(ApiError::invalid(
            "Validation failed: IP cannot be changed; block the other range instead",
        ));
    }
    let whole = IpBlock {
        severity: form.severity.or_else(|| Some(rule.severity.clone())),
        ..form
    };
    let new = of_form(Kind::IpChange, target, whole)?;
    let view = propose_or_approve(&state.app, &acting, new).await?;
    if let Some(granted) = wish.granted(&state, &view) {
        return granted;
    }
    let now = admin::ip_block_of(&state.app, &acting, &ruled.rule.range)
        .await?
        .unwrap_or(ruled);
    let mut response = answer(&state.renderer.ip_block(&now))?;
    tell(&state, &view, &mut response);
    Ok(response)
}

/// The comment stays internal: it may say whose address it is.
fn of_form(kind: Kind, target: Target, form: IpBlock) -> Result<NewProposal, ApiError> {
    let severity = match form.severity.as_deref() {
        Some("sign_up_requires_approval") => IpSeverity::SignUpRequiresApproval,
        Some("sign_up_block") => IpSeverity::SignUpBlock,
        Some("no_access") => IpSeverity::NoAccess,
        _ => {
            return Err(ApiError::invalid(
                "Validation failed: Severity is not included in the list",
            ));
        }
    };
    let mut new = measure::measure(kind, target);
    new.reason_private = form.comment.unwrap_or_default();
    new.params = Parameters {
        ip_severity: Some(severity),
        expires_in: form
            .expires_in
            .map(|seconds| u32::try_from(seconds.max(0)).unwrap_or(u32::MAX)),
        ..Parameters::default()
    };
    Ok(new)
}
