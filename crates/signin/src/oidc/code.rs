//! The code flow: leading a browser there, and redeeming what it brings back.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use outgoing::Http;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use url::{Url, form_urlencoded};

use super::{ClientAuth, Settings, provider::Endpoints};
use crate::{
    Unrecognised,
    callback::{is_same, unguessable},
};

/// Where a browser goes, and what it has to bring back.
#[derive(Debug)]
pub struct Start {
    /// The provider's page.
    pub address: Url,
    /// Kept where only this browser can bring it back from, and nobody can read it.
    pub pending: Pending,
}

/// What ties an answer to the browser that began.
#[derive(Clone, Serialize, Deserialize)]
pub struct Pending {
    state: String,
    nonce: String,
    verifier: String,
}

impl Pending {
    /// The value that comes back in the address.
    pub fn state(&self) -> &str {
        &self.state
    }

    pub(super) fn nonce(&self) -> &str {
        &self.nonce
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending(…)")
    }
}

/// What came back in the address (RFC 6749, 4.1.2; RFC 9207).
#[derive(Clone, Copy, Debug, Default)]
pub struct Answer<'a> {
    /// The code.
    pub code: Option<&'a str>,
    /// The value that we sent.
    pub state: Option<&'a str>,
    /// Why there is no code.
    pub error: Option<&'a str>,
    /// The same in words.
    pub error_description: Option<&'a str>,
    /// Who answers.
    pub iss: Option<&'a str>,
}

/// Us, towards the provider.
#[derive(Clone, Copy)]
pub(super) struct Client<'a> {
    pub(super) settings: &'a Settings,
    pub(super) callback: &'a Url,
    pub(super) http: &'a Http,
}

/// What a code is redeemed for.
#[derive(Deserialize)]
pub(super) struct Tokens {
    pub(super) id_token: String,
    #[serde(default)]
    pub(super) access_token: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Failure {
    error: String,
}

/// Where a browser goes.
pub(super) fn start(settings: &Settings, callback: &Url, endpoints: &Endpoints) -> Start {
    let pending = Pending {
        state: unguessable(),
        nonce: unguessable(),
        verifier: unguessable(),
    };
    let challenge = digest(&SHA256, pending.verifier.as_bytes());
    let mut address = endpoints.authorization.clone();
    let mut query = address.query_pairs_mut();
    query
        .append_pair("response_type", "code")
        .append_pair("client_id", &settings.client_id)
        .append_pair("redirect_uri", callback.as_str())
        .append_pair("scope", &scope(settings))
        .append_pair("state", &pending.state)
        .append_pair("nonce", &pending.nonce)
        .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(challenge))
        .append_pair("code_challenge_method", "S256");
    if let Some(prompt) = &settings.prompt {
        query.append_pair("prompt", prompt);
    }
    if let Some(display) = &settings.display {
        query.append_pair("display", display);
    }
    drop(query);
    Start { address, pending }
}

/// Whether an answer belongs to what this browser began, at this provider.
pub(super) fn check(
    pending: &Pending,
    answer: &Answer<'_>,
    issuer: &str,
) -> Result<(), Unrecognised> {
    if !answer
        .state
        .is_some_and(|state| is_same(state, &pending.state))
    {
        return Err(Unrecognised::Foreign);
    }
    if answer.iss.is_some_and(|iss| iss != issuer) {
        return Err(Unrecognised::Untrue(
            "the answer is of another issuer".to_owned(),
        ));
    }
    Ok(())
}

/// The code, or why there is none.
pub(super) fn granted<'a>(answer: &Answer<'a>) -> Result<&'a str, Unrecognised> {
    if let Some(error) = answer.error {
        return Err(match error {
            "temporarily_unavailable" | "server_error" => {
                Unrecognised::Unavailable(format!("it says {}", plain(error)))
            }
            "invalid_request"
            | "unauthorized_client"
            | "invalid_scope"
            | "unsupported_response_type" => Unrecognised::Unavailable(format!(
                "it does not take our question: {} {}",
                plain(error),
                plain(answer.error_description.unwrap_or_default())
            )),
            _ => Unrecognised::Denied(plain(error)),
        });
    }
    answer
        .code
        .filter(|code| !code.is_empty())
        .ok_or_else(|| Unrecognised::Untrue("the answer has no code".to_owned()))
}

/// Redeems a code.
pub(super) async fn redeem(
    client: Client<'_>,
    endpoints: &Endpoints,
    pending: &Pending,
    code: &str,
) -> Result<Tokens, Unrecognised> {
    let settings = client.settings;
    let secret = settings.client_secret.expose_secret();
    let basic = match settings.client_auth {
        ClientAuth::Basic => Some((encoded(&settings.client_id), encoded(secret))),
        ClientAuth::Post => None,
    };
    let basic = basic
        .as_ref()
        .map(|(id, secret)| (id.as_str(), secret.as_str()));
    let form = form(client, pending, code);
    let answer = client.http.post_form(&endpoints.token, form, basic);
    let answer = answer.await.map_err(Unrecognised::Unavailable)?;
    if answer.status.is_success() {
        return serde_json::from_slice(&answer.body).map_err(|_| {
            Unrecognised::Unavailable("its token endpoint gives no ID token".to_owned())
        });
    }
    let failure: Failure = serde_json::from_slice(&answer.body).unwrap_or_default();
    Err(match failure.error.as_str() {
        "invalid_grant" => Unrecognised::Spent,
        "invalid_client" => Unrecognised::Unavailable(
            "it does not know our name and secret: look at OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and \
             OIDC_CLIENT_AUTH_METHOD"
                .to_owned(),
        ),
        other => Unrecognised::Unavailable(format!(
            "its token endpoint answered {} {}",
            answer.status,
            plain(other)
        )),
    })
}

fn form(client: Client<'_>, pending: &Pending, code: &str) -> String {
    let settings = client.settings;
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code")
        .append_pair("code", code)
        .append_pair("redirect_uri", client.callback.as_str())
        .append_pair("code_verifier", &pending.verifier);
    if settings.repeats_scope {
        form.append_pair("scope", &scope(settings));
    }
    if settings.client_auth == ClientAuth::Post {
        form.append_pair("client_id", &settings.client_id)
            .append_pair("client_secret", settings.client_secret.expose_secret());
    }
    form.finish()
}

/// The scopes, `openid` among them in any case.
fn scope(settings: &Settings) -> String {
    let mut scopes: Vec<&str> = settings.scopes.iter().map(String::as_str).collect();
    if !scopes.contains(&"openid") {
        scopes.insert(0, "openid");
    }
    scopes.join(" ")
}

/// A name or secret for HTTP Basic, which OAuth wants encoded as in a form (RFC 6749, 2.3.1).
fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Foreign words for the log: short, one line, letters of ASCII.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_ascii_graphic() || *letter == ' ')
        .take(200)
        .collect()
}
