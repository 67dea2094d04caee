//! What a measure is about, as people and apps write it, in the one form in which it is compared.

use model::{
    Domain,
    moderation::{Kind, Target},
};

use super::spelling;
use crate::{Error, Result};

/// Reads what a measure of this kind is about. `Invalid` for what cannot be such a thing.
///
/// A mail address is told as itself or as the hash of its canonical form; only the hash is kept.
pub fn target(kind: Kind, text: &str) -> Result<Target> {
    let text = text.trim();
    let word = kind.target_type();
    let found = match word {
        "domain" => Domain::parse(text).ok().map(Target::Domain),
        "email" => Some(Target::Email(text.to_lowercase())),
        "tag" => Some(Target::Tag(text.trim_start_matches('#').to_lowercase())),
        _ => Target::from_words(word, text),
    };
    let is_named = |target: &Target| *target == Target::Server || !target.key().is_empty();
    let found = found.filter(is_named).ok_or_else(|| {
        Error::invalid(
            "target",
            "ERR_INVALID",
            format!("is not {}", in_words(word)),
        )
    })?;
    spelling::normalised(found)
}

fn in_words(target_type: &str) -> &'static str {
    match target_type {
        "domain" | "email_domain" => "a domain",
        "email" => "a mail address",
        "ip_range" => "an IP address or range",
        "username" => "a user name",
        _ => "an id",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_thing_are_one_target() {
        for (kind, spellings) in [
            (Kind::DomainBlock, ["Evil.Example", "evil.example."]),
            (Kind::EmailDomainBlock, ["@Mail.Example", "mail.example"]),
            (
                Kind::EmailBlock,
                ["A.Lice+x@Mail.Example", "alice@mail.example"],
            ),
            (Kind::IpBlock, ["192.0.2.7", "192.0.2.7/32"]),
            (Kind::AccountSuspend, [" 7", "7"]),
            (Kind::RegistrationsLock, ["", "server"]),
        ] {
            let read = spellings.map(|text| target(kind, text).expect(text));

            assert_eq!(read[0], read[1], "{spellings:?}");
        }
    }

    #[test]
    fn what_is_no_such_thing_is_refused() {
        for (kind, text) in [
            (Kind::DomainBlock, "evil/example"),
            (Kind::EmailDomainBlock, "mail.example:25"),
            (Kind::EmailBlock, "no address"),
            (Kind::IpBlock, "192.0.2.7/33"),
            (Kind::AccountSuspend, "alice"),
            (Kind::UsernameBlock, " "),
        ] {
            assert!(target(kind, text).is_err(), "{text}");
        }
    }
}
