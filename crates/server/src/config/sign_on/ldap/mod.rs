//! Signing in through a directory, and keeping in step with it.

mod filters;
mod upkeep;
mod variables;

pub use upkeep::{Upkeep, upkeep};
pub use variables::SECTION;

use std::path::Path;

use signin::ldap::{
    Authority, Conversion, Encryption, IdAttribute, Plaintext, Searcher, Server, Settings, Trust,
    is_filter,
};

use crate::config::reader::Reader;

use filters::{find, groups, template};

/// What the variables say, all of them read before any is judged.
struct Said {
    host: String,
    port: u16,
    urls: Vec<String>,
    method: String,
    allows_plaintext: bool,
    verifies_nobody: bool,
    ca_file: Option<String>,
    base: Option<String>,
    bind_template: Option<String>,
    search_filter: String,
    mail_template: Option<String>,
    id: Option<String>,
    required: Option<String>,
    group_base: Option<String>,
    group_filter: String,
    sets_group_filter: bool,
}

/// The directory, if there is one.
pub fn read(reader: &mut Reader<'_>) -> Option<Settings> {
    let is_enabled = reader.boolean("LDAP_ENABLED");
    let said = Said {
        host: reader.text("LDAP_HOST").unwrap_or_default(),
        port: reader.number("LDAP_PORT"),
        urls: reader.list("MOOT_LDAP_URLS"),
        method: reader.text("LDAP_METHOD").unwrap_or_default(),
        allows_plaintext: reader.boolean("MOOT_LDAP_ALLOW_PLAINTEXT"),
        verifies_nobody: reader.boolean("LDAP_TLS_NO_VERIFY"),
        ca_file: reader.text("MOOT_LDAP_CA_FILE"),
        base: reader.text("LDAP_BASE"),
        bind_template: reader.text("MOOT_LDAP_BIND_TEMPLATE"),
        search_filter: reader.text("LDAP_SEARCH_FILTER").unwrap_or_default(),
        mail_template: reader.text("MOOT_LDAP_MAIL_TEMPLATE"),
        id: reader.text("MOOT_LDAP_ID_ATTRIBUTE"),
        required: reader.text("MOOT_LDAP_REQUIRED_FILTER"),
        group_base: reader.text("MOOT_LDAP_GROUP_BASE"),
        group_filter: reader.text("MOOT_LDAP_GROUP_FILTER").unwrap_or_default(),
        sets_group_filter: reader.text_if_set("MOOT_LDAP_GROUP_FILTER").is_some(),
    };
    let searcher = (reader.text("LDAP_BIND_DN"), reader.secret("LDAP_PASSWORD"));
    let uid = reader.text("LDAP_UID").unwrap_or_default();
    let mail = reader.text("LDAP_MAIL").unwrap_or_default();
    let conversion = Conversion {
        search: reader
            .text("LDAP_UID_CONVERSION_SEARCH")
            .unwrap_or_default(),
        replace: reader
            .text("LDAP_UID_CONVERSION_REPLACE")
            .unwrap_or_default(),
    };
    let is_converted = reader.boolean("LDAP_UID_CONVERSION_ENABLED");
    if !is_enabled {
        return None;
    }

    let servers = servers(reader, &said);
    let trust = trust(reader, &said);
    let searcher = match searcher {
        (Some(dn), Some(password)) => Some(Searcher { dn, password }),
        (None, None) => None,
        _ => {
            reader.error("LDAP_BIND_DN and LDAP_PASSWORD belong together: set both, or neither for anonymous search");
            None
        }
    };
    for (name, attribute) in [("LDAP_UID", &uid), ("LDAP_MAIL", &mail)] {
        if IdAttribute::named(attribute).is_none() {
            reader.error(format!(
                "{name} must be the name of an attribute, such as uid or mail"
            ));
        }
    }
    let id = said.id.as_ref().and_then(|name| {
        let id = IdAttribute::named(name.trim());
        if id.is_none() {
            reader.error(
                "MOOT_LDAP_ID_ATTRIBUTE must be the name of an attribute, such as entryUUID",
            );
        }
        id
    });
    let required = said
        .required
        .as_ref()
        .map(|filter| filter.trim().to_owned());
    if required.as_deref().is_some_and(|filter| !is_filter(filter)) {
        reader.error(
            "MOOT_LDAP_REQUIRED_FILTER is no filter; write one such as (objectClass=person)",
        );
    }
    let mail_template = said
        .mail_template
        .as_ref()
        .and_then(|text| template(reader, "MOOT_LDAP_MAIL_TEMPLATE", text, &["uid"], "uid"));
    let groups = groups(reader, &said);
    let Some(base) = said.base.as_ref().map(|base| base.trim().to_owned()) else {
        reader.error("LDAP_ENABLED needs LDAP_BASE, the name below which people are, such as ou=people,dc=example,dc=edu");
        return None;
    };
    let find = find(reader, &said, &base, (&uid, &mail))?;
    Some(Settings {
        servers,
        trust,
        base,
        searcher,
        find,
        uid,
        mail,
        mail_template,
        conversion: is_converted.then_some(conversion),
        id,
        required,
        groups,
    })
}

