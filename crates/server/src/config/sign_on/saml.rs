//! Signing in through SAML, which Moot leaves to a bridge.

use crate::config::table::{Kind, Section, refuse};

const BRIDGE: &str = "put an OpenID Connect bridge (Keycloak, authentik, Dex) in front of the SAML provider and use OIDC_*";

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "SAML",
    introduction: "",
    variables: &[
        refuse("SAML_ENABLED", Kind::Boolean, BRIDGE),
        refuse("SAML_DISPLAY_NAME", Kind::Text, BRIDGE),
        refuse("SAML_ACS_URL", Kind::Text, BRIDGE),
        refuse("SAML_ISSUER", Kind::Text, BRIDGE),
        refuse("SAML_IDP_SSO_TARGET_URL", Kind::Text, BRIDGE),
        refuse("SAML_IDP_SSO_TARGET_PARAMS", Kind::Text, BRIDGE),
        refuse("SAML_IDP_CERT", Kind::Text, BRIDGE),
        refuse("SAML_IDP_CERT_FINGERPRINT", Kind::Text, BRIDGE),
        refuse("SAML_IDP_CERT_FINGERPRINT_VALIDATOR", Kind::Text, BRIDGE),
        refuse("SAML_NAME_IDENTIFIER_FORMAT", Kind::Text, BRIDGE),
        refuse("SAML_CERT", Kind::Text, BRIDGE),
        refuse("SAML_PRIVATE_KEY", Kind::Text, BRIDGE).secret(),
        refuse("SAML_SECURITY_WANT_ASSERTION_SIGNED", Kind::Boolean, BRIDGE),
        refuse(
            "SAML_SECURITY_WANT_ASSERTION_ENCRYPTED",
            Kind::Boolean,
            BRIDGE,
        ),
        refuse(
            "SAML_SECURITY_ASSUME_EMAIL_IS_VERIFIED",
            Kind::Boolean,
            BRIDGE,
        ),
        refuse("SAML_ATTRIBUTES_STATEMENTS_UID", Kind::Text, BRIDGE),
        refuse("SAML_ATTRIBUTES_STATEMENTS_EMAIL", Kind::Text, BRIDGE),
        refuse("SAML_ATTRIBUTES_STATEMENTS_FULL_NAME", Kind::Text, BRIDGE),
        refuse("SAML_ATTRIBUTES_STATEMENTS_FIRST_NAME", Kind::Text, BRIDGE),
        refuse("SAML_ATTRIBUTES_STATEMENTS_LAST_NAME", Kind::Text, BRIDGE),
        refuse("SAML_ATTRIBUTES_STATEMENTS_VERIFIED", Kind::Text, BRIDGE),
        refuse(
            "SAML_ATTRIBUTES_STATEMENTS_VERIFIED_EMAIL",
            Kind::Text,
            BRIDGE,
        ),
        refuse("SAML_UID_ATTRIBUTE", Kind::Text, BRIDGE),
        refuse("SAML_ALLOWED_CLOCK_DRIFT", Kind::Decimal, BRIDGE),
        refuse("SAML_*", Kind::Text, BRIDGE).secret(),
    ],
};
