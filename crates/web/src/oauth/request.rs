//! What an app asks a member for, and whether it may.

use http::StatusCode;
use model::{Scopes, oauth::Application};
use serde::Deserialize;

use super::token::USUAL_SCOPE;

/// The parameters of RFC 6749, 4.1.1 and RFC 7636, 4.3, and Mastodon's `force_login`.
///
/// `lang` is taken and has nothing to choose from: the pages are in English.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) response_type: String,
    pub(super) response_mode: String,
    pub(super) scope: String,
    pub(super) state: Option<String>,
    pub(super) code_challenge: String,
    pub(super) code_challenge_method: String,
    pub(super) force_login: String,
}

/// A request that a member can be asked about.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) application: Application,
    pub(super) redirect_uri: String,
    pub(super) scopes: Scopes,
    pub(super) state: Option<String>,
    pub(super) pkce_challenge: Option<String>,
}

/// Why nobody is asked.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Told to the person, because there is nowhere safe to send them: the app or the address is not
    /// known, so whoever made this link may be anybody.
    Page(StatusCode, &'static str),
    /// Told to the app, at its own address.
    App {
        error: &'static str,
        description: &'static str,
    },
}

impl Asked {
    /// Whether the app wants its person to choose an account anew.
    pub(super) fn forces_login(&self) -> bool {
        !matches!(
            self.force_login.as_str(),
            "" | "0" | "f" | "F" | "false" | "FALSE" | "off" | "OFF"
        )
    }

    /// Checks the request of an app that was found by its `client_id`.
    pub(super) fn check(&self, application: Option<Application>) -> Result<Request, Refusal> {
        let application = application.ok_or(Refusal::Page(
            StatusCode::UNAUTHORIZED,
            "The app that sent you here is not registered with this server. Try to add your account in the app anew.",
        ))?;
        // Exact, letter for letter (S41).
        if !application.redirect_uris.contains(&self.redirect_uri) {
            return Err(Refusal::Page(
                StatusCode::BAD_REQUEST,
                "The app that sent you here wants you sent on to an address that it has not registered.",
            ));
        }
        let refused = |error, description| Err(Refusal::App { error, description });
        match self.response_type.as_str() {
            "code" => {}
            "" => return refused("invalid_request", "The parameter response_type is missing."),
            _ => {
                return refused(
                    "unsupported_response_type",
                    "Only the response type code exists.",
                );
            }
        }
        if !matches!(self.response_mode.as_str(), "" | "query") {
            return refused("invalid_request", "Only the response mode query exists.");
        }
        let scope = if self.scope.trim().is_empty() {
            USUAL_SCOPE
        } else {
            &self.scope
        };
        let Ok(scopes) = scope.parse::<Scopes>() else {
            return refused("invalid_scope", "A scope does not exist.");
        };
        if !application.scopes.contain(&scopes) {
            return refused(
                "invalid_scope",
                "A scope is more than the app registered for.",
            );
        }
        if !self.code_challenge.is_empty() {
            // Without a method, RFC 7636 means `plain`, which protects from nobody who reads the request.
            if self.code_challenge_method != "S256" {
                return refused("invalid_request", "The code_challenge_method must be S256.");
            }
            if !is_digest(&self.code_challenge) {
                return refused(
                    "invalid_request",
                    "The code_challenge is no SHA-256 in base64url.",
                );
            }
        }
        Ok(Request {
            application,
            redirect_uri: self.redirect_uri.clone(),
            scopes,
            state: self.state.clone(),
            pkce_challenge: Some(self.code_challenge.clone()).filter(|text| !text.is_empty()),
        })
    }
}

/// Some apps leave the padding on.
fn is_digest(challenge: &str) -> bool {
    let challenge = challenge.strip_suffix('=').unwrap_or(challenge);
    challenge.len() == 43
        && challenge
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use model::ApplicationId;
    use time::OffsetDateTime;

    use super::*;

    fn ivory() -> Application {
        Application {
            id: ApplicationId::new(1),
            client_id: "ivory".into(),
            name: "Ivory".into(),
            website: None,
            redirect_uris: vec!["ivory://back".into(), "https://app.example/cb?x=1".into()],
            scopes: "read write:statuses".parse().unwrap(),
            created_at: OffsetDateTime::UNIX_EPOCH,
        }
    }

    fn asked() -> Asked {
        Asked {
            client_id: "ivory".into(),
            redirect_uri: "ivory://back".into(),
            response_type: "code".into(),
            ..Asked::default()
        }
    }

    #[test]
    fn without_scopes_an_app_asks_to_read() {
        let request = asked().check(Some(ivory())).unwrap();

        assert_eq!(request.scopes.to_string(), "read");
    }

    // S41: whoever may choose the address gets the code.
    #[test]
    fn nobody_is_sent_to_an_address_that_is_not_the_apps_own_to_the_letter() {
        for uri in [
            "",
            "ivory://back/",
            "ivory://back#x",
            "IVORY://back",
            "ivory://back?x=1",
            "https://app.example/cb",
            "https://app.example/cb?x=1&y=2",
            "https://app.example/cb?x=1#",
            "https://app.example.evil.example/cb?x=1",
            "https://app.example@evil.example/cb?x=1",
            "https://app.example/../cb?x=1",
            "//app.example/cb?x=1",
            "javascript:alert(1)",
        ] {
            let wrong = Asked {
                redirect_uri: uri.into(),
                ..asked()
            };

            let refusal = wrong.check(Some(ivory())).unwrap_err();

            assert!(matches!(refusal, Refusal::Page(..)), "{uri}");
        }
        assert!(matches!(
            asked().check(None).unwrap_err(),
            Refusal::Page(..)
        ));
    }

    #[test]
    fn what_the_app_did_wrong_it_is_told() {
        let digest = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        let challenged = |method: &str, challenge: &str| Asked {
            code_challenge: challenge.into(),
            code_challenge_method: method.into(),
            ..asked()
        };
        for (wrong, expected) in [
            (
                Asked {
                    response_type: String::new(),
                    ..asked()
                },
                "invalid_request",
            ),
            (
                Asked {
                    response_type: "token".into(),
                    ..asked()
                },
                "unsupported_response_type",
            ),
            (
                Asked {
                    scope: "read everything".into(),
                    ..asked()
                },
                "invalid_scope",
            ),
            (
                Asked {
                    scope: "read write".into(),
                    ..asked()
                },
                "invalid_scope",
            ),
            (
                Asked {
                    response_mode: "fragment".into(),
                    ..asked()
                },
                "invalid_request",
            ),
            (challenged("plain", digest), "invalid_request"),
            (challenged("", digest), "invalid_request"),
            (challenged("S256", "short"), "invalid_request"),
        ] {
            let refusal = wrong.check(Some(ivory())).unwrap_err();

            let Refusal::App { error, .. } = refusal else {
                panic!("{refusal:?}")
            };
            assert_eq!(error, expected);
        }
        assert!(challenged("S256", digest).check(Some(ivory())).is_ok());
    }

    #[test]
    fn a_login_is_forced_by_any_word_for_yes() {
        for (word, forces) in [
            ("true", true),
            ("1", true),
            ("", false),
            ("false", false),
            ("0", false),
        ] {
            let asked = Asked {
                force_login: word.into(),
                ..Asked::default()
            };

            assert_eq!(asked.forces_login(), forces, "{word}");
        }
    }
}
