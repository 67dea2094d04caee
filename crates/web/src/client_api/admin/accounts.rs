//! Accounts: finding and showing them.

use axum::extract::State as Extract;
use mastodon::forms::admin::{ListAccounts, ListAccountsV1, Look as LookForm};
use model::{Account, Page};
use service::moderation::{
    Acting,
    admin::{self, AccountFilter, AdminAccount, Look, Origin, Standing},
};

use crate::{
    State,
    client_api::{
        answer,
        links::{Borders, Custom, Here},
        page,
    },
    error::{Answer, ApiError},
    extract::{Officer, Params, PathId},
    render::{BOARD, MODERATOR},
};

/// `GET /api/v1/admin/accounts`
///
/// Members that are not suspended, unless something else is said.
pub(super) async fn list_v1(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    here: Here,
    Params(form): Params<ListAccountsV1>,
) -> Answer {
    let page = page::ADMIN.page(form.paging);
    let set = |flag: Option<bool>| flag.unwrap_or(false);
    // Of several, Mastodon takes the last in this order.
    let standing = [
        (form.active, Standing::Active),
        (form.pending, Standing::Pending),
        (form.disabled, Standing::Disabled),
        (form.silenced, Standing::Silenced),
        (form.suspended, Standing::Suspended),
        (form.sensitized, Standing::Sensitised),
    ]
    .into_iter()
    .filter(|(flag, _)| set(*flag))
    .map(|(_, standing)| standing)
    .next_back();
    let filter = AccountFilter {
        origin: Some(if set(form.remote) {
            Origin::Remote
        } else {
            Origin::Local
        }),
        standing: Some(standing.unwrap_or(Standing::Active)),
        domain: some(form.by_domain),
        username: name(form.username),
        display_name: some(form.display_name),
        email: some(form.email),
        only_moderators: set(form.staff),
        only_board: false,
    };
    if some(form.ip).is_some() {
        return nobody();
    }
    list(
        &state,
        &acting,
        &here,
        (filter, page),
        form.reason.as_deref(),
    )
    .await
}

/// `GET /api/v2/admin/accounts`
pub(super) async fn list_v2(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    here: Here,
    Params(form): Params<ListAccounts>,
) -> Answer {
    let page = page::ADMIN.page(form.paging);
    let unknown = |what| ApiError::Malformed(format!("Unknown {what}").into());
    let origin = match some(form.origin).as_deref() {
        None => None,
        Some("local") => Some(Origin::Local),
        Some("remote") => Some(Origin::Remote),
        Some(_) => return Err(unknown("origin")),
    };
    let standing = match some(form.status).as_deref() {
        None => None,
        Some("active") => Some(Standing::Active),
        Some("pending") => Some(Standing::Pending),
        Some("disabled") => Some(Standing::Disabled),
        Some("silenced") => Some(Standing::Silenced),
        Some("suspended") => Some(Standing::Suspended),
        Some("sensitized") => Some(Standing::Sensitised),
        Some(_) => return Err(unknown("status")),
    };
    let roles = &form.role_ids;
    let has_role = |role: mastodon::Id| roles.contains(&role.0);
    let is_nobodys = !roles.is_empty()
        && !roles
            .iter()
            .any(|role| [MODERATOR.0, BOARD.0].contains(role));
    // There are no invitations, and no addresses are kept.
    if is_nobodys || some(form.invited_by).is_some() || some(form.ip).is_some() {
        return nobody();
    }
    let filter = AccountFilter {
        origin,
        standing,
        domain: some(form.by_domain),
        username: name(form.username),
        display_name: some(form.display_name),
        email: some(form.email),
        only_moderators: has_role(MODERATOR) || form.permissions.as_deref() == Some("staff"),
        only_board: has_role(BOARD),
    };
    list(
        &state,
        &acting,
        &here,
        (filter, page),
        form.reason.as_deref(),
    )
    .await
}

async fn list(
    state: &State,
    acting: &Acting,
    here: &Here,
    (filter, page): (AccountFilter, Page),
    reason: Option<&str>,
) -> Answer {
    let found = admin::accounts(&state.app, acting, &filter, page, look(reason)).await?;
    let entities: Vec<_> = found
        .iter()
        .map(|seen| state.renderer.admin_account(seen))
        .collect();
    let borders = Borders::of(&found, |seen| seen.account.id.get());
    Ok(here.link(answer(&entities)?, Custom::List, page, borders))
}

fn nobody() -> Answer {
    answer::<[(); 0]>(&[])
}

/// `GET /api/v1/admin/accounts/:id`
pub(super) async fn show(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    PathId(id): PathId<Account>,
    Params(form): Params<LookForm>,
) -> Answer {
    let seen = admin::account(&state.app, &acting, id, look(form.reason.as_deref())).await?;
    one(&state, &seen)
}

/// One account.
pub(super) fn one(state: &State, seen: &AdminAccount) -> Answer {
    answer(&state.renderer.admin_account(seen))
}

fn look(reason: Option<&str>) -> Look<'_> {
    match reason.map(str::trim).filter(|reason| !reason.is_empty()) {
        Some(reason) => Look::Because(reason),
        None => Look::Away,
    }
}

fn some(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

fn name(text: Option<String>) -> Option<String> {
    some(text).map(|text| text.trim_start_matches('@').to_owned())
}
