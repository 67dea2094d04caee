//! Signing in through CAS.

use crate::config::table::{Kind, Section, accept};

const CAS: &str = "CAS";

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "CAS",
    introduction: "",
    variables: &[
        accept(
            "CAS_ENABLED",
            Kind::Boolean,
            "",
            "Members sign in through a CAS server.",
        )
        .with(CAS),
        accept("CAS_DISPLAY_NAME", Kind::Text, "", "Text of the button.").with(CAS),
        accept("CAS_URL", Kind::Text, "", "Address of the server.").with(CAS),
        accept("CAS_HOST", Kind::Text, "", "Its host.").with(CAS),
        accept("CAS_PORT", Kind::Integer, "", "Its port.").with(CAS),
        accept("CAS_SSL", Kind::Boolean, "", "Whether it speaks TLS.").with(CAS),
        accept(
            "CAS_VALIDATE_URL",
            Kind::Text,
            "",
            "Path that checks tickets.",
        )
        .with(CAS),
        accept(
            "CAS_CALLBACK_URL",
            Kind::Text,
            "",
            "Address to come back to.",
        )
        .with(CAS),
        accept("CAS_LOGIN_URL", Kind::Text, "", "Path of its sign-in page.").with(CAS),
        accept(
            "CAS_LOGOUT_URL",
            Kind::Text,
            "",
            "Path of its sign-out page.",
        )
        .with(CAS),
        accept(
            "CAS_UID_FIELD",
            Kind::Text,
            "",
            "Field that identifies a person.",
        )
        .with(CAS),
        accept("CAS_CA_PATH", Kind::Text, "", "Certificate authorities.").with(CAS),
        accept(
            "CAS_DISABLE_SSL_VERIFICATION",
            Kind::Boolean,
            "",
            "No check of the certificate.",
        )
        .with(CAS),
        accept(
            "CAS_UID_KEY",
            Kind::Text,
            "user",
            "Attribute of the identifier.",
        )
        .with(CAS),
        accept("CAS_NAME_KEY", Kind::Text, "name", "Attribute of the name.").with(CAS),
        accept(
            "CAS_EMAIL_KEY",
            Kind::Text,
            "email",
            "Attribute of the address.",
        )
        .with(CAS),
        accept(
            "CAS_NICKNAME_KEY",
            Kind::Text,
            "nickname",
            "Attribute of the nickname.",
        )
        .with(CAS),
        accept(
            "CAS_FIRST_NAME_KEY",
            Kind::Text,
            "firstname",
            "Attribute of the first name.",
        )
        .with(CAS),
        accept(
            "CAS_LAST_NAME_KEY",
            Kind::Text,
            "lastname",
            "Attribute of the last name.",
        )
        .with(CAS),
        accept("CAS_LOCATION_KEY", Kind::Text, "location", "Not used.").with(CAS),
        accept(
            "CAS_IMAGE_KEY",
            Kind::Text,
            "image",
            "Attribute of the picture.",
        )
        .with(CAS),
        accept("CAS_PHONE_KEY", Kind::Text, "phone", "Not used.").with(CAS),
        accept(
            "CAS_SECURITY_ASSUME_EMAIL_IS_VERIFIED",
            Kind::Boolean,
            "",
            "The address needs no confirmation.",
        )
        .with(CAS),
    ],
};
