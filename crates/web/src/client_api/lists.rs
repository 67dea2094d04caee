//! Answers that are one page of a list, with their neighbours.

use model::{Account, Page, Viewer, status::StatusView};
use service::Listed;

use super::{
    answer,
    links::{Borders, Custom, Here},
};
use crate::{State, error::Answer};

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
pub(super) fn statuses(
    state: &State,
    here: &Here,
    (page, custom): (Page, Custom),
    (found, viewer): (&[StatusView], Viewer),
) -> Answer {
    let answer = answer(&state.renderer.statuses(found, viewer))?;
    Ok(here.link(answer, custom, page, Borders::of_statuses(found)))
}

/// A page of posts that somebody marked, paged by the marks.
pub(super) fn marked(
    state: &State,
    here: &Here,
    page: Page,
    (found, viewer): (&[Listed<StatusView>], Viewer),
) -> Answer {
    let statuses: Vec<_> = found
        .iter()
        .map(|listed| state.renderer.status(&listed.item, viewer))
        .collect();
    Ok(here.link(
        answer(&statuses)?,
        Custom::List,
        page,
        Borders::of_listed(found),
    ))
}
