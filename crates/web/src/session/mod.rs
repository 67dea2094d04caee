//! Browsers that are signed in, and the proof that a form was sent from our own page.
//!
//! Only pages know any of this. The client API never looks at a cookie, so that a member's session
//! is of no use to a foreign page, whatever that page makes the browser send.

mod browser;
mod cookies;
mod day_count;
mod enter;
mod form;
mod form_token;
mod leaver;
mod local_path;
mod origin;
mod sign_in;

pub(crate) use browser::{Browser, Offices, SignedIn};
pub(crate) use day_count::DayCount;
pub(crate) use enter::{
    ASIDE, Coming, Entered, How, enter, finish_halfway, go_halfway, halfway, open_aside,
};
pub(crate) use form::{Form, TOKEN_FIELD};
pub(crate) use leaver::{Leaver, LeaverSession, leaver_cookie};
pub(crate) use local_path::LocalPath;
pub(crate) use sign_in::{
    Arrived, Attempt, Credentials, Proved, begin, count_try, end, try_password,
};
