//! Apps and their tokens.

use mastodon::{Application, CredentialApplication, Id, Token};
use model::oauth;

use super::optional;

/// An app.
pub(crate) fn application(application: &oauth::Application) -> Application<'_> {
    Application {
        id: Id(application.id.get()),
        name: application.name.as_str().into(),
        website: optional(application.website.as_ref()),
        scopes: application
            .scopes
            .iter()
            .map(|scope| scope.as_str().into())
            .collect(),
        redirect_uris: application
            .redirect_uris
            .iter()
            .map(|uri| uri.as_str().into())
            .collect(),
        // Empty as long as there is no web push.
        vapid_key: "".into(),
        redirect_uri: application.redirect_uris.join("\n"),
    }
}

/// An app with its secret, for the one time that it is told.
pub(crate) fn credential_application<'a>(
    registered: &'a oauth::Application,
    secret: &'a str,
) -> CredentialApplication<'a> {
    CredentialApplication {
        application: application(registered),
        client_id: registered.client_id.as_str().into(),
        client_secret: secret.into(),
        client_secret_expires_at: 0,
    }
}

/// A token, for the one time that it is told.
pub(crate) fn token<'a>(granted: &oauth::Token, secret: &'a str) -> Token<'a> {
    Token {
        access_token: secret.into(),
        token_type: "Bearer",
        scope: granted.scopes.to_string().into(),
        created_at: granted.created_at.unix_timestamp(),
    }
}
