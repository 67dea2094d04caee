//! What the operator says of the provider.

use std::path::PathBuf;

use secrecy::SecretString;
use url::Url;

/// What the operator says of the provider (`OIDC_*`).
#[derive(Clone, Debug)]
pub struct Settings {
    /// Text of the button (`OIDC_DISPLAY_NAME`).
    pub display_name: Option<String>,
    /// The provider, letter by letter as it calls itself (`OIDC_ISSUER`).
    pub issuer: String,
    /// Our name there (`OIDC_CLIENT_ID`).
    pub client_id: String,
    /// Our secret there (`OIDC_CLIENT_SECRET`).
    pub client_secret: SecretString,
    /// How the secret is shown (`OIDC_CLIENT_AUTH_METHOD`).
    pub client_auth: ClientAuth,
    /// The provider is asked for its addresses (`OIDC_DISCOVERY`).
    pub discovery: bool,
    /// Its addresses, as far as the operator gives them.
    pub endpoints: Endpoints,
    /// Where people come back to, when the operator spells it out (`OIDC_REDIRECT_URI`).
    pub redirect_uri: Option<Url>,
    /// What is asked for (`OIDC_SCOPE`); `openid` is, in any case.
    pub scopes: Vec<String>,
    /// The scope is repeated when a code is redeemed (`OIDC_SEND_SCOPE_TO_TOKEN_ENDPOINT`).
    pub repeats_scope: bool,
    /// Whether the provider asks again (`OIDC_PROMPT`).
    pub prompt: Option<String>,
    /// How it shows its page (`OIDC_DISPLAY`).
    pub display: Option<String>,
    /// The claim with the name (`OIDC_UID_FIELD`). It proposes a handle; people are told apart by `sub`.
    pub uid_field: String,
    /// Where people are sent after signing out there (`OIDC_IDP_LOGOUT_REDIRECT_URI`).
    pub logout_redirect_uri: Option<String>,
    /// Its mail addresses are people's own, whatever it says (`OIDC_SECURITY_ASSUME_EMAIL_IS_VERIFIED`).
    pub assume_email_is_verified: bool,
    /// The claim with the groups, or the way to it with dots (`MOOT_OIDC_GROUPS_CLAIM`).
    pub groups_claim: String,
    /// Certificate authorities, PEM (`MOOT_OIDC_CA_FILE`).
    pub ca_file: Option<PathBuf>,
}

/// The provider's addresses.
#[derive(Clone, Debug, Default)]
pub struct Endpoints {
    /// Where people sign in (`OIDC_AUTH_ENDPOINT`).
    pub authorization: Option<Url>,
    /// Where codes are redeemed (`OIDC_TOKEN_ENDPOINT`).
    pub token: Option<Url>,
    /// Where it tells of people (`OIDC_USER_INFO_ENDPOINT`).
    pub userinfo: Option<Url>,
    /// Where its keys are (`OIDC_JWKS_URI`).
    pub jwks: Option<Url>,
    /// Where people sign out (`OIDC_END_SESSION_ENDPOINT`).
    pub end_session: Option<Url>,
}

/// How our secret is shown (OpenID Connect Core, 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// `client_secret_basic`
    Basic,
    /// `client_secret_post`
    Post,
}
