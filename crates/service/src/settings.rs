//! What the operator has decided and the operations need to know.
//!
//! The `server` crate reads it from the environment; tests build it by hand.

use model::{
    Domain,
    instance::{Profile, Registrations},
};
use time::Duration;

/// The settings of the operations.
#[derive(Clone, Debug)]
pub struct Settings {
    /// In which of its lives the server runs.
    pub profile: Profile,
    /// Domain of handles (`LOCAL_DOMAIN`).
    pub local_domain: Domain,
    /// Host of all URLs (`WEB_DOMAIN`), with a port in the demo and test profiles.
    pub web_domain: Domain,
    /// Further names that mean this server (`ALTERNATE_DOMAINS`).
    pub alternate_domains: Vec<Domain>,
    /// URLs are `https` (always in production).
    pub https: bool,
    /// How the server is presented to people.
    pub presentation: Presentation,
    /// How somebody gets an account.
    pub registrations: Registrations,
    /// Whether a mail address has to be confirmed; only with mail configured.
    pub confirms_mail: bool,
    /// At which domains mail addresses of members may be.
    pub email_domains: EmailDomains,
    /// Limits on what members write, follow and open.
    pub limits: Limits,
    /// Members away for longer than this many days have no home written (`USER_ACTIVE_DAYS`).
    pub user_active_days: u16,
    /// How hard passwords are hashed.
    pub password_cost: PasswordCost,
}

/// How the server is presented to people.
#[derive(Clone, Debug)]
pub struct Presentation {
    /// Its name.
    pub title: String,
    /// What it is, in a sentence or two of plain text.
    pub description: String,
    /// Where questions go.
    pub contact_email: String,
    /// The languages its people speak, ISO 639.
    pub languages: Vec<String>,
    /// Where this version's source can be had (AGPL).
    pub source_url: String,
    /// The rules, one per entry.
    pub rules: Vec<String>,
    /// The longer description, Markdown.
    pub about: String,
    /// The privacy policy, Markdown.
    pub privacy_policy: String,
    /// The terms of service, Markdown.
    pub terms_of_service: String,
}

/// Limits on what members write, follow and open. The first are advertised in the instance entity.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Characters of a post with its content warning, counted as Mastodon does (`MAX_TOOT_CHARS`).
    pub status_characters: usize,
    /// Characters of a biography (`MAX_BIO_CHARS`).
    pub note_characters: usize,
    /// Characters of a display name (`MAX_DISPLAY_NAME_CHARS`).
    pub display_name_characters: usize,
    /// Rows of a profile's table (`MAX_PROFILE_FIELDS`).
    pub profile_fields: usize,
    /// People one may follow whatever one's own followers (`MAX_FOLLOWS_THRESHOLD`).
    pub follows_threshold: i64,
    /// Above that, people one may follow for each own follower (`MAX_FOLLOWS_RATIO`).
    pub follows_ratio: f64,
    /// Browsers a member can be signed in with (`MAX_SESSION_ACTIVATIONS`).
    pub sessions: i64,
    /// A browser session that nobody has used for so long is over (`SESSION_RETENTION_PERIOD`).
    pub idle_session: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            status_characters: 500,
            note_characters: 500,
            display_name_characters: 30,
            profile_fields: 4,
            follows_threshold: 7500,
            follows_ratio: 1.1,
            sessions: 10,
            idle_session: Duration::days(365),
        }
    }
}

/// At which domains mail addresses of members may be (`EMAIL_DOMAIN_ALLOWLIST`, `EMAIL_DOMAIN_DENYLIST`).
#[derive(Clone, Debug, Default)]
pub struct EmailDomains {
    /// Only at these or below them; everywhere when empty.
    pub allowed: Vec<String>,
    /// Not at these nor below them.
    pub denied: Vec<String>,
}

impl EmailDomains {
    /// Whether an address at this domain may be a member's.
    pub fn allow(&self, domain: &str) -> bool {
        let domain = domain.to_ascii_lowercase();
        let is_below = |above: &String| {
            let above = above.trim().to_ascii_lowercase();
            domain == above
                || domain
                    .strip_suffix(&above)
                    .is_some_and(|rest| rest.ends_with('.'))
        };
        (self.allowed.is_empty() || self.allowed.iter().any(is_below))
            && !self.denied.iter().any(is_below)
    }
}

/// How hard passwords are hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordCost {
    /// Argon2id with 19 MiB and two passes.
    Real,
    /// As little as the library allows, for test suites that make many members.
    Cheap,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_domains_means_what_lies_below_them_too() {
        let domains = EmailDomains {
            allowed: vec!["Club.example".into()],
            denied: vec!["guests.club.example".into()],
        };

        assert!(domains.allow("club.example"));
        assert!(domains.allow("mail.CLUB.example"));
        assert!(!domains.allow("guests.club.example"));
        assert!(!domains.allow("aclub.example"));
        assert!(EmailDomains::default().allow("anywhere.example"));
    }
}
