//! What is to be done about an account.

use axum::extract::State as Extract;
use mastodon::forms::admin::AccountAction;
use model::{
    Account,
    account::SuspensionOrigin,
    moderation::{Kind, Params as Parameters, Target, report::ReportId},
};
use service::moderation::{
    Acting,
    admin::{self, AdminAccount, Look},
    propose::{NewProposal, propose_or_approve},
};

use super::{
    accounts, measure,
    proposed::{Wish, tell},
};
use crate::{
    State,
    client_api::nothing_to_say,
    error::{Answer, ApiError},
    extract::{Moderator, Params, PathId},
};

/// `POST /api/v1/admin/accounts/:id/action`
pub(super) async fn act(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Account>,
    wish: Wish,
    Params(form): Params<AccountAction>,
) -> Answer {
    let seen = admin::account(&state.app, &acting, id, Look::Away).await?;
    let is_member = seen.member.is_some();
    let (kind, is_so) = match form.kind.as_deref() {
        Some("none") if is_member => (Kind::AccountWarn, false),
        Some("disable") if is_member => (Kind::AccountFreeze, is_frozen(&seen)),
        Some("sensitive") => (Kind::AccountSensitive, seen.account.sensitised_at.is_some()),
        Some("silence") => (Kind::AccountLimit, seen.account.silenced_at.is_some()),
        Some("suspend") => (Kind::AccountSuspend, is_suspended_here(&seen)),
        _ => {
            return Err(ApiError::invalid(
                "Validation failed: Type is not included in the list",
            ));
        }
    };
    if is_so {
        return nothing_to_say();
    }
    let mut new = measure::measure(kind, Target::Account(id));
    new.notice_text = form.text.unwrap_or_default();
    new.params = Parameters {
        send_mail: form.send_email_notification,
        ..Parameters::default()
    };
    if let Some(report) = form.report_id {
        new = measure::citing(&state, &acting, new, (ReportId::new(report), id)).await?;
    }
    let view = propose_or_approve(&state.app, &acting, new).await?;
    if let Some(granted) = wish.granted(&state, &view) {
        return granted;
    }
    let mut response = nothing_to_say()?;
    tell(&state, &view, &mut response);
    Ok(response)
}

/// `POST /api/v1/admin/accounts/:id/enable`
pub(super) async fn enable(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Account>,
    wish: Wish,
) -> Answer {
    let seen = member(&state, &acting, id).await?;
    let is_so = !is_frozen(&seen);
    lift(&state, &acting, wish, (Kind::AccountUnfreeze, seen, is_so)).await
}

/// `POST /api/v1/admin/accounts/:id/unsensitive`
pub(super) async fn unsensitive(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Account>,
    wish: Wish,
) -> Answer {
    let seen = admin::account(&state.app, &acting, id, Look::Away).await?;
    let is_so = seen.account.sensitised_at.is_none();
    lift(
        &state,
        &acting,
        wish,
        (Kind::AccountUnsensitive, seen, is_so),
    )
    .await
}

/// `POST /api/v1/admin/accounts/:id/unsilence`
pub(super) async fn unsilence(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Account>,
    wish: Wish,
) -> Answer {
    let seen = admin::account(&state.app, &acting, id, Look::Away).await?;
    let is_so = seen.account.silenced_at.is_none();
    lift(&state, &acting, wish, (Kind::AccountUnlimit, seen, is_so)).await
}

/// `POST /api/v1/admin/accounts/:id/unsuspend`
///
/// Only what this server has decided can be lifted here.
pub(super) async fn unsuspend(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Account>,
    wish: Wish,
) -> Answer {
    let seen = admin::account(&state.app, &acting, id, Look::Away).await?;
    if seen.account.is_suspended() && !is_suspended_here(&seen) {
        return Err(not_allowed());
    }
    let is_so = !seen.account.is_suspended();
    lift(&state, &acting, wish, (Kind::AccountUnsuspend, seen, is_so)).await
}

/// `POST /api/v1/admin/accounts/:id/approve`
pub(super) async fn approve(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Account>,
    wish: Wish,
) -> Answer {
    let seen = waiting(&state, &acting, id).await?;
    lift(&state, &acting, wish, (Kind::SignUpApprove, seen, false)).await
}

/// `POST /api/v1/admin/accounts/:id/reject`
pub(super) async fn reject(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Account>,
    wish: Wish,
) -> Answer {
    let seen = waiting(&state, &acting, id).await?;
    lift(&state, &acting, wish, (Kind::SignUpReject, seen, false)).await
}

/// `DELETE /api/v1/admin/accounts/:id`
///
/// Only for accounts that are suspended here; nothing brings them back, so it is confirmed in a browser and cools off.
pub(super) async fn delete(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Account>,
    wish: Wish,
) -> Answer {
    let seen = admin::account(&state.app, &acting, id, Look::Away).await?;
    if !is_suspended_here(&seen) {
        return Err(not_allowed());
    }
    lift(
        &state,
        &acting,
        wish,
        (Kind::AccountDeleteData, seen, false),
    )
    .await
}

/// Proposes, unless it is so already, and shows the account as it is. One that is turned away is gone with the decision, and is
/// shown as it was.
async fn lift(
    state: &State,
    acting: &Acting,
    wish: Wish,
    (kind, seen, is_so): (Kind, AdminAccount, bool),
) -> Answer {
    if is_so {
        return accounts::one(state, &seen);
    }
    let id = seen.account.id;
    let new: NewProposal = measure::measure(kind, Target::Account(id));
    let view = propose_or_approve(&state.app, acting, new).await?;
    if let Some(granted) = wish.granted(state, &view) {
        return granted;
    }
    let now = match admin::account(&state.app, acting, id, Look::Away).await {
        Err(service::Error::NotFound) => seen,
        other => other?,
    };
    let mut response = accounts::one(state, &now)?;
    tell(state, &view, &mut response);
    Ok(response)
}

async fn member(
    state: &State,
    acting: &Acting,
    id: model::AccountId,
) -> Result<AdminAccount, ApiError> {
    let seen = admin::account(&state.app, acting, id, Look::Away).await?;
    if seen.member.is_none() {
        return Err(not_allowed());
    }
    Ok(seen)
}

async fn waiting(
    state: &State,
    acting: &Acting,
    id: model::AccountId,
) -> Result<AdminAccount, ApiError> {
    let seen = member(state, acting, id).await?;
    let is_in = seen
        .member
        .as_ref()
        .is_some_and(|member| member.approved_at.is_some());
    if is_in { Err(not_allowed()) } else { Ok(seen) }
}

fn is_frozen(seen: &AdminAccount) -> bool {
    seen.member
        .as_ref()
        .is_some_and(|member| member.disabled_at.is_some())
}

fn is_suspended_here(seen: &AdminAccount) -> bool {
    matches!(seen.account.suspended, Some((_, SuspensionOrigin::Local)))
}

fn not_allowed() -> ApiError {
    ApiError::forbidden("This action is not allowed")
}
