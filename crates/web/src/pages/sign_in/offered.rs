//! Ways that begin with a button instead of a form.

use crate::State;

/// A button on the sign-in page. It sends a form with our token, so that no foreign page can begin a sign-in (S44).
pub(super) struct Offered {
    /// What stands on it.
    pub(super) label: String,
    /// Where the form goes.
    pub(super) action: &'static str,
}

/// Every such way that this server knows.
pub(super) fn all(_state: &State) -> Vec<Offered> {
    Vec::new()
}
