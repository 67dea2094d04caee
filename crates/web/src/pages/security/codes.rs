//! The page that shows recovery codes, once.

use askama::Template;
use service::second_factor::RecoveryCodes;

use crate::{
    State,
    pages::{Frame, Shown},
    session::Browser,
};

#[derive(Template)]
#[template(path = "security/codes.html")]
struct CodesPage<'a> {
    frame: Frame,
    codes: &'a [String],
    /// What has just been done, if these came with something.
    done: &'a str,
    next: &'a str,
}

/// Shows the codes; there is no second time.
pub(super) fn page(
    state: &State,
    browser: &Browser,
    codes: &RecoveryCodes,
    (done, next): (&str, &str),
) -> Shown {
    let page = CodesPage {
        frame: Frame::new(state, browser),
        codes: codes.reveal(),
        done,
        next,
    };
    Shown::new(state, browser, &page).private()
}
