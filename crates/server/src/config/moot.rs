//! The few variables that choose everything else.

use super::profile::WORDS;
use super::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Moot",
    introduction: "",
    variables: &[
        accept(
            "MOOT_PROFILE",
            Kind::Choice(WORDS),
            "production",
            "`production` for a real server; `demo` and `test` listen on this machine only, use plain http and take names that nobody owns. Stored in the database at the first start: a database made in one never opens in another.",
        ),
        accept(
            "MOOT_ENV_FILE",
            Kind::Text,
            ".env.production",
            "File with further variables, one `NAME=value` a line; read from the environment only.",
        ),
    ],
};
