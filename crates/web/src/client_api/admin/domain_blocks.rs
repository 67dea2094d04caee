//! Rules about servers.

use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use mastodon::{
    admin::ExistingDomainBlock,
    forms::admin::{DomainBlock, ListBlocks},
};
use model::moderation::{Kind, Params as Parameters, Target, params::DomainSeverity};
use service::moderation::{
    admin::{self, DomainBlockRow, Listing, Ruled},
    propose::propose_or_approve,
    typed,
};

use super::{
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

/// `GET /api/v1/admin/domain_blocks`
pub(super) async fn list(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    here: Here,
    Params(form): Params<ListBlocks>,
) -> Answer {
    let page = page::ADMIN.page(form.paging);
    let found = admin::domain_blocks(&state.app, &acting, page, listing(&form)).await?;
    let entities: Vec<_> = found
        .iter()
        .map(|ruled| state.renderer.domain_block(ruled))
        .collect();
    let borders = Borders::of(&found, |ruled| ruled.rule.id);
    Ok(here.link(answer(&entities)?, Custom::List, page, borders))
}

/// `GET /api/v1/admin/domain_blocks/:id`
pub(super) async fn show(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    PathId(id): PathId<DomainBlockRow>,
) -> Answer {
    let ruled = admin::domain_block(&state.app, &acting, id.get()).await?;
    answer(&state.renderer.domain_block(&ruled))
}

/// `POST /api/v1/admin/domain_blocks`
///
/// The answer has the id that the rule will have.
pub(super) async fn create(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    wish: Wish,
    Params(form): Params<DomainBlock>,
) -> Answer {
    let target = typed::target(
        Kind::DomainBlock,
        form.domain.as_deref().unwrap_or_default(),
    )?;
    if let Some(there) = admin::domain_block_of(&state.app, &acting, &target.key()).await? {
        return exists(&state, &there);
    }
    let new = of_form(Kind::DomainBlock, target.clone(), form)?;
    let view = propose_or_approve(&state.app, &acting, new).await?;
    if let Some(granted) = wish.granted(&state, &view) {
        return granted;
    }
    let now = admin::domain_block(&state.app, &acting, view.proposal.reserved_id).await;
    let now = match now {
        // Executed, and under the id of an earlier proposal.
        Err(service::Error::NotFound) => admin::domain_block_of(&state.app, &acting, &target.key())
            .await?
            .ok_or(ApiError::NotFound)?,
        other => other?,
    };
    let mut response = answer(&state.renderer.domain_block(&now))?;
    tell(&state, &view, &mut response);
    Ok(response)
}

/// `PUT /api/v1/admin/domain_blocks/:id`
///
/// What is left out stays as it is.
pub(super) async fn update(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<DomainBlockRow>,
    wish: Wish,
    Params(form): Params<DomainBlock>,
) -> Answer {
    let ruled = in_force(admin::domain_block(&state.app, &acting, id.get()).await?)?;
    let rule = &ruled.rule;
    let target = typed::target(Kind::DomainChange, &rule.domain)?;
    let whole = DomainBlock {
        domain: None,
        severity: form.severity.or_else(|| Some(rule.severity.clone())),
        reject_media: form.reject_media.or(Some(rule.reject_media)),
        reject_reports: form.reject_reports.or(Some(rule.reject_reports)),
        obfuscate: form.obfuscate.or(Some(rule.obfuscate)),
        public_comment: form.public_comment,
        private_comment: form.private_comment,
    };
    let new = of_form(Kind::DomainChange, target, whole)?;
    let view = propose_or_approve(&state.app, &acting, new).await?;
    if let Some(granted) = wish.granted(&state, &view) {
        return granted;
    }
    let now = admin::domain_block_of(&state.app, &acting, &ruled.rule.domain)
        .await?
        .unwrap_or(ruled);
    let mut response = answer(&state.renderer.domain_block(&now))?;
    tell(&state, &view, &mut response);
    Ok(response)
}

/// `DELETE /api/v1/admin/domain_blocks/:id`
pub(super) async fn delete(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<DomainBlockRow>,
    wish: Wish,
) -> Answer {
    let ruled = in_force(admin::domain_block(&state.app, &acting, id.get()).await?)?;
    let target = typed::target(Kind::DomainUnblock, &ruled.rule.domain)?;
    let new = measure::measure(Kind::DomainUnblock, target);
    let view = propose_or_approve(&state.app, &acting, new).await?;
    if let Some(granted) = wish.granted(&state, &view) {
        return granted;
    }
    let mut response = nothing_to_say()?;
    tell(&state, &view, &mut response);
    Ok(response)
}

fn of_form(
    kind: Kind,
    target: Target,
    form: DomainBlock,
) -> Result<service::moderation::propose::NewProposal, ApiError> {
    let severity = match form.severity.as_deref() {
        None | Some("" | "silence") => DomainSeverity::Silence,
        Some("noop") => DomainSeverity::Noop,
        Some("suspend") => DomainSeverity::Suspend,
        Some(_) => {
            return Err(ApiError::invalid(
                "Validation failed: Severity is not included in the list",
            ));
        }
    };
    let mut new = measure::because(kind, target, form.public_comment);
    new.reason_private = form.private_comment.unwrap_or_default();
    new.params = Parameters {
        severity: Some(severity),
        reject_media: form.reject_media,
        reject_reports: form.reject_reports,
        obfuscate: form.obfuscate,
        ..Parameters::default()
    };
    Ok(new)
}

/// What was asked of a list.
pub(super) fn listing(form: &ListBlocks) -> Listing {
    if form.include_proposed.unwrap_or(false) {
        Listing::WithProposed
    } else {
        Listing::InForce
    }
}

/// What is only proposed cannot be changed or lifted.
pub(super) fn in_force<T>(ruled: Ruled<T>) -> Result<Ruled<T>, ApiError> {
    if ruled.is_proposed {
        return Err(ApiError::Refused(
            StatusCode::CONFLICT,
            "This is only proposed yet: amend or withdraw the proposal".into(),
        ));
    }
    Ok(ruled)
}

fn exists(state: &State, there: &Ruled<DomainBlockRow>) -> Answer {
    let refusal = ExistingDomainBlock {
        error: format!("There is a rule about {} already", there.rule.domain).into(),
        existing_domain_block: state.renderer.domain_block(there),
    };
    let mut response: Response = answer(&refusal)?.into_response();
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
