//! What the operator has decided and the operations need to know.
//!
//! The `server` crate reads it from the environment; tests build it by hand.

use model::{
    Domain,
    instance::{Profile, Registrations},
    member::Office,
    moderation::Governance,
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
    /// How much memory may be used for keeping what was rendered, in bytes; 0 keeps nothing.
    pub shelf_bytes: u64,
    /// What being recognised by the organisation means here.
    pub sign_in: SignIn,
    /// How decisions are taken until there is a board; from then on it alone says.
    pub governance: Governance,
    /// Only listed servers are dealt with (`LIMITED_FEDERATION_MODE`).
    pub limited_federation: bool,
}

/// What being recognised by the organisation means here. How people are recognised is [`signin::Ways`]' business.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// Members may have a password of this server's own (`MOOT_LOCAL_PASSWORDS`).
    pub local_passwords: bool,
    /// There is no form for a name and password (`OMNIAUTH_ONLY`).
    pub only_providers: bool,
    /// Signing in leads straight to the one provider (`ONE_CLICK_SSO_LOGIN`).
    pub one_click: bool,
    /// Whether a first sign-in takes over an account that is there (`MOOT_LDAP_CLAIM`).
    pub claim: Claim,
    /// The same for providers (`ALLOW_UNSAFE_AUTH_PROVIDER_REATTACH`).
    pub provider_claim: Claim,
    /// Where a new member's handle comes from (`MOOT_USERNAME_POLICY`).
    pub usernames: UsernamePolicy,
    /// Which groups make eligible for what (`MOOT_LDAP_ROLE_MAP`, `MOOT_OIDC_ROLE_MAP`); groups are compared without
    /// regard to case.
    pub offices: Vec<(String, Office)>,
    /// Who must have a second factor (`MOOT_REQUIRE_SECOND_FACTOR`).
    pub second_factor_for: Vec<Office>,
    /// The directory also sets display names of members who have not chosen one (`MOOT_LDAP_DISPLAY_NAME`).
    pub display_names: bool,
    /// Time between looks at known people (`MOOT_LDAP_SYNC`); none when zero.
    pub sync_every: Duration,
    /// How long a leaver can still open their page (`MOOT_LEAVER_GRACE_DAYS`).
    pub grace: Duration,
    /// What comes after it (`MOOT_LEAVER_END`).
    pub end: LeaverEnd,
    /// Where people get the organisation's account (`SSO_ACCOUNT_SIGN_UP`).
    pub account_sign_up: Option<String>,
    /// Where they change it (`SSO_ACCOUNT_SETTINGS`).
    pub account_settings: Option<String>,
}

impl Default for SignIn {
    fn default() -> Self {
        Self {
            local_passwords: true,
            only_providers: false,
            one_click: false,
            claim: Claim::Never,
            provider_claim: Claim::Never,
            usernames: UsernamePolicy::Directory,
            offices: Vec::new(),
            second_factor_for: Vec::new(),
            display_names: false,
            sync_every: Duration::minutes(15),
            grace: Duration::days(90),
            end: LeaverEnd::Freeze,
            account_sign_up: None,
            account_settings: None,
        }
    }
}

/// Whether a first sign-in takes over an account that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Never: its owner proves both passwords, or the operator links it.
    Never,
    /// One of the same name that has no password here.
    ByName,
    /// One with the same confirmed address.
    ByMail,
}

/// Where a new member's handle comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsernamePolicy {
    /// It is the organisation's user name, mapped to what a handle can be; when that is taken, the sign-in stops.
    Directory,
    /// The same, but a number is appended when it is taken, as Mastodon does for providers.
    Free,
}

/// What comes after a leaver's grace period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaverEnd {
    /// The account stays as it is, and nobody can sign in to it.
    Freeze,
    /// It is deleted, after a notice.
    Delete,
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
    /// This also binds members who change their address (`EMAIL_DOMAIN_LISTS_APPLY_AFTER_CONFIRMATION`).
    pub bind_later: bool,
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
            bind_later: false,
        };

        assert!(domains.allow("club.example"));
        assert!(domains.allow("mail.CLUB.example"));
        assert!(!domains.allow("guests.club.example"));
        assert!(!domains.allow("aclub.example"));
        assert!(EmailDomains::default().allow("anywhere.example"));
    }
}
