//! Apps and tokens.

use std::fmt;

use model::{Scopes, oauth::Application};
use service::{
    auth,
    auth::{NewApplication, Shown},
};

use crate::{Somebody, TestApp};

/// A bearer token.
#[derive(Clone)]
pub struct Bearer(Shown);

impl AsRef<str> for Bearer {
    fn as_ref(&self) -> &str {
        self.0.reveal()
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bearer(…)")
    }
}

impl TestApp {
    /// A token with which an app acts for a member, with scopes between spaces.
    pub async fn token_for(&self, member: &impl Somebody, scopes: &str) -> Bearer {
        let granted =
            auth::grant_member_token(self, member.id(), None, read_scopes(scopes), None).await;
        Bearer(granted.expect("a member can be given a token").1)
    }

    /// A token with which an app acts on its own behalf.
    pub async fn app_token(&self, scopes: &str) -> Bearer {
        let (application, _) = self.application("An app").await;
        let granted =
            auth::grant_application_token(self, application.id, read_scopes(scopes)).await;
        Bearer(granted.expect("an app can be given a token").1)
    }

    /// A registered app that may ask for everything ordinary and has people sent back to
    /// `https://app.example/callback`; with its secret.
    pub async fn application(&self, name: &str) -> (Application, Shown) {
        let new = NewApplication {
            name: name.to_owned(),
            website: None,
            redirect_uris: vec!["https://app.example/callback".into()],
            scopes: read_scopes("read write follow push"),
        };
        auth::register_application(self, new)
            .await
            .expect("a sensible app can register")
    }
}

fn read_scopes(words: &str) -> Scopes {
    words.parse().expect("a test's scopes exist")
}
