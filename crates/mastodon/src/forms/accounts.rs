//! Signing up, changing one's profile, following.

use serde::Deserialize;

use super::lenient;

/// The letter that confirms an address is wanted once more. <https://docs.joinmastodon.org/methods/emails/#confirmation>
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ConfirmAgain {
    /// The address, where it was mistyped.
    #[serde(deserialize_with = "lenient::text")]
    pub email: Option<String>,
}

/// A sign-up through an app. <https://docs.joinmastodon.org/methods/accounts/#create>
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SignUp {
    /// The wished name.
    #[serde(deserialize_with = "lenient::text")]
    pub username: Option<String>,
    /// The address.
    #[serde(deserialize_with = "lenient::text")]
    pub email: Option<String>,
    /// The wished password.
    #[serde(deserialize_with = "lenient::text")]
    pub password: Option<String>,
    /// Whether the rules were agreed to.
    #[serde(deserialize_with = "lenient::flag")]
    pub agreement: Option<bool>,
    /// The language of mails.
    #[serde(deserialize_with = "lenient::text")]
    pub locale: Option<String>,
    /// Why one wants to join.
    #[serde(deserialize_with = "lenient::text")]
    pub reason: Option<String>,
    /// `YYYY-MM-DD`, where a least age is asked for.
    #[serde(deserialize_with = "lenient::text")]
    pub date_of_birth: Option<String>,
}

impl std::fmt::Debug for SignUp {
    /// Without address and password, which have no place in a log.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SignUp")
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}

/// Changes to one's profile.
/// <https://docs.joinmastodon.org/methods/accounts/#update_credentials>
///
/// Pictures are not here: they come beside the form, as files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct UpdateCredentials {
    /// What the account calls itself.
    #[serde(deserialize_with = "lenient::text")]
    pub display_name: Option<String>,
    /// The biography, in plain text.
    #[serde(deserialize_with = "lenient::text")]
    pub note: Option<String>,
    /// The picture in words.
    #[serde(deserialize_with = "lenient::text")]
    pub avatar_description: Option<String>,
    /// The banner in words.
    #[serde(deserialize_with = "lenient::text")]
    pub header_description: Option<String>,
    /// Whether follows need approval.
    #[serde(deserialize_with = "lenient::flag")]
    pub locked: Option<bool>,
    /// Whether a program posts here.
    #[serde(deserialize_with = "lenient::flag")]
    pub bot: Option<bool>,
    /// Whether the owner wants to be found.
    #[serde(deserialize_with = "lenient::flag")]
    pub discoverable: Option<bool>,
    /// Whether followers and following are hidden.
    #[serde(deserialize_with = "lenient::flag")]
    pub hide_collections: Option<bool>,
    /// Whether public posts may be searched.
    #[serde(deserialize_with = "lenient::flag")]
    pub indexable: Option<bool>,
    /// Sites that may name the owner as author.
    #[serde(deserialize_with = "lenient::texts")]
    pub attribution_domains: Option<Vec<String>>,
    /// The table on the profile, as a whole.
    #[serde(deserialize_with = "lenient::structs")]
    pub fields_attributes: Option<Vec<ProfileField>>,
    /// Choices for new posts.
    #[serde(deserialize_with = "lenient::structure")]
    pub source: Option<SourceChanges>,
}

/// One line of the table on a profile, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ProfileField {
    /// The left column.
    #[serde(deserialize_with = "lenient::text")]
    pub name: Option<String>,
    /// The right column.
    #[serde(deserialize_with = "lenient::text")]
    pub value: Option<String>,
}

/// Choices for new posts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SourceChanges {
    /// Default visibility.
    #[serde(deserialize_with = "lenient::text")]
    pub privacy: Option<String>,
    /// Whether media are hidden by default.
    #[serde(deserialize_with = "lenient::flag")]
    pub sensitive: Option<bool>,
    /// Default language.
    #[serde(deserialize_with = "lenient::text")]
    pub language: Option<String>,
    /// Who may quote.
    #[serde(deserialize_with = "lenient::text")]
    pub quote_policy: Option<String>,
}

/// How an account is followed. <https://docs.joinmastodon.org/methods/accounts/#follow>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Follow {
    /// Whether its boosts reach home.
    #[serde(deserialize_with = "lenient::flag")]
    pub reblogs: Option<bool>,
    /// Whether its posts notify.
    #[serde(deserialize_with = "lenient::flag")]
    pub notify: Option<bool>,
    /// Only these languages reach home.
    #[serde(deserialize_with = "lenient::texts")]
    pub languages: Option<Vec<String>>,
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn profile_fields_may_be_numbered() {
        let form: UpdateCredentials = from_value(json!({
            "locked": "1",
            "fields_attributes": {"0": {"name": "a", "value": "b"}, "1": {"name": "c"}},
            "source": {"privacy": "unlisted"},
        }))
        .unwrap();

        let fields = form.fields_attributes.unwrap();
        assert_eq!(form.locked, Some(true));
        assert_eq!(fields[0].value.as_deref(), Some("b"));
        assert_eq!(fields[1].value, None);
        assert_eq!(form.source.unwrap().privacy.as_deref(), Some("unlisted"));
    }

    #[test]
    fn a_sign_up_in_a_log_shows_neither_address_nor_password() {
        let form: SignUp = from_value(json!({
            "username": "alice", "email": "a@club.example", "password": "hunter2", "agreement": "true",
        }))
        .unwrap();

        let logged = format!("{form:?}");

        assert!(logged.contains("alice"));
        assert!(!logged.contains("hunter2") && !logged.contains("a@club"));
    }
}
