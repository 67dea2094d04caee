//! Answers that are one page of a list, with their neighbours.

use model::{Account, Page, StatusGlimpse, Viewer};
use service::Listed;

use super::{
    answer, json,
    links::{Borders, Custom, Here},
};
use crate::{
    State,
    error::{Answer, ApiError},
    shelf::{self, Hand},
};

/// A page of people.
pub(super) fn people(state: &State, here: &Here, page: Page, found: &[Listed<Account>]) -> Answer {
    let accounts: Vec<_> = found
        .iter()
        .map(|listed| state.renderer.account(&listed.item))
        .collect();
    Ok(here.link(
        answer(&accounts)?,
        Custom::People,
        page,
        Borders::of_listed(found),
    ))
}

/// A page of posts that is paged by the posts' own ids.
pub(super) async fn statuses(
    state: &State,
    here: &Here,
    (page, custom): (Page, Custom),
    (found, viewer): (&[StatusGlimpse], Viewer),
) -> Answer {
    let borders = Borders::of(found, |glimpse| glimpse.id.get());
    let answer = posts(state, viewer, found.iter().collect()).await?;
    Ok(here.link(answer, custom, page, borders))
}

/// A page of posts that somebody marked, paged by the marks.
pub(super) async fn marked(
    state: &State,
    here: &Here,
    page: Page,
    (found, viewer): (&[Listed<StatusGlimpse>], Viewer),
) -> Answer {
    let borders = Borders::of_listed(found);
    let answer = posts(state, viewer, found.iter().map(|one| &one.item).collect()).await?;
    Ok(here.link(answer, Custom::List, page, borders))
}

/// Posts, in order.
pub(super) async fn posts(state: &State, viewer: Viewer, found: Vec<&StatusGlimpse>) -> Answer {
    let hand = Hand::take(state, found.iter().copied(), [])
        .load(state)
        .await?;
    let mut page = shelf::Page::new(&hand, viewer);
    page.statuses(found);
    Ok(json(page.into_json()))
}

/// One post.
pub(super) async fn post(state: &State, viewer: Viewer, found: &StatusGlimpse) -> Answer {
    let hand = Hand::take(state, [found], []).load(state).await?;
    let mut page = shelf::Page::new(&hand, viewer);
    page.status(found).ok_or(ApiError::NotFound)?;
    Ok(json(page.into_json()))
}
