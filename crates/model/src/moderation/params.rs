//! What a measure needs to know besides its target.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Kind;

/// Parameters of a measure; which ones matter is decided by its kind, and [`Params::normalised`] drops the rest, so that two
/// proposals of equal effect are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// Domains: how much is blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<DomainSeverity>,
    /// Domains: media are not fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reject_media: Option<bool>,
    /// Domains: reports are not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reject_reports: Option<bool>,
    /// Domains: the name is shown in part only in public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obfuscate: Option<bool>,
    /// IP ranges: how much is blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_severity: Option<IpSeverity>,
    /// IP ranges: for how many seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<u32>,
    /// User names: how the pattern is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// Mail domains and user names: somebody may still be let in by approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_with_approval: Option<bool>,
    /// Entries of the log: which fields go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<String>>,
    /// Measures against members: whether they are told by mail as well. Not part of the effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send_mail: Option<bool>,
}

/// How much of a domain is blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainSeverity {
    /// Nothing but what the flags say.
    Noop,
    /// Its people are left out of public places.
    Silence,
    /// Everything.
    Suspend,
}

impl DomainSeverity {
    /// Mastodon's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Noop => "noop",
            Self::Silence => "silence",
            Self::Suspend => "suspend",
        }
    }
}

/// What people at an address may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IpSeverity {
    /// Join without being let in.
    SignUpRequiresApproval,
    /// Join.
    SignUpBlock,
    /// Anything.
    NoAccess,
}

impl IpSeverity {
    /// Mastodon's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignUpRequiresApproval => "sign_up_requires_approval",
            Self::SignUpBlock => "sign_up_block",
            Self::NoAccess => "no_access",
        }
    }
}

/// How a pattern of user names is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The whole name.
    Equals,
    /// Any part of it.
    Contains,
}

impl Comparison {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equals => "equals",
            Self::Contains => "contains",
        }
    }
}

/// A parameter that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{parameter} {problem}")]
pub struct BadParameter {
    /// Which.
    pub parameter: &'static str,
    /// A sentence that follows its name.
    pub problem: &'static str,
}

/// An IP block without an end gets this one, in seconds: 30 days.
const IP_BLOCK_LASTS: u32 = 30 * 24 * 60 * 60;
/// The longest an IP block may last when one person orders it: a day.
pub const EMERGENCY_IP_BLOCK_LASTS: u32 = 24 * 60 * 60;

impl Params {
    /// Only what matters to this kind, with every default spelt out.
    pub fn normalised(self, kind: Kind) -> Result<Self, BadParameter> {
        let nothing = Self::default();
        let mut kept = match kind {
            Kind::DomainBlock | Kind::DomainChange => Self {
                severity: Some(self.severity.unwrap_or(DomainSeverity::Silence)),
                reject_media: Some(self.reject_media.unwrap_or(false)),
                reject_reports: Some(self.reject_reports.unwrap_or(false)),
                obfuscate: Some(self.obfuscate.unwrap_or(false)),
                ..nothing
            },
            Kind::IpBlock | Kind::IpChange => Self {
                ip_severity: Some(self.ip_severity.ok_or(BadParameter {
                    parameter: "severity",
                    problem: "is missing",
                })?),
                expires_in: Some(match self.expires_in {
                    None | Some(0) => IP_BLOCK_LASTS,
                    Some(seconds) => seconds,
                }),
                ..nothing
            },
            Kind::EmailDomainBlock => Self {
                allow_with_approval: Some(self.allow_with_approval.unwrap_or(false)),
                ..nothing
            },
            Kind::UsernameBlock => Self {
                comparison: Some(self.comparison.unwrap_or(Comparison::Equals)),
                allow_with_approval: Some(self.allow_with_approval.unwrap_or(false)),
                ..nothing
            },
            Kind::LogRedact => {
                let mut fields = self.fields.unwrap_or_default();
                fields.sort();
                fields.dedup();
                if fields.is_empty() {
                    return Err(BadParameter {
                        parameter: "fields",
                        problem: "names none",
                    });
                }
                Self {
                    fields: Some(fields),
                    ..nothing
                }
            }
            _ => nothing,
        };
        if kind.strike().is_some() {
            kept.send_mail = Some(self.send_mail.unwrap_or(true));
        }
        Ok(kept)
    }

    /// Whether the two would do the same, whatever is said about it.
    pub fn have_the_effect_of(&self, other: &Self) -> bool {
        let silent = |params: &Self| Self {
            send_mail: None,
            ..params.clone()
        };
        silent(self) == silent(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_matter_is_dropped_and_what_is_left_out_is_spelt_out() {
        let asked = Params {
            obfuscate: Some(true),
            ip_severity: Some(IpSeverity::NoAccess),
            ..Params::default()
        };

        let kept = asked.normalised(Kind::DomainBlock).expect("all is well");

        assert_eq!(kept.ip_severity, None);
        assert_eq!(kept.severity, Some(DomainSeverity::Silence));
        assert_eq!(kept.obfuscate, Some(true));
    }

    #[test]
    fn a_letter_more_or_less_is_no_other_effect() {
        let quiet = Params {
            send_mail: Some(false),
            ..Params::default()
        }
        .normalised(Kind::AccountSuspend)
        .expect("fine");
        let loud = Params::default()
            .normalised(Kind::AccountSuspend)
            .expect("fine");

        assert!(quiet.have_the_effect_of(&loud));
    }
}
