//! Apps registering themselves and asking for tokens.

use serde::{Deserialize, Deserializer};

use super::lenient;

/// An app registering itself. <https://docs.joinmastodon.org/methods/apps/#create>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RegisterApp {
    /// The app's name.
    #[serde(deserialize_with = "lenient::text")]
    pub client_name: Option<String>,
    /// Where it may send people back to: a list, or text with one a line.
    #[serde(deserialize_with = "lines")]
    pub redirect_uris: Vec<String>,
    /// What it may ask for, separated by spaces.
    #[serde(deserialize_with = "lenient::text")]
    pub scopes: Option<String>,
    /// The app's site.
    #[serde(deserialize_with = "lenient::text")]
    pub website: Option<String>,
}

fn lines<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<String>, D::Error> {
    let texts = lenient::texts(source)?.unwrap_or_default();
    Ok(texts
        .iter()
        .flat_map(|text| text.split_whitespace())
        .map(str::to_owned)
        .collect())
}

/// An app asking for a token (RFC 6749, RFC 7636).
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct TokenRequest {
    /// `authorization_code` or `client_credentials`.
    #[serde(deserialize_with = "lenient::text")]
    pub grant_type: Option<String>,
    /// The app, unless it is named in the Authorization header.
    #[serde(deserialize_with = "lenient::text")]
    pub client_id: Option<String>,
    /// The app's proof.
    #[serde(deserialize_with = "lenient::text")]
    pub client_secret: Option<String>,
    /// The code the person brought back.
    #[serde(deserialize_with = "lenient::text")]
    pub code: Option<String>,
    /// Where the person was sent back to.
    #[serde(deserialize_with = "lenient::text")]
    pub redirect_uri: Option<String>,
    /// What the token shall allow, for an app's own token.
    #[serde(deserialize_with = "lenient::text")]
    pub scope: Option<String>,
    /// The secret behind the challenge sent before.
    #[serde(deserialize_with = "lenient::text")]
    pub code_verifier: Option<String>,
}

impl std::fmt::Debug for TokenRequest {
    /// Without codes and secrets, which have no place in a log.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("TokenRequest")
            .field("grant_type", &self.grant_type)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

/// An app giving a token back (RFC 7009).
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RevokeToken {
    /// The app, unless it is named in the Authorization header.
    #[serde(deserialize_with = "lenient::text")]
    pub client_id: Option<String>,
    /// The app's proof.
    #[serde(deserialize_with = "lenient::text")]
    pub client_secret: Option<String>,
    /// The token.
    #[serde(deserialize_with = "lenient::text")]
    pub token: Option<String>,
}

impl std::fmt::Debug for RevokeToken {
    /// Without token and secret, which have no place in a log.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("RevokeToken")
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn redirects_come_as_text_of_several_lines_or_as_a_list() {
        let text: RegisterApp =
            from_value(json!({"redirect_uris": "urn:ietf:wg:oauth:2.0:oob\napp://back"})).unwrap();
        let list: RegisterApp =
            from_value(json!({"redirect_uris": ["urn:ietf:wg:oauth:2.0:oob", "app://back"]}))
                .unwrap();

        assert_eq!(text, list);
        assert_eq!(list.redirect_uris.len(), 2);
    }

    #[test]
    fn a_token_request_in_a_log_shows_no_secret() {
        let request: TokenRequest = from_value(json!({
            "grant_type": "authorization_code", "code": "c0de", "client_secret": "5ecret",
        }))
        .unwrap();

        let logged = format!("{request:?}");

        assert!(!logged.contains("c0de") && !logged.contains("5ecret"));
    }
}
