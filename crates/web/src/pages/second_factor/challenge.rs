//! The part of a page that asks for a passkey.

use super::Carried;

/// A question to the browser, and the form that brings the answer.
pub(in crate::pages) struct Challenge {
    /// `create` or `get`.
    pub(in crate::pages) kind: &'static str,
    /// Where the answer goes.
    pub(in crate::pages) action: &'static str,
    /// For the script.
    pub(in crate::pages) question: String,
    /// What stands on the button.
    pub(in crate::pages) label: &'static str,
    /// Asked as soon as the page is there.
    pub(in crate::pages) at_once: bool,
    /// The form's hidden value.
    pub(in crate::pages) form_token: String,
    /// Where to go afterwards.
    pub(in crate::pages) redirect_to: String,
    /// What was typed on the page that led here, to be sent on with the answer.
    pub(in crate::pages) carried: Carried,
    /// Where the script is.
    pub(in crate::pages) script: &'static str,
}

impl Challenge {
    /// Asks for a passkey that is there.
    pub(in crate::pages) fn get(action: &'static str, question: String, form_token: &str) -> Self {
        Self {
            kind: "get",
            action,
            question,
            label: "Use a passkey",
            at_once: false,
            form_token: form_token.to_owned(),
            redirect_to: String::new(),
            carried: Carried::default(),
            script: super::super::assets::PASSKEYS.path(),
        }
    }

    /// Asks for a new one.
    pub(in crate::pages) fn create(
        action: &'static str,
        question: String,
        form_token: &str,
    ) -> Self {
        Self {
            kind: "create",
            label: "Add a passkey",
            ..Self::get(action, question, form_token)
        }
    }
}
