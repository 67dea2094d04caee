//! The one form in which names, addresses and ranges are compared, so that a rule about one spelling is a rule about all.

use std::net::IpAddr;

use aws_lc_rs::digest::{SHA256, digest};
use ipnet::IpNet;
use model::{Domain, is_mail_address, moderation::Target};

use crate::{Error, Result};

/// A target in the one form that is compared. `Invalid` when it makes no sense.
pub fn normalised(target: Target) -> Result<Target> {
    Ok(match target {
        Target::EmailDomain(text) => Target::EmailDomain(email_domain(&text)?),
        Target::Email(text) => Target::Email(if is_hash(&text) {
            text
        } else {
            email_hash(&text)?
        }),
        Target::IpRange(text) => Target::IpRange(ip_range(&text)?),
        Target::Username(text) => Target::Username(username_pattern(&text)?),
        other => other,
    })
}

/// A domain of mail addresses.
pub fn email_domain(text: &str) -> Result<String> {
    let domain = text.trim().trim_start_matches('@');
    match Domain::parse(domain) {
        Ok(domain) if !domain.as_str().contains(':') => Ok(domain.as_str().to_owned()),
        _ => Err(Error::invalid(
            "domain",
            "ERR_INVALID",
            "is not a valid domain name",
        )),
    }
}

/// The hash of a mail address in the form that all its spellings share, as Mastodon makes it: small letters, no dots and nothing
/// after a plus before the `@`. In hex.
pub fn email_hash(text: &str) -> Result<String> {
    let text = text.trim();
    if !is_mail_address(text) {
        return Err(Error::invalid("email", "ERR_INVALID", "is invalid"));
    }
    let small = text.to_lowercase();
    let (local, domain) = small.split_once('@').unwrap_or((&small, ""));
    let local = local.split('+').next().unwrap_or(local).replace('.', "");
    Ok(hex::encode(digest(
        &SHA256,
        format!("{local}@{domain}").as_bytes(),
    )))
}

/// Whether a text is such a hash already.
fn is_hash(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// A range of IP addresses, or one address, as CIDR without anything behind the mask.
pub fn ip_range(text: &str) -> Result<String> {
    let text = text.trim();
    let range = text
        .parse::<IpNet>()
        .ok()
        .or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
    match range {
        Some(range) if range.prefix_len() >= least_prefix(&range) => Ok(range.trunc().to_string()),
        Some(_) => Err(Error::invalid("ip", "ERR_INVALID", "is too wide a range")),
        None => Err(Error::invalid(
            "ip",
            "ERR_INVALID",
            "is not a valid IP address",
        )),
    }
}

/// Nobody shuts out the internet by a slip: at most a /8, or a /16 of IPv6.
const fn least_prefix(range: &IpNet) -> u8 {
    match range {
        IpNet::V4(_) => 8,
        IpNet::V6(_) => 16,
    }
}

/// A pattern of user names, or a name to be held against one, in the form that look-alikes share: small letters, digits as the
/// letters they stand for, no underscores.
pub fn username_pattern(text: &str) -> Result<String> {
    let pattern = look_alike(text.trim().trim_start_matches('@'));
    if pattern.is_empty() {
        return Err(Error::invalid("username", "ERR_BLANK", "can't be blank"));
    }
    Ok(pattern)
}

/// A name in the form that look-alikes share.
pub(crate) fn look_alike(name: &str) -> String {
    let plain = name.to_lowercase().replace("vv", "w").replace("rn", "m");
    plain
        .chars()
        .filter_map(|letter| {
            Some(match letter {
                '0' => 'o',
                '1' | 'l' | '!' | '|' => 'i',
                '2' => 'z',
                '3' => 'e',
                '4' => 'a',
                '5' => 's',
                '7' => 't',
                '8' => 'b',
                '9' => 'g',
                '_' | '.' | '-' => return None,
                letter => letter,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_spellings_of_an_address_have_one_hash() {
        let plain = email_hash("firstlast@mail.example").unwrap();

        for text in [
            "First.Last@mail.example",
            " firstlast+tag@MAIL.example",
            "f.irstlast+@mail.example",
        ] {
            assert_eq!(email_hash(text).unwrap(), plain, "{text}");
        }
        // As Mastodon's: `printf firstlast@mail.example | sha256sum`.
        assert_eq!(plain.len(), 64);
        assert_ne!(email_hash("firstlast@other.example").unwrap(), plain);
        assert!(email_hash("nonsense").is_err());
    }

    #[test]
    fn a_range_has_one_form() {
        for (text, form) in [
            ("192.0.2.7", "192.0.2.7/32"),
            ("192.0.2.7/24", "192.0.2.0/24"),
            ("2001:DB8::1/32", "2001:db8::/32"),
        ] {
            assert_eq!(ip_range(text).unwrap(), form);
        }
        for text in ["", "0.0.0.0/0", "::/0", "192.0.2.0/33", "club.example"] {
            assert!(ip_range(text).is_err(), "{text}");
        }
    }

    #[test]
    fn look_alikes_share_a_form() {
        for name in ["Admin", "4dm1n", "a_d_m_i_n", "ADMlN", "adrnin"] {
            assert_eq!(look_alike(name), look_alike("admin"), "{name}");
        }
        assert_ne!(look_alike("badmin"), look_alike("admin"));
    }

    #[test]
    fn what_is_normal_stays_as_it_is() {
        let targets = [
            Target::EmailDomain("Mail.Example".into()),
            Target::Email("al.ice+x@mail.example".into()),
            Target::IpRange("192.0.2.9/24".into()),
            Target::Username("Adm1n".into()),
        ];
        for target in targets {
            let once = normalised(target).unwrap();
            assert_eq!(normalised(once.clone()).unwrap(), once);
        }
    }
}
