//! Signing in through PAM.

use crate::config::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "PAM",
    introduction: "",
    variables: &[
        accept(
            "PAM_ENABLED",
            Kind::Boolean,
            "",
            "Members sign in through the system's PAM.",
        )
        .with("PAM"),
        accept(
            "PAM_EMAIL_DOMAIN",
            Kind::Text,
            "",
            "Domain of their addresses; `LOCAL_DOMAIN` otherwise.",
        )
        .with("PAM"),
        accept(
            "PAM_DEFAULT_SERVICE",
            Kind::Text,
            "rpam",
            "Name of the PAM service.",
        )
        .with("PAM"),
        accept(
            "PAM_CONTROLLED_SERVICE",
            Kind::Text,
            "",
            "A further service that says who may come.",
        )
        .with("PAM"),
    ],
};
