//! What happened to the member.

use std::slice;

use axum::extract::State as Extract;
use mastodon::{
    UnreadCount,
    forms::{self, Notifications},
};
use model::{
    NotificationGlimpse, Viewer,
    notification::{Notification, NotificationKind},
};
use service::notifications::{self, NotificationFilter};

use super::{
    answer, json,
    links::{Borders, Custom, Here},
    nothing_to_say, page,
};
use crate::{
    State,
    error::{Answer, ApiError},
    extract::{Member, Params, PathId},
    render::beside::Extras,
    shelf::{Hand, Page},
};

/// `GET /api/v1/notifications`
pub(super) async fn list(
    Extract(state): Extract<State>,
    member: Member,
    here: Here,
    Params(form): Params<Notifications>,
) -> Answer {
    let Some(filter) = filter(form)? else {
        return answer::<[(); 0]>(&[]);
    };
    let found = notifications::list(&state.app, member.id, &filter).await?;
    let borders = Borders::of(&found, |glimpse| glimpse.notification.id.get());
    let hand = hand(&state, &found).await?;
    let extras = extras(&state, &found).await?;
    let mut page = Page::new(&hand, Viewer::Account(member.id)).with(extras);
    page.notifications(&found);
    let answer = json(page.into_json());
    Ok(here.link(answer, Custom::Timeline, filter.page, borders))
}

/// `GET /api/v1/notifications/:id`
pub(super) async fn show(
    Extract(state): Extract<State>,
    member: Member,
    PathId(id): PathId<Notification>,
) -> Answer {
    let found = notifications::get(&state.app, member.id, id).await?;
    let hand = hand(&state, slice::from_ref(&found)).await?;
    let extras = extras(&state, slice::from_ref(&found)).await?;
    let mut page = Page::new(&hand, Viewer::Account(member.id)).with(extras);
    page.notification(&found).ok_or(ApiError::NotFound)?;
    Ok(json(page.into_json()))
}

async fn hand(state: &State, found: &[NotificationGlimpse]) -> Result<Hand, ApiError> {
    let statuses = found.iter().filter_map(|glimpse| glimpse.status.as_ref());
    let people = found.iter().map(|glimpse| &glimpse.from);
    Ok(Hand::take(state, statuses, people).load(state).await?)
}

async fn extras(state: &State, found: &[NotificationGlimpse]) -> Result<Extras, ApiError> {
    let beside = notifications::beside(&state.app, found).await?;
    Ok(state.renderer.extras(found, &beside))
}

/// `GET /api/v1/notifications/unread_count`
pub(super) async fn unread_count(
    Extract(state): Extract<State>,
    member: Member,
    Params(form): Params<forms::UnreadCount>,
) -> Answer {
    let limit = page::UNREAD.of(form.limit);
    let count = notifications::unread_count(&state.app, member.id, limit).await?;
    answer(&UnreadCount { count })
}

/// `POST /api/v1/notifications/clear`
pub(super) async fn clear(Extract(state): Extract<State>, member: Member) -> Answer {
    notifications::clear(&state.app, member.id).await?;
    nothing_to_say()
}

/// `POST /api/v1/notifications/:id/dismiss`, and `DELETE /api/v1/notifications/:id`
pub(super) async fn dismiss(
    Extract(state): Extract<State>,
    member: Member,
    PathId(id): PathId<Notification>,
) -> Answer {
    notifications::dismiss(&state.app, member.id, id).await?;
    nothing_to_say()
}

/// Kinds that do not exist here are passed over. `None`: only such were asked for, so there is
/// nothing to find (an empty list of kinds would mean all).
fn filter(form: Notifications) -> Result<Option<NotificationFilter>, ApiError> {
    let known = |words: Option<Vec<String>>| -> Vec<NotificationKind> {
        let words = words.unwrap_or_default();
        words
            .iter()
            .filter_map(|word| NotificationKind::from_word(word))
            .collect()
    };
    let asks_for_kinds = form.types.as_ref().is_some_and(|words| !words.is_empty());
    let kinds = known(form.types);
    if asks_for_kinds && kinds.is_empty() {
        return Ok(None);
    }
    let from = form.account_id.filter(|id| !id.is_empty());
    let from = from
        .map(|id| id.parse().map_err(|_| ApiError::NotFound))
        .transpose()?;
    Ok(Some(NotificationFilter {
        page: page::NOTIFICATIONS.page(form.paging),
        kinds,
        excluded: known(form.exclude_types),
        from,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking_for(types: &[&str]) -> Option<NotificationFilter> {
        let types = types.iter().map(|word| (*word).to_owned()).collect();
        filter(Notifications {
            types: Some(types),
            ..Notifications::default()
        })
        .unwrap()
    }

    #[test]
    fn unknown_kinds_are_passed_over_but_do_not_turn_into_all() {
        let some = asking_for(&["mention", "poll"]).unwrap();

        assert_eq!(some.kinds, [NotificationKind::Mention]);
        assert!(asking_for(&["poll"]).is_none());
        assert!(asking_for(&[]).unwrap().kinds.is_empty());
    }
}
