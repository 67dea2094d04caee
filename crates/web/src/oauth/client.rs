//! Which app asks, and its proof: HTTP Basic or fields of the body (RFC 6749, 2.3.1).

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, header};
use model::oauth::Application;
use percent_encoding::percent_decode_str;
use service::{App, auth};

use super::error::{OauthError, TriedBasic};

/// What an app says of itself.
pub(super) struct Claim {
    client_id: String,
    client_secret: String,
    way: TriedBasic,
}

impl Claim {
    /// From the Authorization header if it is Basic, else from the fields of the body.
    pub(super) fn read(
        headers: &HeaderMap,
        client_id: Option<String>,
        client_secret: Option<String>,
    ) -> Self {
        if let Some((client_id, client_secret)) = basic(headers) {
            return Self {
                client_id,
                client_secret,
                way: TriedBasic::Yes,
            };
        }
        Self {
            client_id: client_id.unwrap_or_default(),
            client_secret: client_secret.unwrap_or_default(),
            way: TriedBasic::No,
        }
    }

    /// The app, if its secret is right. Every app has one: Mastodon knows no public clients.
    pub(super) async fn check(&self, app: &App) -> Result<Application, OauthError> {
        if self.client_id.is_empty() || self.client_secret.is_empty() {
            return Err(OauthError::InvalidClient(self.way));
        }
        let found = auth::check_application(app, &self.client_id, &self.client_secret).await?;
        found.ok_or(OauthError::InvalidClient(self.way))
    }
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let plain = |part| percent_decode_str(part).decode_utf8_lossy().into_owned();
    Some((plain(id), plain(secret)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_wins_over_the_body_and_other_schemes_do_not() {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, "Basic YWJjOmQlM0Fl".parse().unwrap());

        let claim = Claim::read(&headers, Some("other".into()), None);

        assert_eq!(
            (claim.client_id.as_str(), claim.client_secret.as_str()),
            ("abc", "d:e")
        );
        headers.insert(
            header::AUTHORIZATION,
            "Bearer YWJjOmQlM0Fl".parse().unwrap(),
        );
        assert_eq!(
            Claim::read(&headers, Some("other".into()), None).client_id,
            "other"
        );
    }
}