fn servers(reader: &mut Reader<'_>, said: &Said) -> Vec<Server> {
    let encryption = match said.method.trim() {
        "simple_tls" => Encryption::Tls,
        "start_tls" => Encryption::StartTls,
        _ => Encryption::None,
    };
    let plaintext = if said.allows_plaintext {
        Plaintext::Anywhere
    } else {
        Plaintext::Loopback
    };
    let servers: Vec<_> = if said.urls.is_empty() {
        vec![Server::of_mastodon(
            said.host.trim(),
            said.port,
            encryption,
            plaintext,
        )]
    } else {
        let server = |url: &String| Server::at(url, encryption, plaintext);
        said.urls.iter().map(server).collect()
    };
    let name = if said.urls.is_empty() {
        "LDAP_HOST"
    } else {
        "MOOT_LDAP_URLS"
    };
    servers
        .into_iter()
        .filter_map(|server| {
            server
                .map_err(|error| reader.error(format!("{name}: {error}")))
                .ok()
        })
        .collect()
}

fn trust(reader: &mut Reader<'_>, said: &Said) -> Trust {
    if said.verifies_nobody {
        reader.warn(
            "LDAP_TLS_NO_VERIFY: whoever stands between Moot and the directory reads every password; name the directory's authority in MOOT_LDAP_CA_FILE instead",
        );
        return Trust::Anybody;
    }
    let Some(file) = &said.ca_file else {
        return Trust::System;
    };
    match Authority::read(Path::new(file)) {
        Ok(authority) => Trust::Also(authority),
        Err(error) => {
            reader.error(format!("MOOT_LDAP_CA_FILE names {file}: {error}"));
            Trust::System
        }
    }
}

#[cfg(test)]
mod tests {
    use signin::ldap::Find;

    use super::*;
    use crate::config::layers::Layers;

    const MASTODON: &[(&str, &str)] = &[
        ("LDAP_ENABLED", "true"),
        ("LDAP_HOST", "ldap.club.example"),
        ("LDAP_PORT", "636"),
        ("LDAP_METHOD", "simple_tls"),
        ("LDAP_BASE", "ou=people,dc=club,dc=example"),
        ("LDAP_BIND_DN", "cn=mastodon,dc=club,dc=example"),
        ("LDAP_PASSWORD", "hunter2hunter2"),
        ("LDAP_UID", "uid"),
        (
            "LDAP_SEARCH_FILTER",
            "(|(%{uid}=%{email})(%{mail}=%{email}))",
        ),
    ];

    fn read_with(more: &[(&str, &str)]) -> (Option<Settings>, String) {
        let layers = Layers::of(&[MASTODON, more].concat());
        let mut reader = Reader::new(&layers);
        let settings = read(&mut reader);
        (settings, reader.finish().to_string())
    }

    #[test]
    fn mastodons_settings_are_understood_unchanged() {
        let (settings, report) = read_with(&[]);

        let settings = settings.unwrap();
        assert_eq!(report, "");
        assert_eq!(
            settings.servers,
            [Server::at(
                "ldaps://ldap.club.example:636",
                Encryption::Tls,
                Plaintext::Loopback
            )
            .unwrap()]
        );
        assert!(matches!(settings.find, Find::Search(_)));
        assert_eq!(
            (settings.uid.as_str(), settings.mail.as_str()),
            ("uid", "mail")
        );
        assert!(settings.conversion.is_none());
        assert!(!format!("{settings:?}").contains("hunter2"), "S43");
    }

