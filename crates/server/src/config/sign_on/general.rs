//! What all ways of signing in share.

use crate::config::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Sign-on",
    introduction: "",
    variables: &[
        accept("OMNIAUTH_ONLY", Kind::Boolean, "", "No password form.").with("single sign-on"),
        accept(
            "ONE_CLICK_SSO_LOGIN",
            Kind::Boolean,
            "",
            "Signing in leads straight to the one provider; needs `OMNIAUTH_ONLY`.",
        )
        .with("single sign-on"),
        accept(
            "ALLOW_UNSAFE_AUTH_PROVIDER_REATTACH",
            Kind::Boolean,
            "",
            "Accounts are found by e-mail. Unsafe; warned of at each start.",
        )
        .with("single sign-on"),
        accept(
            "SSO_ACCOUNT_SIGN_UP",
            Kind::Text,
            "",
            "Address shown to people who want an account.",
        )
        .with("single sign-on"),
        accept(
            "SSO_ACCOUNT_SETTINGS",
            Kind::Text,
            "",
            "Address shown to people who want to change their account.",
        )
        .with("single sign-on"),
        accept(
            "MOOT_USERNAME_POLICY",
            Kind::Choice(&["free", "directory"]),
            "free",
            "`directory`: a member's name is the directory's.",
        )
        .with("LDAP"),
    ],
};
