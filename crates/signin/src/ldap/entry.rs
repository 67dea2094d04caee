//! An entry of the directory, and what it says of a person.

use std::{
    collections::HashMap,
    time::{SystemTime, UNIX_EPOCH},
};

use ldap3::{ResultEntry, SearchEntry};

use crate::Identity;

use super::{WAY, dn, id::IdAttribute, settings::Settings};

/// Seconds in a day.
const DAY: i64 = 86_400;
/// From 1601, where Active Directory begins to count, to 1970, in seconds.
const FROM_1601_TO_1970: i64 = 11_644_473_600;
/// Active Directory counts tenths of microseconds.
const TICKS_PER_SECOND: i64 = 10_000_000;

// Attributes that say whether an entry is in use: Active Directory, 389 Directory Server and FreeIPA, accounts of
// the shadow suite (RFC 2307), password policies (draft-behera-ldap-password-policy), eDirectory.
const MARKS: &[&str] = &[
    "userAccountControl",
    "accountExpires",
    "nsAccountLock",
    "shadowExpire",
    "pwdAccountLockedTime",
    "loginDisabled",
];

/// An entry. Names of attributes are compared without regard to case.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) dn: String,
    attributes: HashMap<String, Vec<Vec<u8>>>,
}

impl Entry {
    pub(super) fn read(result: ResultEntry) -> Self {
        let entry = SearchEntry::construct(result);
        let texts = entry
            .attrs
            .into_iter()
            .map(|(name, values)| (name, values.into_iter().map(String::into_bytes).collect()));
        Self {
            dn: entry.dn,
            attributes: texts
                .chain(entry.bin_attrs)
                .map(|(name, values)| (name.to_ascii_lowercase(), values))
                .collect(),
        }
    }

    pub(super) fn values(&self, attribute: &str) -> &[Vec<u8>] {
        self.attributes
            .get(&attribute.to_ascii_lowercase())
            .map_or(&[], Vec::as_slice)
    }

    /// The first value, as Mastodon takes it, if it says anything.
    pub(super) fn text(&self, attribute: &str) -> Option<&str> {
        let text = str::from_utf8(self.values(attribute).first()?).ok()?.trim();
        (!text.is_empty()).then_some(text)
    }

    fn number(&self, attribute: &str) -> Option<i64> {
        self.text(attribute)?.parse().ok()
    }

    fn is_true(&self, attribute: &str) -> bool {
        self.text(attribute)
            .is_some_and(|text| text.eq_ignore_ascii_case("true"))
    }

    /// Which mark says that the entry is not in use, if one does.
    pub(super) fn disabled_by(&self) -> Option<&'static str> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the directory's own clock decides, and this crate has no App to ask"
        )]
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs().cast_signed());
        self.disabled_at(now)
    }

    fn disabled_at(&self, now: i64) -> Option<&'static str> {
        // The second bit: ACCOUNTDISABLE.
        if self
            .number("userAccountControl")
            .is_some_and(|flags| flags & 2 != 0)
        {
            return Some("userAccountControl");
        }
        // Nought and the largest number mean never.
        let ends = self
            .number("accountExpires")
            .filter(|ticks| (1..i64::MAX).contains(ticks))
            .map(|ticks| ticks / TICKS_PER_SECOND - FROM_1601_TO_1970);
        if ends.is_some_and(|ends| now >= ends) {
            return Some("accountExpires");
        }
        if self.is_true("nsAccountLock") {
            return Some("nsAccountLock");
        }
        // shadow(5) leaves open what nought means; negative is never.
        if self
            .number("shadowExpire")
            .is_some_and(|day| day > 0 && now / DAY >= day)
        {
            return Some("shadowExpire");
        }
        // This time alone is an administrator's; others pass by themselves after too many wrong passwords, and
        // whoever tries them must not have somebody sent away.
        if self
            .text("pwdAccountLockedTime")
            .is_some_and(|time| time.starts_with("00000101"))
        {
            return Some("pwdAccountLockedTime");
        }
        self.is_true("loginDisabled").then_some("loginDisabled")
    }

    /// Who this is; or why the entry cannot be a member's.
    pub(super) fn identity(&self, settings: &Settings) -> Result<Identity, String> {
        let uid = self
            .text(&settings.uid)
            .ok_or_else(|| format!("no {} (LDAP_UID)", settings.uid))?;
        let subject = self.id(settings).ok_or_else(|| match &settings.id {
            Some(id) => format!("no {} (MOOT_LDAP_ID_ATTRIBUTE)", id.name()),
            None => "no entryUUID, objectGUID, ipaUniqueID or nsUniqueId: name the attribute that never changes \
                     in MOOT_LDAP_ID_ATTRIBUTE, or let LDAP_BIND_DN read it"
                .to_owned(),
        })?;
        let of_template = || Some(settings.mail_template.as_ref()?.fill(&[("uid", uid)]));
        let email = self
            .text(&settings.mail)
            .map(str::to_owned)
            .or_else(of_template);
        Ok(Identity {
            source: WAY.to_owned(),
            subject,
            username: converted(uid, settings),
            email_is_verified: email.is_some(),
            email,
            display_name: self
                .text("displayName")
                .or_else(|| self.text("cn"))
                .map(str::to_owned),
            groups: self
                .values("memberOf")
                .iter()
                .filter_map(|group| str::from_utf8(group).ok())
                .map(dn::tidy)
                .collect(),
        })
    }

    /// The id that never changes, and which attribute it is of.
    pub(super) fn id(&self, settings: &Settings) -> Option<String> {
        ids(settings).iter().find_map(|id| id.of(self))
    }
}

