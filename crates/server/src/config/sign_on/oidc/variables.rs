//! The variables of `OpenID` Connect, for the table.

use crate::config::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "OpenID Connect",
    introduction: "The address to register at the provider is `https://WEB_DOMAIN/auth/auth/openid_connect/callback`; the one for back-channel logout is `https://WEB_DOMAIN/auth/auth/openid_connect/backchannel_logout`. Accounts are linked by the provider's `sub`. PKCE, state and nonce are always used. Tokens must be signed with RS256, PS256, ES256 or EdDSA.",
    variables: &[
        accept(
            "OIDC_ENABLED",
            Kind::Boolean,
            "",
            "Members sign in through an OpenID provider.",
        ),
        accept(
            "OIDC_DISPLAY_NAME",
            Kind::Text,
            "OpenID Connect",
            "Text of the button.",
        ),
        accept(
            "OIDC_ISSUER",
            Kind::Text,
            "",
            "The provider, letter by letter as it calls itself.",
        ),
        accept(
            "OIDC_DISCOVERY",
            Kind::Boolean,
            "",
            "Its addresses are asked for at `OIDC_ISSUER/.well-known/openid-configuration`.",
        ),
        accept(
            "OIDC_CLIENT_AUTH_METHOD",
            Kind::Text,
            "basic",
            "How Moot shows its secret: `basic` or `post`. `jwt_bearer` and `mtls` are refused.",
        ),
        accept(
            "OIDC_SCOPE",
            Kind::List(','),
            "openid,profile,email",
            "What is asked for; `openid` is, in any case.",
        ),
        accept(
            "OIDC_RESPONSE_TYPE",
            Kind::Text,
            "code",
            "Only `code` is spoken.",
        ),
        accept(
            "OIDC_RESPONSE_MODE",
            Kind::Text,
            "query",
            "Only `query` is spoken: with `form_post` browsers do not bring their cookie along.",
        ),
        accept(
            "OIDC_DISPLAY",
            Kind::Text,
            "",
            "Form of the provider's page.",
        ),
        accept(
            "OIDC_PROMPT",
            Kind::Text,
            "",
            "Whether the provider asks again.",
        ),
        accept(
            "OIDC_USE_PKCE",
            Kind::Boolean,
            "true",
            "Always done, whatever this says.",
        ),
        accept(
            "OIDC_SEND_NONCE",
            Kind::Boolean,
            "true",
            "Always done, whatever this says.",
        ),
        accept(
            "OIDC_SEND_SCOPE_TO_TOKEN_ENDPOINT",
            Kind::Boolean,
            "true",
            "The scope is repeated when a code is redeemed.",
        ),
        accept(
            "OIDC_IDP_LOGOUT_REDIRECT_URI",
            Kind::Text,
            "",
            "Where the provider leads people after signing out. With it, signing out here signs out there.",
        ),
        accept(
            "OIDC_UID_FIELD",
            Kind::Text,
            "preferred_username",
            "Claim that proposes the handle. It does not identify the person: `sub` does.",
        ),
        accept(
            "OIDC_CLIENT_ID",
            Kind::Text,
            "",
            "Moot's name at the provider.",
        ),
        accept("OIDC_CLIENT_SECRET", Kind::Text, "", "Moot's secret there.").secret(),
        accept(
            "OIDC_REDIRECT_URI",
            Kind::Text,
            "",
            "Address to come back to; it can only be the one named above, and need not be set.",
        ),
        accept(
            "OIDC_HTTP_SCHEME",
            Kind::Text,
            "https",
            "Parts of the provider's address, without discovery.",
        ),
        accept("OIDC_HOST", Kind::Text, "", "The same."),
        accept("OIDC_PORT", Kind::Integer, "443", "The same."),
        accept(
            "OIDC_AUTH_ENDPOINT",
            Kind::Text,
            "",
            "An address, or a path there.",
        ),
        accept("OIDC_TOKEN_ENDPOINT", Kind::Text, "", "The same."),
        accept("OIDC_USER_INFO_ENDPOINT", Kind::Text, "", "The same."),
        accept("OIDC_JWKS_URI", Kind::Text, "", "The same."),
        accept("OIDC_END_SESSION_ENDPOINT", Kind::Text, "", "The same."),
        accept(
            "OIDC_SECURITY_ASSUME_EMAIL_IS_VERIFIED",
            Kind::Boolean,
            "",
            "The address needs no confirmation, whatever the provider says of it.",
        ),
        accept(
            "MOOT_OIDC_GROUPS_CLAIM",
            Kind::Text,
            "groups",
            "Claim with the groups; dots lead inside (`realm_access.roles`).",
        ),
        accept(
            "MOOT_OIDC_ROLE_MAP",
            Kind::List(';'),
            "",
            "`GROUP=OFFICE;…`: which groups make eligible for `candidate`, `board` or `operator`.",
        ),
        accept(
            "MOOT_OIDC_CA_FILE",
            Kind::Text,
            "",
            "Certificate authorities of the provider (PEM), instead of the system's.",
        ),
    ],
};
