//! Mail.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use super::reader::Reader;
use super::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Mail",
    introduction: "Without `SMTP_SERVER` (or `SMTP_DELIVERY_METHOD=sendmail`) no mail is sent and no address needs confirming; the demo writes letters to its log. `moot mail test ADDRESS` shows whether mail arrives.",
    variables: &[
        accept("SMTP_SERVER", Kind::Text, "", "Host name of the relay."),
        accept(
            "SMTP_PORT",
            Kind::Integer,
            "25",
            "Port; 587 is usual with a password.",
        ),
        accept("SMTP_LOGIN", Kind::Text, "", "User."),
        accept("SMTP_PASSWORD", Kind::Text, "", "Password.").secret(),
        accept(
            "SMTP_FROM_ADDRESS",
            Kind::Text,
            "",
            "Sender, `Name <address>` or an address; `notifications@LOCAL_DOMAIN` otherwise.",
        ),
        accept("SMTP_REPLY_TO", Kind::Text, "", "Where answers go."),
        accept("SMTP_RETURN_PATH", Kind::Text, "", "Where failures go."),
        accept("SMTP_DOMAIN", Kind::Text, "", "Name given in HELO."),
        accept(
            "SMTP_DELIVERY_METHOD",
            Kind::Choice(&["smtp", "sendmail"]),
            "smtp",
            "By a relay or by the local program.",
        ),
        accept(
            "SMTP_AUTH_METHOD",
            Kind::Choice(&["plain", "login", "cram_md5", "none"]),
            "plain",
            "How the password is shown. `cram_md5` is not spoken any more, and refused at the start.",
        ),
        accept("SMTP_CA_FILE", Kind::Text, "", "Certificate authorities."),
        accept(
            "SMTP_OPENSSL_VERIFY_MODE",
            Kind::Choice(&["none", "peer"]),
            "peer",
            "`none` is for a relay on a private network, and is logged as a warning.",
        ),
        accept(
            "SMTP_ENABLE_STARTTLS",
            Kind::Choice(&["auto", "always", "never"]),
            "auto",
            "STARTTLS.",
        ),
        accept(
            "SMTP_ENABLE_STARTTLS_AUTO",
            Kind::Boolean,
            "true",
            "STARTTLS when offered.",
        ),
        accept("SMTP_TLS", Kind::Boolean, "", "TLS from the first byte."),
        accept("SMTP_SSL", Kind::Boolean, "", "The same, older word."),
        accept(
            "MOOT_SMTP_TIMEOUT",
            Kind::Integer,
            "60",
            "Seconds that a relay may take for a letter; then it is tried again later, under the same Message-ID.",
        ),
        accept(
            "BULK_SMTP_*",
            Kind::Text,
            "",
            "A second set of all these for announcements and changes of terms.",
        )
        .secret()
        .with("announcements"),
    ],
};

/// How mail leaves.
#[derive(Debug, Clone)]
pub struct Mail {
    /// By which way.
    pub way: Way,
    /// In whose name.
    pub sender: Sender,
}

/// By which way mail leaves.
#[derive(Debug, Clone)]
pub enum Way {
    /// By a relay.
    Smtp(Relay),
    /// By the local mail program.
    Sendmail,
    /// Not at all.
    None,
}

/// In whose name letters are written.
#[derive(Debug, Clone)]
pub struct Sender {
    /// `Name <address>` or an address.
    pub from: Option<String>,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// Where failures go.
    pub return_path: Option<String>,
}

/// A relay.
#[derive(Debug, Clone)]
pub struct Relay {
    /// Its host name.
    pub server: String,
    /// Its port.
    pub port: u16,
    /// How we show who we are; nothing where the relay knows us by our address.
    pub login: Option<Login>,
    /// TLS from the first byte.
    pub tls_from_the_start: bool,
    /// TLS by STARTTLS.
    pub starttls: StartTls,
    /// Whether its certificate is looked at.
    pub verification: Verification,
    /// Certificate authorities beside the system's.
    pub ca_file: Option<PathBuf>,
    /// Our name in EHLO; the machine's otherwise.
    pub domain: Option<String>,
    /// How long it may take for a letter.
    pub patience: Duration,
}

/// A user of the relay.
#[derive(Debug, Clone)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The password.
    pub password: SecretString,
    /// How it is shown.
    pub mechanism: Mechanism,
}

/// How a password is shown to a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mechanism {
    /// AUTH PLAIN.
    Plain,
    /// AUTH LOGIN.
    Login,
}

/// TLS by STARTTLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartTls {
    /// Where the relay offers it.
    Auto,
    /// Or no mail.
    Always,
    /// Never.
    Never,
}

