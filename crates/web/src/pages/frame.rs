//! What stands around every page: the server's name, who is signed in, where else to go.

use std::sync::Arc;

use model::instance::Registrations;
use service::{Settings, settings::Presentation};

use super::assets;
use crate::{
    State,
    session::{Browser, Offices},
};

/// The parts of the layout that differ.
pub(crate) struct Frame {
    settings: Arc<Settings>,
    /// How somebody gets an account at present.
    registrations: Registrations,
    /// Who is signed in.
    pub(crate) person: Option<Person>,
    offices: Offices,
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
            registrations: state
                .app
                .door
                .registrations(state.app.settings.registrations),
            person,
            offices: browser.offices,
        }
    }

    /// Whether the moderators' console is this person's.
    pub(crate) fn moderates(&self) -> bool {
        self.offices.moderates
    }

    /// Whether the board's console is.
    pub(crate) fn is_on_board(&self) -> bool {
        self.offices.is_on_board
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
        self.registrations != Registrations::Closed
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
