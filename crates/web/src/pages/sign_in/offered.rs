//! Ways that begin with a button instead of a form.

use crate::{State, pages::providers};

/// A button on the sign-in page. It sends a form with our token, so that no foreign page can begin a sign-in (S44).
pub(super) struct Offered {
    /// What stands on it.
    pub(super) label: String,
    /// Where the form goes.
    pub(super) action: &'static str,
}

/// Every such way that this server knows.
pub(super) fn all(state: &State) -> Vec<Offered> {
    let proxy = state.app.ways.proxy.as_ref().map(|proxy| Offered {
        label: format!("Sign in with {}", proxy.display_name()),
        action: "/auth/sign_in/proxy",
    });
    let providers = providers::buttons(state).into_iter().map(|button| Offered {
        label: format!("Sign in with {}", button.label),
        action: button.action,
    });
    proxy.into_iter().chain(providers).collect()
}
