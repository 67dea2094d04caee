//! From what the provider says of somebody to an identity.

use outgoing::Http;
use serde_json::{Map, Value};
use url::Url;

use super::{Recognised, Settings, token::Verified};
use crate::{Identity, Unrecognised};

/// More groups than this are not kept.
const MOST_GROUPS: usize = 1000;
/// Claims that speak of the token, not of the person.
const OF_THE_TOKEN: [&str; 9] = [
    "iss", "aud", "azp", "exp", "iat", "nbf", "nonce", "sid", "sub",
];

/// What the ID token says with what the userinfo endpoint adds, if both speak of the same person (OpenID Connect Core,
/// 5.3.2).
pub(super) async fn user_info(
    http: &Http,
    endpoint: &Url,
    access_token: &str,
    verified: &Verified,
) -> Result<Map<String, Value>, Unrecognised> {
    let answer = http.get(endpoint, Some(access_token)).await;
    let answer = answer.map_err(Unrecognised::Unavailable)?;
    let unavailable =
        |reason: String| Unrecognised::Unavailable(format!("its userinfo endpoint {reason}"));
    if !answer.status.is_success() {
        return Err(unavailable(format!("answered {}", answer.status)));
    }
    if answer.media_type == "application/jwt" {
        return Err(unavailable(
            "answers with signed tokens; register Moot for plain JSON".to_owned(),
        ));
    }
    let said: Map<String, Value> = serde_json::from_slice(&answer.body)
        .map_err(|_| unavailable("gave no JSON object".to_owned()))?;
    merge(verified, said)
}

fn merge(
    verified: &Verified,
    said: Map<String, Value>,
) -> Result<Map<String, Value>, Unrecognised> {
    if said.get("sub").and_then(Value::as_str) != verified.text("sub") {
        return Err(Unrecognised::Untrue(
            "the userinfo endpoint speaks of somebody else".to_owned(),
        ));
    }
    let mut claims = verified.claims.clone();
    let said = said.into_iter();
    claims.extend(said.filter(|(name, _)| !OF_THE_TOKEN.contains(&name.as_str())));
    Ok(claims)
}

/// Who it is.
pub(super) fn recognise(
    settings: &Settings,
    claims: &Map<String, Value>,
) -> Result<Recognised, Unrecognised> {
    let text = |name: &str| {
        let text = claims.get(name)?.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let subject =
        text("sub").ok_or_else(|| Unrecognised::Untrue("the token names nobody".to_owned()))?;
    let email = text("email");
    let says_verified = match claims.get("email_verified") {
        Some(Value::Bool(is_verified)) => *is_verified,
        // Some providers write it as text.
        Some(Value::String(word)) => word == "true",
        _ => false,
    };
    let name = text(&settings.uid_field)
        .or_else(|| text("preferred_username"))
        .unwrap_or_else(|| subject.clone());
    // As Mastodon: of an address, the part before the sign.
    let username = name.split('@').next().unwrap_or_default().to_owned();
    let identity = Identity {
        source: settings.issuer.clone(),
        subject,
        username,
        email_is_verified: email.is_some() && (says_verified || settings.assume_email_is_verified),
        email,
        display_name: text("name").or_else(|| full_name(text("given_name"), text("family_name"))),
        groups: groups(claims, &settings.groups_claim),
    };
    Ok(Recognised {
        identity,
        session: text("sid"),
    })
}

/// A name from its parts.
fn full_name(given: Option<String>, family: Option<String>) -> Option<String> {
    let parts: Vec<String> = given.into_iter().chain(family).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The groups: a claim of this name, or one inside another (`realm_access.roles`); a list, or one word.
fn groups(claims: &Map<String, Value>, name: &str) -> Vec<String> {
    let found = claims.get(name).or_else(|| {
        let mut parts = name.split('.');
        let first = claims.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part))
    });
    match found {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(many)) => many
            .iter()
            .filter_map(Value::as_str)
            .take(MOST_GROUPS)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::oidc::tests::settings;

    fn recognise(claims: &Value) -> Recognised {
        super::recognise(&settings(), claims.as_object().unwrap()).unwrap()
    }

    #[test]
    fn a_person_is_their_subject_and_everything_else_is_told_along() {
        let recognised = recognise(&json!({
            "sub": "24400320", "preferred_username": "alice", "name": "Alice A", "sid": "s1",
            "email": "alice@club.example", "email_verified": true, "groups": ["office", "members"],
        }));

        assert_eq!(
            recognised.identity,
            Identity {
                source: "https://sso.club.example".into(),
                subject: "24400320".into(),
                username: "alice".into(),
                email: Some("alice@club.example".into()),
                email_is_verified: true,
                display_name: Some("Alice A".into()),
                groups: vec!["office".into(), "members".into()],
            }
        );
        assert_eq!(recognised.session.as_deref(), Some("s1"));
    }

    #[test]
    fn an_address_is_not_vouched_for_unless_the_provider_says_so() {
        let is_verified = |claims: &Value| recognise(claims).identity.email_is_verified;

        assert!(!is_verified(&json!({"sub": "1", "email": "a@b.example"})));
        assert!(!is_verified(
            &json!({"sub": "1", "email": "a@b.example", "email_verified": false})
        ));
        assert!(!is_verified(&json!({"sub": "1", "email_verified": true})));
        assert!(is_verified(
            &json!({"sub": "1", "email": "a@b.example", "email_verified": "true"})
        ));
    }

    #[test]
    fn a_name_is_proposed_from_whatever_there_is() {
        let name = |claims: &Value| recognise(claims).identity.username;

        assert_eq!(
            name(&json!({"sub": "1", "preferred_username": "alice@club.example"})),
            "alice"
        );
        assert_eq!(name(&json!({"sub": "1"})), "1");
    }

    #[test]
    fn groups_are_found_in_a_list_a_word_and_inside_another_claim() {
        let claims = json!({"one": "office", "realm_access": {"roles": ["a", 1, "b"]}});
        let groups = |name| groups(claims.as_object().unwrap(), name);

        assert_eq!(groups("one"), ["office"]);
        assert_eq!(groups("realm_access.roles"), ["a", "b"]);
        assert!(groups("nothing").is_empty());
        assert!(groups("realm_access.nothing.more").is_empty());
    }

    #[test]
    fn userinfo_of_somebody_else_is_not_believed_and_cannot_change_the_token() {
        let verified = Verified {
            typ: None,
            claims: json!({"sub": "1", "sid": "s", "name": "Old"})
                .as_object()
                .unwrap()
                .clone(),
        };
        let merge = |said: &Value| merge(&verified, said.as_object().unwrap().clone());

        assert!(merge(&json!({"sub": "2", "name": "New"})).is_err());
        assert!(merge(&json!({"name": "New"})).is_err());
        let merged = merge(&json!({"sub": "1", "sid": "t", "name": "New"})).unwrap();
        assert_eq!(merged["name"], "New");
        assert_eq!(merged["sid"], "s");
    }
}
