//! Who may open these pages, and what comes first for whoever may not yet.

use axum::response::{IntoResponse, Response};
use service::moderation::{
    Acting, acting,
    readiness::{self, Readiness},
};

use crate::{
    State,
    pages::{
        PageError, Shown,
        fields::Fields,
        second_factor::{leading_to, step_up},
    },
    session::{Browser, LocalPath, SignedIn},
};

/// An officer in one of the consoles.
pub(in crate::pages) struct Room<'a> {
    pub(in crate::pages) state: &'a State,
    pub(in crate::pages) browser: &'a Browser,
    pub(in crate::pages) signed_in: &'a SignedIn,
    pub(in crate::pages) acting: Acting,
}

/// Somebody who holds an office. Whoever is not signed in does that first; whoever holds none finds nothing.
pub(in crate::pages) async fn officer<'a>(
    state: &'a State,
    browser: &'a Browser,
    page: &str,
) -> Result<Room<'a>, PageError> {
    let signed_in = match (&browser.signed_in, browser.sitting()) {
        (Some(signed_in), _) => signed_in,
        (None, Some(_)) => return Err(first("/auth/second_factor/set_up", page)),
        (None, None) => return Err(first("/auth/sign_in", page)),
    };
    Ok(Room {
        acting: acting::in_browser(&state.app, &signed_in.session).await?,
        state,
        browser,
        signed_in,
    })
}

/// A moderator, also one who is on leave or blocked: they see what there is, and the operations say what they may do.
pub(in crate::pages) async fn moderator<'a>(
    state: &'a State,
    browser: &'a Browser,
    page: &str,
) -> Result<Room<'a>, PageError> {
    let room = officer(state, browser, page).await?;
    if room.acting.officer.seat.is_some() {
        Ok(room)
    } else {
        Err(PageError::NotFound)
    }
}

/// Somebody on the board.
pub(in crate::pages) async fn board_member<'a>(
    state: &'a State,
    browser: &'a Browser,
    page: &str,
) -> Result<Room<'a>, PageError> {
    let room = officer(state, browser, page).await?;
    if room.acting.officer.on_board {
        Ok(room)
    } else {
        Err(PageError::NotFound)
    }
}

impl Room<'_> {
    /// For this browser's forms.
    pub(in crate::pages) fn form_token(&self) -> String {
        self.signed_in.form_token(self.state)
    }

    /// A page of this console: nobody keeps it.
    pub(in crate::pages) fn shown(&self, page: &impl askama::Template) -> Shown {
        Shown::new(self.state, self.browser, page).private()
    }

    /// Whether a proof is asked for before a vote, an emergency measure or a decision is taken.
    pub(in crate::pages) async fn needs_proof(&self) -> Result<bool, PageError> {
        let readiness = readiness::readiness(&self.state.app, &self.acting).await?;
        Ok(readiness != Readiness::Ready)
    }

    /// Before a vote, an emergency measure or a decision: the answer that asks for what is missing, if anything is.
    /// What was filled in goes along and comes back.
    pub(in crate::pages) async fn proof_first(
        &self,
        path: &str,
        fields: &Fields,
    ) -> Result<Option<Response>, PageError> {
        match readiness::readiness(&self.state.app, &self.acting).await? {
            Readiness::Ready | Readiness::WaitsForBoard => Ok(None),
            Readiness::NeedsProof => step_up::before(self.state, self.browser, path, fields)
                .await
                .map(Some),
            Readiness::NeedsSecondFactor => {
                Ok(Some(first("/settings/security/app", path).into_response()))
            }
        }
    }
}

fn first(what: &str, then: &str) -> PageError {
    let then = LocalPath::parse(then).unwrap_or_else(LocalPath::front);
    PageError::First(leading_to(what, &then))
}
