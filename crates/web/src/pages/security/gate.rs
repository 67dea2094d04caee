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

/// Whoever sits there has proved lately to be the member; else they are asked to, and then led to this page.
pub(super) fn proved(state: &State, signed_in: &SignedIn, page: &str) -> Result<(), PageError> {
    if second_factor::is_stepped_up(&signed_in.session, state.app.clock.now()) {
        Ok(())
    } else {
        Err(first("/auth/step_up", page))
    }
}

/// A page on which a second factor is set up, and the page that it leads on to.
pub(super) struct SetUp {
    page: &'static str,
    /// Where to go afterwards, if somebody came for something.
    pub(super) next: Option<LocalPath>,
}

impl SetUp {
    /// The page at this path, led to with a wish.
    pub(super) fn at(page: &'static str, next: Option<LocalPath>) -> Self {
        let next = next.filter(|path| *path != LocalPath::front());
        Self { page, next }
    }

    /// Who may set one up: somebody who has proved lately to be the member, also if they have to before anything else.
    pub(super) fn by<'a>(
        &self,
        state: &State,
        browser: &'a Browser,
    ) -> Result<&'a SignedIn, PageError> {
        let next = self.next.as_ref();
        let page = next.map_or_else(|| self.page.to_owned(), |next| leading_to(self.page, next));
        let signed_in = browser
            .sitting()
            .ok_or_else(|| first("/auth/sign_in", &page))?;
        proved(state, signed_in, &page)?;
        Ok(signed_in)
    }

    /// The path to go on to, for a form to bring back.
    pub(super) fn redirect_to(&self) -> String {
        self.next
            .as_ref()
            .map_or_else(String::new, LocalPath::to_string)
    }
}

fn first(what: &str, then: &str) -> PageError {
    let then = LocalPath::parse(then).unwrap_or_else(LocalPath::front);
    PageError::First(leading_to(what, &then))
}
