//! Signing in through a reverse proxy.

use std::net::IpAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use secrecy::{ExposeSecret as _, SecretString};
use signin::proxy::{IpNet, Settings, SharedSecret};

use super::members_mail_domain;
use crate::config::reader::Reader;
use crate::config::table::{Kind, Section, accept};

/// Shorter secrets can be tried through.
const SHORTEST_SECRET: usize = 16;

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Reverse proxy that signs people in",
    introduction: "For Apache's `mod_auth_gssapi`, nginx's `auth_pam` and the like. The proxy protects the one path `/auth/sign_in/proxy` and names there, in a header, whom it has recognised. The header means nothing on any other path and from anybody else.",
    variables: &[
        accept(
            "MOOT_PROXY_AUTH_HEADER",
            Kind::Text,
            "",
            "The header that holds the name, such as `X-Remote-User`; switches this way on.",
        ),
        accept(
            "MOOT_PROXY_AUTH_ADDRESSES",
            Kind::List(','),
            "",
            "Addresses or ranges of the proxy itself, as it connects to Moot. Needed unless Moot listens on a unix socket (`SOCKET`); `TRUSTED_PROXY_IP` has no say here.",
        ),
        accept(
            "MOOT_PROXY_AUTH_SECRET",
            Kind::Text,
            "",
            "A secret of the proxy and Moot, 16 characters or more. Needed unless Moot listens on a unix socket in a folder that is closed to others.",
        )
        .secret(),
        accept(
            "MOOT_PROXY_AUTH_SECRET_HEADER",
            Kind::Text,
            "X-Moot-Proxy-Secret",
            "The header that the proxy sends it in.",
        ),
        accept(
            "MOOT_PROXY_AUTH_REALM",
            Kind::Text,
            "",
            "Kerberos realm of the names: `name@REALM` is taken, other realms are refused. Who also signs in with a password of that realm is the same person.",
        ),
        accept(
            "MOOT_PROXY_AUTH_EMAIL_DOMAIN",
            Kind::Text,
            "",
            "Domain of members' addresses; `LOCAL_DOMAIN` otherwise.",
        ),
        accept(
            "MOOT_PROXY_AUTH_DISPLAY_NAME",
            Kind::Text,
            "your organisation's account",
            "What follows `Sign in with` on the button.",
        ),
    ],
};

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Settings> {
    let header = reader.text("MOOT_PROXY_AUTH_HEADER");
    let addresses = addresses(reader);
    let secret = reader.secret("MOOT_PROXY_AUTH_SECRET");
    let secret_header = reader.text("MOOT_PROXY_AUTH_SECRET_HEADER");
    let realm = reader.text("MOOT_PROXY_AUTH_REALM");
    let email_domain = members_mail_domain(reader, "MOOT_PROXY_AUTH_EMAIL_DOMAIN");
    let display_name = reader.text("MOOT_PROXY_AUTH_DISPLAY_NAME");
    let socket = reader.text("SOCKET");
    let header = header?;
    match &socket {
        Some(socket) => check_socket(reader, Path::new(socket), secret.as_ref()),
        None => check_tcp(reader, &addresses, secret.as_ref()),
    }
    if let Some(secret) = &secret {
        check_secret(reader, secret);
    }
    let parsed = header.parse().ok();
    if parsed.is_none() {
        reader.error("MOOT_PROXY_AUTH_HEADER must be the name of a header, such as X-Remote-User");
    }
    let secret_header = secret_header.unwrap_or_default().parse().ok();
    if secret_header.is_none() || secret_header == parsed {
        reader.error("MOOT_PROXY_AUTH_SECRET_HEADER must be the name of a header of its own");
    }
    Some(Settings {
        header: parsed?,
        addresses,
        secret: secret_header
            .zip(secret)
            .map(|(header, value)| SharedSecret { header, value }),
        realm,
        email_domain,
        display_name: display_name.unwrap_or_default(),
    })
}

fn addresses(reader: &mut Reader<'_>) -> Vec<IpNet> {
    let mut ranges = Vec::new();
    for text in reader.list("MOOT_PROXY_AUTH_ADDRESSES") {
        let one = text.parse::<IpAddr>().map(IpNet::from);
        match one.ok().or_else(|| text.parse().ok()) {
            Some(range) => ranges.push(range),
            None => reader.error(format!(
                "MOOT_PROXY_AUTH_ADDRESSES: `{text}` is neither an address nor a range such as 10.1.0.0/16"
            )),
        }
    }
    ranges
}

fn check_tcp(reader: &mut Reader<'_>, addresses: &[IpNet], secret: Option<&SecretString>) {
    if addresses.is_empty() {
        reader.error(
            "MOOT_PROXY_AUTH_HEADER needs MOOT_PROXY_AUTH_ADDRESSES (or SOCKET): anybody can write a header, so only the proxy itself is believed",
        );
    }
    if addresses.iter().any(|range| range.prefix_len() == 0) {
        reader.error("MOOT_PROXY_AUTH_ADDRESSES must not hold the whole world");
    }
    if secret.is_none() {
        reader.error(
            "MOOT_PROXY_AUTH_HEADER needs MOOT_PROXY_AUTH_SECRET (or SOCKET): other programs may connect from the proxy's address",
        );
    }
}

