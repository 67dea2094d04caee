//! Signing in through `OpenID` Connect.

use crate::config::table::{Kind, Section, accept};

const OIDC: &str = "OpenID Connect";

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "OpenID Connect",
    introduction: "",
    variables: &[
        accept(
            "OIDC_ENABLED",
            Kind::Boolean,
            "",
            "Members sign in through an OpenID provider.",
        )
        .with(OIDC),
        accept("OIDC_DISPLAY_NAME", Kind::Text, "", "Text of the button.").with(OIDC),
        accept("OIDC_ISSUER", Kind::Text, "", "The provider.").with(OIDC),
        accept(
            "OIDC_DISCOVERY",
            Kind::Boolean,
            "",
            "Its addresses are asked for.",
        )
        .with(OIDC),
        accept(
            "OIDC_CLIENT_AUTH_METHOD",
            Kind::Text,
            "basic",
            "How Moot shows its secret.",
        )
        .with(OIDC),
        accept(
            "OIDC_SCOPE",
            Kind::List(','),
            "openid",
            "What is asked for.",
        )
        .with(OIDC),
        accept(
            "OIDC_RESPONSE_TYPE",
            Kind::Text,
            "code",
            "Form of the answer.",
        )
        .with(OIDC),
        accept("OIDC_RESPONSE_MODE", Kind::Text, "", "Form of the answer.").with(OIDC),
        accept(
            "OIDC_DISPLAY",
            Kind::Text,
            "",
            "Form of the provider's page.",
        )
        .with(OIDC),
        accept(
            "OIDC_PROMPT",
            Kind::Text,
            "",
            "Whether the provider asks again.",
        )
        .with(OIDC),
        accept("OIDC_USE_PKCE", Kind::Boolean, "true", "Always done.").with(OIDC),
        accept("OIDC_SEND_NONCE", Kind::Boolean, "true", "Always done.").with(OIDC),
        accept(
            "OIDC_SEND_SCOPE_TO_TOKEN_ENDPOINT",
            Kind::Boolean,
            "true",
            "The scope is repeated.",
        )
        .with(OIDC),
        accept(
            "OIDC_IDP_LOGOUT_REDIRECT_URI",
            Kind::Text,
            "",
            "Where signing out leads.",
        )
        .with(OIDC),
        accept(
            "OIDC_UID_FIELD",
            Kind::Text,
            "",
            "Claim that identifies a person.",
        )
        .with(OIDC),
        accept(
            "OIDC_CLIENT_ID",
            Kind::Text,
            "",
            "Moot's name at the provider.",
        )
        .with(OIDC),
        accept("OIDC_CLIENT_SECRET", Kind::Text, "", "Moot's secret there.")
            .secret()
            .with(OIDC),
        accept(
            "OIDC_REDIRECT_URI",
            Kind::Text,
            "",
            "Address to come back to; its path is `/auth/auth/openid_connect/callback`.",
        )
        .with(OIDC),
        accept(
            "OIDC_HTTP_SCHEME",
            Kind::Text,
            "https",
            "Parts of the provider's address, without discovery.",
        )
        .with(OIDC),
        accept("OIDC_HOST", Kind::Text, "", "The same.").with(OIDC),
        accept("OIDC_PORT", Kind::Integer, "443", "The same.").with(OIDC),
        accept("OIDC_AUTH_ENDPOINT", Kind::Text, "", "The same.").with(OIDC),
        accept("OIDC_TOKEN_ENDPOINT", Kind::Text, "", "The same.").with(OIDC),
        accept("OIDC_USER_INFO_ENDPOINT", Kind::Text, "", "The same.").with(OIDC),
        accept("OIDC_JWKS_URI", Kind::Text, "", "The same.").with(OIDC),
        accept("OIDC_END_SESSION_ENDPOINT", Kind::Text, "", "The same.").with(OIDC),
        accept(
            "OIDC_SECURITY_ASSUME_EMAIL_IS_VERIFIED",
            Kind::Boolean,
            "",
            "The address needs no confirmation.",
        )
        .with(OIDC),
    ],
};
