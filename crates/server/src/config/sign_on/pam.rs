//! Signing in through PAM.

use signin::pam::Settings;

use super::members_mail_domain;
use crate::config::reader::Reader;
use crate::config::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "PAM",
    introduction: "libpam is loaded when Moot starts. A module that checks other people's passwords in `/etc/shadow` (`pam_unix`) needs root or the group `shadow`; `pam_sss`, `pam_ldap` and `pam_krb5` do not.",
    variables: &[
        accept(
            "PAM_ENABLED",
            Kind::Boolean,
            "",
            "Members sign in through the system's PAM.",
        ),
        accept(
            "PAM_EMAIL_DOMAIN",
            Kind::Text,
            "",
            "Domain of their addresses when the modules name none; `LOCAL_DOMAIN` otherwise. Who types an address at this domain is asked for by the name before the `@`.",
        ),
        accept(
            "PAM_DEFAULT_SERVICE",
            Kind::Text,
            "rpam",
            "Name of the PAM service. It must have a file of its own, since libpam would take `other` instead.",
        ),
        accept(
            "PAM_CONTROLLED_SERVICE",
            Kind::Text,
            "",
            "A further service whose account step says who may come.",
        ),
        accept(
            "MOOT_PAM_DIRECTORY",
            Kind::Text,
            "",
            "Folder of the services' files in place of `/etc/pam.d`; Linux-PAM 1.4 or newer.",
        ),
    ],
};

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Settings> {
    let is_enabled = reader.boolean("PAM_ENABLED");
    let service = reader.text("PAM_DEFAULT_SERVICE").unwrap_or_default();
    let settings = Settings {
        // libpam compares services in small letters.
        service: service.to_ascii_lowercase(),
        controlled_service: reader
            .text("PAM_CONTROLLED_SERVICE")
            .map(|service| service.to_ascii_lowercase()),
        email_domain: members_mail_domain(reader, "PAM_EMAIL_DOMAIN"),
        folder: reader.text("MOOT_PAM_DIRECTORY").map(Into::into),
    };
    is_enabled.then_some(settings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::Layers;

    #[test]
    fn mastodons_settings_are_enough() {
        let layers = Layers::of(&[
            ("LOCAL_DOMAIN", "club.example"),
            ("PAM_ENABLED", "true"),
            ("PAM_CONTROLLED_SERVICE", "Members"),
        ]);

        let settings = read(&mut Reader::new(&layers)).unwrap();

        assert_eq!(settings.service, "rpam");
        assert_eq!(settings.controlled_service.as_deref(), Some("members"));
        assert_eq!(settings.email_domain.as_deref(), Some("club.example"));
    }

    #[test]
    fn pam_is_off_unless_asked_for() {
        let layers = Layers::of(&[("PAM_DEFAULT_SERVICE", "club")]);

        assert_eq!(read(&mut Reader::new(&layers)), None);
    }
}
