//! Signing in with a Kerberos password.

use signin::kerberos::Settings;

use super::members_mail_domain;
use crate::config::reader::Reader;
use crate::config::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Kerberos",
    introduction: "Passwords are checked by MIT's `kinit`. The keytab is needed, since without it any machine that answers in the KDC's place could let anybody in; the KDC must know FAST (RFC 6113), as MIT's and FreeIPA's do. Single sign-on with tickets comes through a reverse proxy.",
    variables: &[
        accept(
            "MOOT_KERBEROS_ENABLED",
            Kind::Boolean,
            "",
            "Members sign in with the passwords of a Kerberos realm.",
        ),
        accept("MOOT_KERBEROS_REALM", Kind::Text, "", "The realm."),
        accept(
            "MOOT_KERBEROS_KEYTAB",
            Kind::Text,
            "",
            "File with a key of this service, readable by Moot alone.",
        ),
        accept(
            "MOOT_KERBEROS_SERVICE",
            Kind::Text,
            "",
            "Principal of that key, such as `host/social.club.example`.",
        ),
        accept(
            "MOOT_KERBEROS_EMAIL_DOMAIN",
            Kind::Text,
            "",
            "Domain of members' addresses; `LOCAL_DOMAIN` otherwise.",
        ),
        accept(
            "MOOT_KERBEROS_CONFIG",
            Kind::Text,
            "",
            "A krb5.conf in place of the system's.",
        ),
    ],
};

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Settings> {
    let is_enabled = reader.boolean("MOOT_KERBEROS_ENABLED");
    let realm = reader.text("MOOT_KERBEROS_REALM").unwrap_or_default();
    let keytab = reader.text("MOOT_KERBEROS_KEYTAB");
    let service = reader.text("MOOT_KERBEROS_SERVICE").unwrap_or_default();
    let email_domain = members_mail_domain(reader, "MOOT_KERBEROS_EMAIL_DOMAIN");
    let config = reader.text("MOOT_KERBEROS_CONFIG");
    if !is_enabled {
        return None;
    }
    if !is_realm(&realm) {
        reader.error("MOOT_KERBEROS_REALM must name a realm, such as CLUB.EXAMPLE");
    }
    if keytab.is_none() {
        reader.error(
            "MOOT_KERBEROS_ENABLED needs MOOT_KERBEROS_KEYTAB: without a key of its own Moot cannot tell the organisation's KDC from a false one",
        );
    }
    let service = service
        .strip_suffix(&format!("@{realm}"))
        .unwrap_or(&service);
    if !is_service(service) {
        reader.error("MOOT_KERBEROS_SERVICE must name the principal of the keytab, such as host/social.club.example");
    }
    Some(Settings {
        realm,
        keytab: keytab.map(absolute).unwrap_or_default(),
        service: service.to_owned(),
        email_domain,
        config: config.map(absolute),
    })
}

/// Paths are meant from where Moot was started, although it may work elsewhere once it has given up root.
fn absolute(path: String) -> std::path::PathBuf {
    std::path::absolute(&path).unwrap_or_else(|_| path.into())
}

fn is_realm(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".-".contains(&b))
}

fn is_service(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"./_-".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::Layers;

    const WHOLE: [(&str, &str); 4] = [
        ("MOOT_KERBEROS_ENABLED", "true"),
        ("MOOT_KERBEROS_REALM", "CLUB.EXAMPLE"),
        ("MOOT_KERBEROS_KEYTAB", "/etc/moot.keytab"),
        (
            "MOOT_KERBEROS_SERVICE",
            "host/social.club.example@CLUB.EXAMPLE",
        ),
    ];

    #[test]
    fn a_service_is_meant_in_the_realm() {
        let layers = Layers::of(&WHOLE);
        let mut reader = Reader::new(&layers);

        let settings = read(&mut reader).unwrap();

        assert_eq!(settings.service, "host/social.club.example");
        assert!(!reader.finish().has_errors());
    }

    /// S51: without a keytab a false KDC says yes to any password.
    #[test]
    fn without_a_keytab_there_is_no_start() {
        for missing in 1..WHOLE.len() {
            let mut pairs = WHOLE.to_vec();
            let (name, _) = pairs.remove(missing);
            let layers = Layers::of(&pairs);
            let mut reader = Reader::new(&layers);

            read(&mut reader);

            let report = reader.finish();
            assert!(report.has_errors(), "{name}");
            assert!(report.to_string().contains(name), "{report}");
        }
    }

    #[test]
    fn what_could_be_an_option_or_another_realm_is_no_name() {
        for (name, value) in [
            ("MOOT_KERBEROS_REALM", "-R"),
            ("MOOT_KERBEROS_REALM", "A B"),
            ("MOOT_KERBEROS_SERVICE", "-k"),
            ("MOOT_KERBEROS_SERVICE", "host/a@OTHER"),
        ] {
            let pairs: Vec<_> = WHOLE
                .iter()
                .map(|pair| if pair.0 == name { (name, value) } else { *pair })
                .collect();
            let layers = Layers::of(&pairs);
            let mut reader = Reader::new(&layers);

            read(&mut reader);

            assert!(reader.finish().has_errors(), "{value}");
        }
    }
}
