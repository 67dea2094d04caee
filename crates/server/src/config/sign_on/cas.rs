//! Signing in through CAS.

use std::path::PathBuf;

use signin::{
    cas::{Attributes, Settings, Trust},
    is_safe,
};
use url::Url;

use crate::config::reader::Reader;
use crate::config::table::{Kind, Section, accept, no_op};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "CAS",
    introduction: "The service to register at the server is `https://WEB_DOMAIN/auth/auth/cas/callback`, with any query. `CAS_URL`, or else `CAS_HOST` with `CAS_PORT` and `CAS_SSL`, is the server's address; the three paths are appended to it.",
    variables: &[
        accept(
            "CAS_ENABLED",
            Kind::Boolean,
            "",
            "Members sign in through a CAS server.",
        ),
        accept("CAS_DISPLAY_NAME", Kind::Text, "CAS", "Text of the button."),
        accept("CAS_URL", Kind::Text, "", "Address of the server."),
        accept("CAS_HOST", Kind::Text, "", "Its host."),
        accept("CAS_PORT", Kind::Integer, "", "Its port."),
        accept("CAS_SSL", Kind::Boolean, "true", "Whether it speaks TLS."),
        accept(
            "CAS_VALIDATE_URL",
            Kind::Text,
            "/serviceValidate",
            "Path that checks tickets. Servers that tell attributes by protocol 3 only do so at `/p3/serviceValidate`.",
        ),
        accept(
            "CAS_CALLBACK_URL",
            Kind::Text,
            "",
            "Address to come back to; it can only be the one named above, and need not be set.",
        ),
        accept(
            "CAS_LOGIN_URL",
            Kind::Text,
            "/login",
            "Path of its sign-in page.",
        ),
        no_op(
            "CAS_LOGOUT_URL",
            "Signing out of Moot leaves the server's own session alone, as in Mastodon.",
        ),
        accept(
            "CAS_UID_FIELD",
            Kind::Text,
            "user",
            "Attribute that identifies a person; it never changes and is never given to another.",
        ),
        accept(
            "CAS_CA_PATH",
            Kind::Text,
            "",
            "Certificate authorities, a folder or a file (PEM), instead of the system's.",
        ),
        accept(
            "CAS_DISABLE_SSL_VERIFICATION",
            Kind::Boolean,
            "",
            "No check of the certificate: whoever stands between can sign in as anybody. Warned of at each start; `CAS_CA_PATH` is the better way.",
        ),
        no_op(
            "CAS_UID_KEY",
            "Mastodon does not look at it either: `CAS_UID_FIELD` identifies a person.",
        ),
        accept("CAS_NAME_KEY", Kind::Text, "name", "Attribute of the name."),
        accept(
            "CAS_EMAIL_KEY",
            Kind::Text,
            "email",
            "Attribute of the address.",
        ),
        no_op(
            "CAS_NICKNAME_KEY",
            "Members have no nickname beside their handle.",
        ),
        accept(
            "CAS_FIRST_NAME_KEY",
            Kind::Text,
            "firstname",
            "Attribute of the first name.",
        ),
        accept(
            "CAS_LAST_NAME_KEY",
            Kind::Text,
            "lastname",
            "Attribute of the last name.",
        ),
        no_op("CAS_LOCATION_KEY", "Members have no location."),
        no_op("CAS_IMAGE_KEY", "Members choose their picture themselves."),
        no_op("CAS_PHONE_KEY", "Members have no phone number."),
        accept(
            "CAS_SECURITY_ASSUME_EMAIL_IS_VERIFIED",
            Kind::Boolean,
            "",
            "The address needs no confirmation.",
        ),
    ],
};

/// What the variables say, all of them read before any is judged.
struct Said {
    url: Option<String>,
    host: Option<String>,
    port: Option<String>,
    tls: bool,
    login: String,
    validate: String,
    callback: Option<String>,
    ca_path: Option<String>,
    verifies_nobody: bool,
}