    #[test]
    fn a_conversion_begins_with_mastodons_defaults() {
        let (settings, _) = read_with(&[("LDAP_UID_CONVERSION_ENABLED", "true")]);

        let conversion = settings.unwrap().conversion.unwrap();
        assert_eq!(
            (conversion.search.as_str(), conversion.replace.as_str()),
            (".,- ", "_")
        );
    }

    #[test]
    fn several_servers_take_the_place_of_one() {
        let (settings, report) = read_with(&[(
            "MOOT_LDAP_URLS",
            "ldaps://a.club.example, ldap://b.club.example, ldapi://%2Frun%2Fldapi",
        )]);

        let server = |url, encryption| Server::at(url, encryption, Plaintext::Anywhere).unwrap();
        assert_eq!(report, "");
        assert_eq!(
            settings.unwrap().servers,
            [
                server("ldaps://a.club.example", Encryption::Tls),
                server("ldap://b.club.example", Encryption::StartTls),
                server("ldapi://%2Frun%2Fldapi", Encryption::None),
            ]
        );
    }

    #[test]
    fn what_cannot_work_is_said_with_the_setting_to_change() {
        for (more, expected) in [
            (("LDAP_BASE", ""), "LDAP_BASE"),
            (("LDAP_PASSWORD", ""), "LDAP_BIND_DN and LDAP_PASSWORD"),
            (("LDAP_METHOD", "plain"), "LDAP_METHOD"),
            (
                ("LDAP_SEARCH_FILTER", "(uid=%{user})"),
                "LDAP_SEARCH_FILTER",
            ),
            (("LDAP_SEARCH_FILTER", "(uid=alice)"), "%{email}"),
            (
                ("LDAP_SEARCH_FILTER", "uid=%{email}"),
                "LDAP_SEARCH_FILTER is no filter",
            ),
            (("LDAP_UID", "uid)(x"), "LDAP_UID"),
            (("MOOT_LDAP_URLS", "ldap.club.example"), "MOOT_LDAP_URLS"),
            (("MOOT_LDAP_CA_FILE", "/nowhere"), "MOOT_LDAP_CA_FILE"),
            (
                ("MOOT_LDAP_BIND_TEMPLATE", "uid=alice,ou=people"),
                "MOOT_LDAP_BIND_TEMPLATE",
            ),
            (
                ("MOOT_LDAP_BIND_TEMPLATE", "uid=%{uid},ou=staff"),
                "must end with LDAP_BASE",
            ),
            (
                ("MOOT_LDAP_REQUIRED_FILTER", "member"),
                "MOOT_LDAP_REQUIRED_FILTER",
            ),
            (
                ("MOOT_LDAP_ID_ATTRIBUTE", "entry uuid"),
                "MOOT_LDAP_ID_ATTRIBUTE",
            ),
            (
                ("MOOT_LDAP_GROUP_FILTER", "(member=%{dn})"),
                "MOOT_LDAP_GROUP_BASE",
            ),
            (
                ("MOOT_LDAP_MAIL_TEMPLATE", "club.example"),
                "MOOT_LDAP_MAIL_TEMPLATE",
            ),
        ] {
            let kept: Vec<_> = MASTODON
                .iter()
                .filter(|(name, _)| *name != more.0)
                .copied()
                .collect();
            let layers = Layers::of(&[kept.as_slice(), &[more]].concat());
            let mut reader = Reader::new(&layers);

            read(&mut reader);

            let report = reader.finish();
            assert!(
                report.errors().any(|error| error.contains(expected)),
                "{more:?}: {report}"
            );
        }
    }

    #[test]
    fn nothing_is_judged_while_the_directory_is_off() {
        let layers = Layers::of(&[("LDAP_METHOD", "plain"), ("LDAP_HOST", "ldap.club.example")]);
        let mut reader = Reader::new(&layers);

        assert!(read(&mut reader).is_none());
        assert_eq!(reader.finish().to_string(), "");
    }

    #[test]
    fn an_unchecked_certificate_is_warned_of() {
        let (settings, report) = read_with(&[("LDAP_TLS_NO_VERIFY", "true")]);

        assert!(matches!(settings.unwrap().trust, Trust::Anybody));
        assert!(report.contains("warning: LDAP_TLS_NO_VERIFY"), "{report}");
    }
}
