//! An app, a member, and what passes between them.

use model::oauth::Application;
use serde_json::Value;
use service::auth::{self, NewApplication};
use testkit::{Member, TestApp, http::Answer};
use url::form_urlencoded;

use crate::browser::{Browser, location, parameter};

pub(crate) const CALLBACK: &str = "https://app.example/callback";

/// A server with a member, her browser, in which she is signed in, and an app.
pub(crate) struct World {
    pub(crate) app: TestApp,
    pub(crate) alice: Member,
    pub(crate) browser: Browser,
    pub(crate) ivory: Application,
    pub(crate) secret: String,
}

pub(crate) async fn world() -> World {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    let (ivory, secret) = register(&app, "Ivory").await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);
    World {
        app,
        alice,
        browser,
        ivory,
        secret,
    }
}

/// Registers an app with redirects of every kind.
pub(crate) async fn register(app: &TestApp, name: &str) -> (Application, String) {
    let new = NewApplication {
        name: name.to_owned(),
        website: Some("https://ivory.example/about".into()),
        redirect_uris: vec![
            CALLBACK.into(),
            "ivory://back".into(),
            auth::OUT_OF_BAND.into(),
        ],
        scopes: "read write follow push profile".parse().unwrap(),
    };
    let (application, secret) = auth::register_application(app, new).await.unwrap();
    (application, secret.reveal().to_owned())
}

impl World {
    /// The address at which the app asks, with parameters added to the usual ones or instead of them.
    pub(crate) fn asking(&self, with: &[(&str, &str)]) -> String {
        let usual = [
            ("client_id", self.ivory.client_id.as_str()),
            ("redirect_uri", CALLBACK),
            ("response_type", "code"),
            ("scope", "read write"),
        ];
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(
            usual
                .iter()
                .filter(|(name, _)| with.iter().all(|(other, _)| other != name)),
        );
        query.extend_pairs(with);
        format!("/oauth/authorize?{}", query.finish())
    }

    /// The member is asked and presses a button.
    pub(crate) async fn answer(&mut self, decision: &str, with: &[(&str, &str)]) -> Answer {
        let asking = self.asking(with);
        self.browser
            .fill(&asking, "/oauth/authorize", &[("decision", decision)])
            .await
    }

    /// A code, after the member has agreed.
    pub(crate) async fn code(&mut self, with: &[(&str, &str)]) -> String {
        let answer = self.answer("allow", with).await;
        parameter(&location(&answer), "code").unwrap()
    }

    /// The app asks for a token, with fields added to the usual ones or instead of them; an empty one is left out.
    pub(crate) async fn token(&self, with: &[(&str, &str)]) -> Answer {
        let usual = [
            ("grant_type", "authorization_code"),
            ("client_id", self.ivory.client_id.as_str()),
            ("client_secret", self.secret.as_str()),
            ("redirect_uri", CALLBACK),
        ];
        let kept = usual
            .into_iter()
            .filter(|(name, _)| with.iter().all(|(other, _)| other != name));
        let fields: Vec<(&str, &str)> = kept
            .chain(with.iter().copied())
            .filter(|(_, value)| !value.is_empty())
            .collect();
        self.browser
            .client
            .post("/oauth/token")
            .form(&fields)
            .send()
            .await
    }

    /// Whether a token opens the door.
    pub(crate) async fn works(&self, token: &str) -> bool {
        let request = self
            .browser
            .client
            .get("/api/v1/accounts/verify_credentials")
            .as_(token);
        request.send().await.status == 200
    }
}

/// The error of a refusal, which must have a description.
pub(crate) fn error(answer: &Answer) -> String {
    let refusal: Value = answer.json();
    assert!(refusal["error_description"].is_string(), "{refusal}");
    refusal["error"].as_str().unwrap().to_owned()
}
