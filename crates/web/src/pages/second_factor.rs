//! The pages that ask for more than a password: at sign-in, before something that matters, and when an office
//! demands it.
//!
//! Everything but passkeys works without script.

mod carried;
mod challenge;
pub(super) mod passkey;
mod qr;
pub(super) mod set_up;
pub(super) mod show;
pub(super) mod step_up;

use carried::Carried;
pub(super) use challenge::Challenge;
pub(super) use qr::picture;

use http::{HeaderValue, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use service::second_factor::Verdict;

use super::Shown;
use crate::session::LocalPath;

const WRONG_CODE: &str = "This is not a code that can be used now. A code of an app is good for half a minute, and each code is good once.";
const WRONG_PASSWORD: &str = "This is not your password.";
const WRONG_PASSKEY: &str = "No answer of a passkey of yours came in time. Try again; your browser has to run script for this page.";
const TOO_OFTEN: &str = "Too many tries. Wait a while, then try again.";

/// What a page says after a proof that was not right.
#[derive(Clone, Copy)]
enum Problem {
    None,
    Wrong(&'static str),
    TooMany(u64),
}

impl Problem {
    /// `None` when the proof was right.
    fn of(verdict: Verdict, wrong: &'static str) -> Option<Self> {
        match verdict {
            Verdict::Right => None,
            Verdict::Wrong => Some(Self::Wrong(wrong)),
            Verdict::TooMany { seconds } => Some(Self::TooMany(seconds)),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Wrong(words) => words,
            Self::TooMany(_) => TOO_OFTEN,
        }
    }

    fn mark(self, page: Shown) -> Shown {
        match self {
            Self::None => page,
            Self::Wrong(_) => page.status(StatusCode::UNPROCESSABLE_ENTITY),
            Self::TooMany(seconds) => page
                .status(StatusCode::TOO_MANY_REQUESTS)
                .header(header::RETRY_AFTER, HeaderValue::from(seconds)),
        }
    }
}

/// A page of ours that leads on to another.
pub(super) fn leading_to(page: &str, next: &LocalPath) -> String {
    format!(
        "{page}?redirect_to={}",
        utf8_percent_encode(next.as_str(), NON_ALPHANUMERIC)
    )
}
