//! Apps and their tokens.

use std::borrow::Cow;

use serde::Serialize;

use crate::Id;

/// A registered app. <https://docs.joinmastodon.org/entities/Application/>
#[derive(Debug, Clone, Serialize)]
pub struct Application<'a> {
    /// The app's id.
    pub id: Id,
    /// The app's name.
    pub name: Cow<'a, str>,
    /// The app's site.
    pub website: Option<Cow<'a, str>>,
    /// What it may ask for.
    pub scopes: Vec<Cow<'a, str>>,
    /// Where it may send people back to.
    pub redirect_uris: Vec<Cow<'a, str>>,
    /// The server's key for web push; deprecated in favour of the instance's.
    pub vapid_key: Cow<'a, str>,
    /// The same as `redirect_uris`, one a line; deprecated.
    pub redirect_uri: String,
}

/// A registered app with its secret, told once.
/// <https://docs.joinmastodon.org/entities/Application/#CredentialApplication>
#[derive(Debug, Clone, Serialize)]
pub struct CredentialApplication<'a> {
    /// The app.
    #[serde(flatten)]
    pub application: Application<'a>,
    /// What the app calls itself in OAuth.
    pub client_id: Cow<'a, str>,
    /// What it proves that with.
    pub client_secret: Cow<'a, str>,
    /// When the secret ends, in seconds since 1970; 0 means never.
    pub client_secret_expires_at: i64,
}

/// An access token, told once. <https://docs.joinmastodon.org/entities/Token/>
#[derive(Debug, Clone, Serialize)]
pub struct Token<'a> {
    /// The token itself.
    pub access_token: Cow<'a, str>,
    /// Always `Bearer`.
    pub token_type: &'static str,
    /// What it allows, separated by spaces.
    pub scope: Cow<'a, str>,
    /// In seconds since 1970.
    pub created_at: i64,
}

#[cfg(test)]
mod tests {
    use serde_json::{json, to_value};

    use super::*;

    #[test]
    fn a_new_app_is_told_its_secret_beside_what_it_registered() {
        let registered = CredentialApplication {
            application: Application {
                id: Id(9),
                name: "toot".into(),
                website: None,
                scopes: vec!["read".into(), "write".into()],
                redirect_uris: vec!["urn:ietf:wg:oauth:2.0:oob".into()],
                vapid_key: "".into(),
                redirect_uri: "urn:ietf:wg:oauth:2.0:oob".into(),
            },
            client_id: "abc".into(),
            client_secret: "def".into(),
            client_secret_expires_at: 0,
        };

        let printed = to_value(&registered).unwrap();

        assert_eq!(
            printed,
            json!({
                "id": "9", "name": "toot", "website": null, "scopes": ["read", "write"],
                "redirect_uris": ["urn:ietf:wg:oauth:2.0:oob"], "vapid_key": "",
                "redirect_uri": "urn:ietf:wg:oauth:2.0:oob",
                "client_id": "abc", "client_secret": "def", "client_secret_expires_at": 0,
            })
        );
    }
}