/// The attributes that may hold the id.
pub(super) fn ids(settings: &Settings) -> Vec<IdAttribute> {
    settings
        .id
        .clone()
        .map_or_else(IdAttribute::usual, |id| vec![id])
}

/// What is asked for. Attributes kept by the server itself come only when named.
pub(super) fn attributes(settings: &Settings) -> Vec<String> {
    let mut names: Vec<_> = ids(settings)
        .iter()
        .map(|id| id.name().to_owned())
        .collect();
    names.extend([settings.uid.clone(), settings.mail.clone()]);
    names.extend(["displayName", "cn", "memberOf"].map(str::to_owned));
    names.extend(MARKS.iter().map(|name| (*name).to_owned()));
    names.sort_by_key(|name| name.to_ascii_lowercase());
    names.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
    names
}

/// The user name with the characters replaced that the administrator wants replaced.
fn converted(uid: &str, settings: &Settings) -> String {
    let Some(conversion) = &settings.conversion else {
        return uid.to_owned();
    };
    let is_replaced = |character| conversion.search.contains(character);
    uid.replace(is_replaced, &conversion.replace)
}

#[cfg(test)]
impl Entry {
    /// An entry with these values; an attribute named twice has two.
    pub(super) fn of(dn: &str, attributes: &[(&str, &[u8])]) -> Self {
        let mut entry = Self {
            dn: dn.to_owned(),
            attributes: HashMap::new(),
        };
        for (name, value) in attributes {
            entry
                .attributes
                .entry(name.to_ascii_lowercase())
                .or_default()
                .push(value.to_vec());
        }
        entry
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-01-01.
    const NOW: i64 = 1_767_225_600;

    #[test]
    fn an_entry_is_disabled_by_whatever_its_directory_writes() {
        for (attribute, value) in [
            ("userAccountControl", "514"),
            ("userAccountControl", "66050"),
            ("accountExpires", "130000000000000000"),
            ("nsAccountLock", "TRUE"),
            ("nsaccountlock", "true"),
            ("shadowExpire", "1"),
            ("shadowExpire", "20454"),
            ("pwdAccountLockedTime", "000001010000Z"),
            ("loginDisabled", "TRUE"),
        ] {
            let entry = Entry::of("cn=a", &[(attribute, value.as_bytes())]);

            assert!(entry.disabled_at(NOW).is_some(), "{attribute}: {value}");
        }
    }

    #[test]
    fn an_entry_in_use_is_not_disabled_nor_is_one_locked_for_a_while() {
        for (attribute, value) in [
            ("userAccountControl", "512"),
            ("accountExpires", "0"),
            ("accountExpires", "9223372036854775807"),
            ("accountExpires", "150000000000000000"),
            ("nsAccountLock", "FALSE"),
            ("shadowExpire", "-1"),
            ("shadowExpire", "0"),
            ("shadowExpire", "99999"),
            ("pwdAccountLockedTime", "20260101120000Z"),
            ("userAccountControl", "nonsense"),
        ] {
            let entry = Entry::of("cn=a", &[(attribute, value.as_bytes())]);

            assert_eq!(entry.disabled_at(NOW), None, "{attribute}: {value}");
        }
    }
}