/// The server, if there is one.
pub fn read(reader: &mut Reader<'_>) -> Option<Settings> {
    let is_enabled = reader.boolean("CAS_ENABLED");
    let said = Said {
        url: reader.text("CAS_URL"),
        host: reader.text("CAS_HOST"),
        port: reader.text("CAS_PORT"),
        tls: reader.boolean("CAS_SSL"),
        login: reader.text("CAS_LOGIN_URL").unwrap_or_default(),
        validate: reader.text("CAS_VALIDATE_URL").unwrap_or_default(),
        callback: reader.text("CAS_CALLBACK_URL"),
        ca_path: reader.text("CAS_CA_PATH"),
        verifies_nobody: reader.boolean("CAS_DISABLE_SSL_VERIFICATION"),
    };
    let display_name = reader.text("CAS_DISPLAY_NAME");
    let assume_email_is_verified = reader.boolean("CAS_SECURITY_ASSUME_EMAIL_IS_VERIFIED");
    let mut attribute = |name| reader.text(name).unwrap_or_default();
    let attributes = Attributes {
        uid: attribute("CAS_UID_FIELD"),
        name: attribute("CAS_NAME_KEY"),
        first_name: attribute("CAS_FIRST_NAME_KEY"),
        last_name: attribute("CAS_LAST_NAME_KEY"),
        email: attribute("CAS_EMAIL_KEY"),
    };
    if !is_enabled {
        return None;
    }
    let Some(base) = base(&said) else {
        reader.error("CAS_ENABLED needs CAS_URL or CAS_HOST");
        return None;
    };
    let login = address(reader, "CAS_LOGIN_URL", &base, &said.login)?;
    let validate = address(reader, "CAS_VALIDATE_URL", &base, &said.validate)?;
    let callback = said.callback.as_ref().and_then(|text| {
        let url = Url::parse(text).ok();
        if url.is_none() {
            reader.error("CAS_CALLBACK_URL must be an address");
        }
        url
    });
    Some(Settings {
        display_name,
        login,
        validate,
        callback,
        attributes,
        assume_email_is_verified,
        trust: trust(reader, &said),
    })
}

/// The server's address, without a slash at its end.
fn base(said: &Said) -> Option<String> {
    let base = match (&said.url, &said.host) {
        (Some(url), _) => url.clone(),
        (None, Some(host)) => {
            let scheme = if said.tls { "https" } else { "http" };
            match &said.port {
                Some(port) => format!("{scheme}://{host}:{port}"),
                None => format!("{scheme}://{host}"),
            }
        }
        (None, None) => return None,
    };
    Some(base.trim_end_matches('/').to_owned())
}

fn address(reader: &mut Reader<'_>, name: &str, base: &str, path: &str) -> Option<Url> {
    let text = if path.starts_with("https://") || path.starts_with("http://") {
        path.to_owned()
    } else {
        format!("{base}/{}", path.trim_start_matches('/'))
    };
    let url = Url::parse(&text).ok().filter(is_safe);
    if url.is_none() {
        reader.error(format!(
            "CAS_URL (or CAS_HOST) with {name} must make an address with https"
        ));
    }
    url
}

fn trust(reader: &mut Reader<'_>, said: &Said) -> Trust {
    if said.verifies_nobody {
        reader.warn(
            "CAS_DISABLE_SSL_VERIFICATION: whoever stands between Moot and the CAS server can sign in as anybody; name its authority in CAS_CA_PATH instead",
        );
        return Trust::Anybody;
    }
    match &said.ca_path {
        Some(path) => Trust::Authorities(PathBuf::from(path)),
        None => Trust::System,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::Layers;

    fn read_with(pairs: &[(&str, &str)]) -> (Option<Settings>, String) {
        let layers = Layers::of(pairs);
        let mut reader = Reader::new(&layers);
        let settings = read(&mut reader);
        (settings, reader.finish().to_string())
    }

    #[test]
    fn the_address_is_given_whole_or_in_parts() {
        let whole = read_with(&[
            ("CAS_ENABLED", "true"),
            ("CAS_URL", "https://sso.club.example/cas/"),
        ]);
        let parts = read_with(&[
            ("CAS_ENABLED", "true"),
            ("CAS_HOST", "sso.club.example"),
            ("CAS_PORT", "8443"),
            ("CAS_VALIDATE_URL", "/cas/p3/serviceValidate"),
        ]);

        assert_eq!(
            whole.0.unwrap().login.as_str(),
            "https://sso.club.example/cas/login"
        );
        assert_eq!(
            parts.0.unwrap().validate.as_str(),
            "https://sso.club.example:8443/cas/p3/serviceValidate"
        );
        assert_eq!(whole.1 + &parts.1, "");
    }

    #[test]
    fn what_cannot_work_is_said_at_the_start_and_only_when_it_is_on() {
        let (_, nowhere) = read_with(&[("CAS_ENABLED", "true")]);
        let (_, plain) = read_with(&[
            ("CAS_ENABLED", "true"),
            ("CAS_HOST", "sso.club.example"),
            ("CAS_SSL", "false"),
        ]);
        let off = read_with(&[("CAS_URL", "nonsense")]);

        assert!(nowhere.contains("CAS_URL"), "{nowhere}");
        assert!(plain.contains("https"), "{plain}");
        assert!(off.0.is_none() && off.1.is_empty());
    }

    #[test]
    fn an_unchecked_certificate_is_warned_of() {
        let (settings, report) = read_with(&[
            ("CAS_ENABLED", "true"),
            ("CAS_URL", "https://sso.club.example"),
            ("CAS_DISABLE_SSL_VERIFICATION", "true"),
        ]);

        assert_eq!(settings.unwrap().trust, Trust::Anybody);
        assert!(report.contains("warning"), "{report}");
    }
}
