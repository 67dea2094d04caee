//! Who may open these pages, and what comes first for whoever may not yet.

use service::second_factor;

use crate::{
    State,
    pages::{PageError, second_factor::leading_to},
    session::{Browser, LocalPath, SignedIn},
};

/// Somebody who is signed in and owes nothing.
pub(super) fn fully<'a>(browser: &'a Browser, page: &str) -> Result<&'a SignedIn, PageError> {
    match (&browser.signed_in, browser.sitting()) {
        (Some(signed_in), _) => Ok(signed_in),
        (None, Some(_)) => Err(first("/auth/second_factor/set_up", page)),
        (None, None) => Err(first("/auth/sign_in", page)),
    }
}

/// Somebody who is signed in, also if they have to set up a second factor before anything else: this is where.
pub(super) fn sitting<'a>(browser: &'a Browser, page: &str) -> Result<&'a SignedIn, PageError> {
    browser
        .sitting()
        .ok_or_else(|| first("/auth/sign_in", page))
}

/// Whoever sits there has proved lately to be the member; else they are asked to, and then led to this page.
pub(super) fn proved(state: &State, signed_in: &SignedIn, page: &str) -> Result<(), PageError> {
    if second_factor::is_stepped_up(&signed_in.session, state.app.clock.now()) {
        Ok(())
    } else {
        Err(first("/auth/step_up", page))
    }
}

fn first(what: &str, then: &str) -> PageError {
    let then = LocalPath::parse(then).unwrap_or_else(LocalPath::front);
    PageError::First(leading_to(what, &then))
}