/// Whether a certificate is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    /// It must be good and name the relay.
    Peer,
    /// Any will do.
    None,
}

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>) -> Mail {
    let sender = Sender {
        from: reader.text("SMTP_FROM_ADDRESS"),
        reply_to: reader.text("SMTP_REPLY_TO"),
        return_path: reader.text("SMTP_RETURN_PATH"),
    };
    // Everything is read even where it has no effect, so that a mistake shows before the day it matters.
    let relay = relay(reader);
    let by_program = reader.text("SMTP_DELIVERY_METHOD").as_deref() == Some("sendmail");
    let way = match relay {
        _ if by_program => Way::Sendmail,
        Some(relay) => Way::Smtp(relay),
        None => Way::None,
    };
    Mail { way, sender }
}

fn relay(reader: &mut Reader<'_>) -> Option<Relay> {
    let server = reader.text("SMTP_SERVER");
    let relay = Relay {
        port: reader.number("SMTP_PORT"),
        login: login(reader),
        tls_from_the_start: reader.boolean("SMTP_TLS") | reader.boolean("SMTP_SSL"),
        starttls: starttls(reader),
        verification: verification(reader),
        ca_file: reader.text("SMTP_CA_FILE").map(PathBuf::from),
        domain: reader.text("SMTP_DOMAIN"),
        patience: Duration::from_secs(reader.number("MOOT_SMTP_TIMEOUT")),
        server: server.clone().unwrap_or_default(),
    };
    server.map(|_| relay)
}

/// A relay inside an organisation often knows its clients by their address: without a user no password is shown.
fn login(reader: &mut Reader<'_>) -> Option<Login> {
    let user = reader.text("SMTP_LOGIN");
    let password = reader.secret("SMTP_PASSWORD");
    let mechanism = match reader.text("SMTP_AUTH_METHOD").as_deref() {
        Some("none") => return None,
        Some("login") => Mechanism::Login,
        Some("cram_md5") => {
            reader.error("SMTP_AUTH_METHOD=cram_md5 is not supported: it needs the password in clear on both sides. Use plain or login, which TLS protects");
            return None;
        }
        _ => Mechanism::Plain,
    };
    Some(Login {
        user: user?,
        password: password.unwrap_or_default(),
        mechanism,
    })
}

/// As Mastodon decides: the newer name first; `false` for `never`; else the older name, which is on by default.
fn starttls(reader: &mut Reader<'_>) -> StartTls {
    let automatic = reader.boolean_if_set("SMTP_ENABLE_STARTTLS_AUTO");
    match reader.text_if_set("SMTP_ENABLE_STARTTLS").as_deref() {
        Some("always") => StartTls::Always,
        Some("never" | "false") => StartTls::Never,
        Some("auto") => StartTls::Auto,
        _ if automatic == Some(false) => StartTls::Never,
        _ => StartTls::Auto,
    }
}

fn verification(reader: &mut Reader<'_>) -> Verification {
    if reader.text("SMTP_OPENSSL_VERIFY_MODE").as_deref() == Some("none") {
        reader.warn("SMTP_OPENSSL_VERIFY_MODE=none: anybody between here and the relay can read the mail. SMTP_CA_FILE is the better way");
        return Verification::None;
    }
    Verification::Peer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::Layers;

    fn read(pairs: &[(&str, &str)]) -> Mail {
        super::read(&mut Reader::new(&Layers::of(pairs)))
    }

    fn relay(pairs: &[(&str, &str)]) -> Relay {
        let pairs = [&[("SMTP_SERVER", "mail.club.example")], pairs].concat();
        match read(&pairs).way {
            Way::Smtp(relay) => relay,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_relay_without_a_user_is_shown_no_password() {
        assert!(relay(&[]).login.is_none());
        assert!(relay(&[("SMTP_PASSWORD", "x")]).login.is_none());
        assert!(
            relay(&[("SMTP_LOGIN", "moot"), ("SMTP_AUTH_METHOD", "none")])
                .login
                .is_none()
        );
        let login = relay(&[("SMTP_LOGIN", "moot"), ("SMTP_PASSWORD", "x")])
            .login
            .unwrap();
        assert_eq!(login.mechanism, Mechanism::Plain);
    }

    #[test]
    fn starttls_is_decided_as_mastodon_decides() {
        assert_eq!(relay(&[]).starttls, StartTls::Auto);
        assert_eq!(
            relay(&[("SMTP_ENABLE_STARTTLS_AUTO", "false")]).starttls,
            StartTls::Never
        );
        assert_eq!(
            relay(&[
                ("SMTP_ENABLE_STARTTLS", "always"),
                ("SMTP_ENABLE_STARTTLS_AUTO", "false")
            ])
            .starttls,
            StartTls::Always
        );
        assert_eq!(
            relay(&[("SMTP_ENABLE_STARTTLS", "never")]).starttls,
            StartTls::Never
        );
        assert!(relay(&[("SMTP_SSL", "true")]).tls_from_the_start);
    }

    #[test]
    fn without_a_relay_there_is_no_mail() {
        assert!(matches!(read(&[]).way, Way::None));
        assert!(matches!(
            read(&[("SMTP_DELIVERY_METHOD", "sendmail")]).way,
            Way::Sendmail
        ));
    }
}
