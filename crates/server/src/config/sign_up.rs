//! Who may join.

use super::profile::{Profile, is_local};
use super::reader::Reader;
use super::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Sign-up",
    introduction: "",
    variables: &[
        accept(
            "MOOT_SIGN_UP",
            Kind::Choice(&["open", "approval", "closed"]),
            "",
            "Who may join: everybody, those who are approved, or nobody. Without it: closed in production, open in the demo and test profiles.",
        ),
        accept(
            "EMAIL_DOMAIN_ALLOWLIST",
            Kind::List('|'),
            "",
            "Only addresses at these domains, or below them, may sign up.",
        )
        .formerly(&["EMAIL_DOMAIN_WHITELIST"]),
        accept(
            "EMAIL_DOMAIN_DENYLIST",
            Kind::List('|'),
            "",
            "Addresses at these domains, or below them, may not sign up.",
        )
        .formerly(&["EMAIL_DOMAIN_BLACKLIST"]),
        accept(
            "EMAIL_DOMAIN_LISTS_APPLY_AFTER_CONFIRMATION",
            Kind::Boolean,
            "",
            "The two lists also bind members who change their address.",
        ),
        accept(
            "DISABLE_AUTOMATIC_SWITCHING_TO_APPROVED_REGISTRATIONS",
            Kind::Boolean,
            "",
            "Open sign-up stays open when no moderator has been seen for a week.",
        )
        .with("moderation"),
        accept("HCAPTCHA_SITE_KEY", Kind::Text, "", "Captcha at sign-up.").with("a captcha"),
        accept("HCAPTCHA_SECRET_KEY", Kind::Text, "", "Captcha at sign-up.")
            .secret()
            .with("a captcha"),
    ],
};

/// Who may join.
#[derive(Debug, Clone)]
pub struct SignUp {
    /// Whether anybody may.
    pub mode: SignUpMode,
    /// Domains of mail addresses that alone may; everywhere when empty.
    pub email_allowed: Vec<String>,
    /// Domains of mail addresses that may not.
    pub email_denied: Vec<String>,
    /// Both also bind members who change their address.
    pub email_lists_bind_later: bool,
}

/// Whether anybody may join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignUpMode {
    /// Everybody, at once.
    Open,
    /// Whoever is approved.
    Approval,
    /// Nobody.
    Closed,
}

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>, profile: Profile) -> SignUp {
    let mode = match reader.text("MOOT_SIGN_UP").as_deref() {
        Some("open") => SignUpMode::Open,
        Some("approval") => SignUpMode::Approval,
        None if is_local(profile) => SignUpMode::Open,
        _ => SignUpMode::Closed,
    };
    SignUp {
        mode,
        email_allowed: reader.list("EMAIL_DOMAIN_ALLOWLIST"),
        email_denied: reader.list("EMAIL_DOMAIN_DENYLIST"),
        email_lists_bind_later: reader.boolean("EMAIL_DOMAIN_LISTS_APPLY_AFTER_CONFIRMATION"),
    }
}