/// The socket itself is open to everybody, as in Mastodon: its folder says who may connect.
fn check_socket(reader: &mut Reader<'_>, socket: &Path, secret: Option<&SecretString>) {
    if secret.is_some() {
        return;
    }
    let socket = std::path::absolute(socket).unwrap_or_else(|_| socket.to_owned());
    let is_closed = socket
        .ancestors()
        .skip(1)
        .filter_map(|folder| std::fs::metadata(folder).ok())
        .any(|folder| folder.permissions().mode() & 0o001 == 0);
    if !is_closed {
        reader.error(format!(
            "MOOT_PROXY_AUTH_HEADER without MOOT_PROXY_AUTH_SECRET needs a SOCKET that only the proxy can reach, but everybody on this machine can go into the folder of {}: \
             take the right to enter from others (chmod o-x), or set MOOT_PROXY_AUTH_SECRET",
            socket.display()
        ));
    }
}

fn check_secret(reader: &mut Reader<'_>, secret: &SecretString) {
    let secret = secret.expose_secret();
    if secret.len() < SHORTEST_SECRET || secret.bytes().any(|b| !b.is_ascii_graphic()) {
        reader.error(format!(
            "MOOT_PROXY_AUTH_SECRET must be {SHORTEST_SECRET} or more letters, digits and signs without spaces"
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::Layers;

    const HEADER: (&str, &str) = ("MOOT_PROXY_AUTH_HEADER", "X-Remote-User");
    const ADDRESSES: (&str, &str) = ("MOOT_PROXY_AUTH_ADDRESSES", "127.0.0.1, 10.0.0.0/8");
    const SECRET: (&str, &str) = ("MOOT_PROXY_AUTH_SECRET", "0123456789abcdef");

    fn read(pairs: &[(&str, &str)]) -> (Option<Settings>, String) {
        let layers = Layers::of(pairs);
        let mut reader = Reader::new(&layers);
        let settings = super::read(&mut reader);
        (settings, reader.finish().to_string())
    }

    #[test]
    fn the_way_is_off_without_a_header() {
        let (settings, report) = read(&[ADDRESSES, SECRET]);

        assert!(settings.is_none());
        assert_eq!(report, "");
    }

    #[test]
    fn header_addresses_and_secret_are_enough() {
        let (settings, report) = read(&[HEADER, ADDRESSES, SECRET]);

        assert_eq!(report, "");
        assert_eq!(settings.unwrap().addresses.len(), 2);
    }

    /// S54: a header alone proves nothing.
    #[test]
    fn a_header_without_addresses_or_without_a_secret_does_not_start() {
        for (pairs, named) in [
            (vec![HEADER], "MOOT_PROXY_AUTH_ADDRESSES"),
            (vec![HEADER, SECRET], "MOOT_PROXY_AUTH_ADDRESSES"),
            (vec![HEADER, ADDRESSES], "MOOT_PROXY_AUTH_SECRET"),
            (
                vec![HEADER, ADDRESSES, ("MOOT_PROXY_AUTH_SECRET", "short")],
                "MOOT_PROXY_AUTH_SECRET",
            ),
            (
                vec![HEADER, SECRET, ("MOOT_PROXY_AUTH_ADDRESSES", "0.0.0.0/0")],
                "whole world",
            ),
            (
                vec![
                    HEADER,
                    SECRET,
                    ("MOOT_PROXY_AUTH_ADDRESSES", "proxy.example"),
                ],
                "proxy.example",
            ),
            (
                vec![
                    HEADER,
                    ADDRESSES,
                    SECRET,
                    ("MOOT_PROXY_AUTH_SECRET_HEADER", "x-remote-user"),
                ],
                "SECRET_HEADER",
            ),
            (
                vec![("MOOT_PROXY_AUTH_HEADER", "X Remote"), ADDRESSES, SECRET],
                "MOOT_PROXY_AUTH_HEADER",
            ),
        ] {
            let (_, report) = read(&pairs);

            assert!(
                report.contains("error: ") && report.contains(named),
                "{pairs:?}: {report}"
            );
        }
    }

    #[test]
    fn a_socket_needs_a_closed_folder_or_a_secret() {
        let folder = std::env::temp_dir().join(format!("moot-proxy-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let socket = folder.join("moot.sock").display().to_string();
        let with_mode = |mode, pairs: &[(&str, &str)]| {
            std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
            let mut all = vec![HEADER, ("SOCKET", socket.as_str())];
            all.extend(pairs);
            read(&all).1
        };

        assert!(with_mode(0o755, &[]).contains("chmod o-x"));
        assert_eq!(with_mode(0o755, &[SECRET]), "");
        assert_eq!(with_mode(0o750, &[]), "");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
