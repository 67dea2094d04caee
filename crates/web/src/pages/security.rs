//! Where members look after their account: second factor, password, browsers, apps.

pub(super) mod app;
pub(super) mod apps;
mod browser_name;
mod codes;
mod gate;
pub(super) mod overview;
pub(super) mod passkeys;
pub(super) mod password;
pub(super) mod recovery;
pub(super) mod sessions;

use axum::{
    Router,
    response::Redirect,
    routing::{get, post},
};

use crate::State;

/// The page on which everything begins.
const HOME: &str = "/settings/security";

/// Every page of it, and what Mastodon's addresses of the same things lead to.
pub(super) fn router() -> Router<State> {
    let to = |path: &'static str| get(move || async move { Redirect::to(path) });
    Router::new()
        .route("/settings/security", get(overview::show))
        .route("/settings/security/app", get(app::show).post(app::confirm))
        .route("/settings/security/app/remove", post(app::remove))
        .route(
            "/settings/security/passkeys/new",
            get(passkeys::show).post(passkeys::add),
        )
        .route("/settings/security/passkeys/rename", post(passkeys::rename))
        .route("/settings/security/passkeys/remove", post(passkeys::remove))
        .route("/settings/security/recovery_codes", post(recovery::renew))
        .route("/settings/security/password", post(password::change))
        .route("/settings/security/sessions/end", post(sessions::end))
        .route(
            "/settings/security/sessions/end_others",
            post(sessions::end_others),
        )
        .route("/settings/security/apps/revoke", post(apps::revoke))
        .route("/auth/edit", to("/settings/security"))
        .route(
            "/oauth/authorized_applications",
            to("/settings/security#apps"),
        )
        .route(
            "/settings/two_factor_authentication_methods",
            to("/settings/security#second-factor"),
        )
}

/// What was done, as the next page tells it; a word in the address, so that nobody can write the sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Done {
    App,
    AppRemoved,
    Passkey,
    PasskeyRenamed,
    PasskeyRemoved,
    Password,
    Session,
    OtherSessions,
    AuthorisedApp,
}

impl Done {
    const ALL: [Self; 9] = [
        Self::App,
        Self::AppRemoved,
        Self::Passkey,
        Self::PasskeyRenamed,
        Self::PasskeyRemoved,
        Self::Password,
        Self::Session,
        Self::OtherSessions,
        Self::AuthorisedApp,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::AppRemoved => "app_removed",
            Self::Passkey => "passkey",
            Self::PasskeyRenamed => "passkey_renamed",
            Self::PasskeyRemoved => "passkey_removed",
            Self::Password => "password",
            Self::Session => "session",
            Self::OtherSessions => "other_sessions",
            Self::AuthorisedApp => "authorised_app",
        }
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::App => "The authenticator app is set up.",
            Self::AppRemoved => "The authenticator app is removed.",
            Self::Passkey => "The passkey is added.",
            Self::PasskeyRenamed => "The passkey has its new name.",
            Self::PasskeyRemoved => "The passkey is removed.",
            Self::Password => {
                "Your password is changed. All other browsers are signed out, and apps have to be let in anew."
            }
            Self::Session => "That browser is signed out.",
            Self::OtherSessions => "All other browsers are signed out.",
            Self::AuthorisedApp => "That app can do nothing in your name any more.",
        }
    }

    fn path(self) -> String {
        format!("{HOME}?done={}", self.word())
    }

    fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.word() == word)
    }
}
