//! Mail.

use super::table::{Kind, Section, accept};

const MAIL: &str = "mail";

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Mail",
    introduction: "Without `SMTP_SERVER` no mail is sent and no address needs confirming.",
    variables: &[
        accept("SMTP_SERVER", Kind::Text, "", "Host name of the relay.").with(MAIL),
        accept(
            "SMTP_PORT",
            Kind::Integer,
            "25",
            "Port; 587 is usual with a password.",
        )
        .with(MAIL),
        accept("SMTP_LOGIN", Kind::Text, "", "User.").with(MAIL),
        accept("SMTP_PASSWORD", Kind::Text, "", "Password.")
            .secret()
            .with(MAIL),
        accept(
            "SMTP_FROM_ADDRESS",
            Kind::Text,
            "",
            "Sender, `Name <address>` or an address.",
        )
        .with(MAIL),
        accept("SMTP_REPLY_TO", Kind::Text, "", "Where answers go.").with(MAIL),
        accept("SMTP_RETURN_PATH", Kind::Text, "", "Where failures go.").with(MAIL),
        accept("SMTP_DOMAIN", Kind::Text, "", "Name given in HELO.").with(MAIL),
        accept(
            "SMTP_DELIVERY_METHOD",
            Kind::Choice(&["smtp", "sendmail"]),
            "smtp",
            "By a relay or by the local program.",
        )
        .with(MAIL),
        accept(
            "SMTP_AUTH_METHOD",
            Kind::Choice(&["plain", "login", "cram_md5", "none"]),
            "plain",
            "How the password is shown.",
        )
        .with(MAIL),
        accept("SMTP_CA_FILE", Kind::Text, "", "Certificate authorities.").with(MAIL),
        accept(
            "SMTP_OPENSSL_VERIFY_MODE",
            Kind::Choice(&["none", "peer"]),
            "peer",
            "`none` is for a relay on a private network, and is logged as a warning.",
        )
        .with(MAIL),
        accept(
            "SMTP_ENABLE_STARTTLS",
            Kind::Choice(&["auto", "always", "never"]),
            "auto",
            "STARTTLS.",
        )
        .with(MAIL),
        accept(
            "SMTP_ENABLE_STARTTLS_AUTO",
            Kind::Boolean,
            "true",
            "STARTTLS when offered.",
        )
        .with(MAIL),
        accept("SMTP_TLS", Kind::Boolean, "", "TLS from the first byte.").with(MAIL),
        accept("SMTP_SSL", Kind::Boolean, "", "The same, older word.").with(MAIL),
        accept(
            "BULK_SMTP_*",
            Kind::Text,
            "",
            "A second set of all these for announcements and changes of terms.",
        )
        .secret()
        .with(MAIL),
    ],
};
