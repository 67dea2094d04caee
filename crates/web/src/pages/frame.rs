//! What stands around every page: the server's name, who is signed in, where else to go.

use std::sync::Arc;

use model::instance::Registrations;
use service::{Settings, settings::Presentation};

use super::assets;
use crate::{State, session::Browser};

/// The parts of the layout that differ.
pub(crate) struct Frame {
    settings: Arc<Settings>,
    /// Who is signed in.
    pub(crate) person: Option<Person>,
}

/// Somebody who is signed in.
pub(crate) struct Person {
    /// Their name.
    pub(crate) username: String,
    /// For the sign-out button.
    pub(crate) form_token: String,
}

impl Frame {
    /// For this browser.
    pub(crate) fn new(state: &State, browser: &Browser) -> Self {
        let person = browser.sitting().map(|signed_in| Person {
            username: signed_in.member.account.username.to_string(),
            form_token: signed_in.form_token(state),
        });
        Self {
            settings: state.app.settings.clone(),
            person,
        }
    }

    /// The server's name.
    pub(crate) fn title(&self) -> &str {
        &self.presentation().title
    }

    /// How the server presents itself.
    pub(crate) fn presentation(&self) -> &Presentation {
        &self.settings.presentation
    }

    /// The domain of members' handles.
    pub(crate) fn domain(&self) -> &str {
        self.settings.local_domain.as_str()
    }

    /// Whether the way to sign up is shown.
    pub(crate) fn takes_members(&self) -> bool {
        self.settings.registrations != Registrations::Closed
    }

    /// Whether a passkey alone opens an account here.
    pub(crate) fn takes_passkeys(&self) -> bool {
        let sign_in = &self.settings.sign_in;
        sign_in.local_passwords && !sign_in.only_providers
    }

    /// Where the stylesheet is.
    #[expect(
        clippy::unused_self,
        reason = "templates reach everything through the frame"
    )]
    pub(crate) fn stylesheet(&self) -> &'static str {
        assets::STYLESHEET.path()
    }

    /// Where the icon is.
    #[expect(
        clippy::unused_self,
        reason = "templates reach everything through the frame"
    )]
    pub(crate) fn icon(&self) -> &'static str {
        assets::ICON.path()
    }
}
