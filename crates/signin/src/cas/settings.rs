//! What the operator says of the CAS server.

use url::Url;

pub use outgoing::Trust;

/// What the operator says of the CAS server (`CAS_*`).
#[derive(Clone, Debug)]
pub struct Settings {
    /// Text of the button (`CAS_DISPLAY_NAME`).
    pub display_name: Option<String>,
    /// Its sign-in page (`CAS_URL` with `CAS_LOGIN_URL`).
    pub login: Url,
    /// Where it checks tickets (`CAS_URL` with `CAS_VALIDATE_URL`).
    pub validate: Url,
    /// Where people come back to, when the operator spells it out (`CAS_CALLBACK_URL`).
    pub callback: Option<Url>,
    /// Names of attributes.
    pub attributes: Attributes,
    /// Its mail addresses are people's own (`CAS_SECURITY_ASSUME_EMAIL_IS_VERIFIED`).
    pub assume_email_is_verified: bool,
    /// Whose certificates are believed (`CAS_CA_PATH`, `CAS_DISABLE_SSL_VERIFICATION`).
    pub trust: Trust,
}

/// In which attributes the server tells what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attributes {
    /// Who it is (`CAS_UID_FIELD`).
    pub uid: String,
    /// The name shown (`CAS_NAME_KEY`).
    pub name: String,
    /// Or its first part (`CAS_FIRST_NAME_KEY`),
    pub first_name: String,
    /// and its last (`CAS_LAST_NAME_KEY`).
    pub last_name: String,
    /// The mail address (`CAS_EMAIL_KEY`).
    pub email: String,
}

impl Default for Attributes {
    fn default() -> Self {
        Self {
            uid: "user".to_owned(),
            name: "name".to_owned(),
            first_name: "firstname".to_owned(),
            last_name: "lastname".to_owned(),
            email: "email".to_owned(),
        }
    }
}
