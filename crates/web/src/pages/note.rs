//! A page that says one thing and leads on.

use askama::Template;

use super::{Frame, Shown};
use crate::{State, session::Browser};

#[derive(Template)]
#[template(path = "note.html")]
struct NotePage<'a> {
    frame: Frame,
    heading: &'a str,
    text: &'a str,
    /// Label and path.
    link: (&'a str, &'a str),
}

/// Says one thing and leads on.
pub(super) fn note(
    state: &State,
    browser: &Browser,
    heading: &str,
    text: &str,
    link: (&str, &str),
) -> Shown {
    let page = NotePage {
        frame: Frame::new(state, browser),
        heading,
        text,
        link,
    };
    Shown::new(state, browser, &page).private()
}
