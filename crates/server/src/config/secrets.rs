//! Keys given from outside.

use secrecy::SecretString;

use super::reader::Reader;
use super::table::{Kind, Section, accept, map};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Secrets",
    introduction: "Everything Moot encrypts or signs for itself derives from one master key. Keep it with the backups, apart from the database: without it the private keys of all accounts are lost.",
    variables: &[
        accept("MOOT_MASTER_KEY", Kind::Text, "", "32 bytes in hexadecimal or base64. With the embedded database one is made in the data folder at the first start; with another database in production it is required. `moot keys generate` makes one.").secret(),
        accept("VAPID_PRIVATE_KEY", Kind::Text, "", "Key of web push; keeping it keeps push subscriptions alive.").secret().with("web push"),
        accept("VAPID_PUBLIC_KEY", Kind::Text, "", "Its public half.").with("web push"),
        map("SECRET_KEY_BASE", Kind::Text, "", "Moot derives its cookie key from the master key; sessions in browsers do not carry over.").secret().with("the import from Mastodon"),
        map("OTP_SECRET", Kind::Text, "", "Read by `moot import mastodon` for very old databases only.").secret().with("the import from Mastodon"),
        map("ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY", Kind::Text, "", "Needed by the import to read encrypted columns; afterwards the master key takes over.").secret().with("the import from Mastodon"),
        map("ACTIVE_RECORD_ENCRYPTION_DETERMINISTIC_KEY", Kind::Text, "", "Needed by the import to read encrypted columns.").secret().with("the import from Mastodon"),
        map("ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT", Kind::Text, "", "Needed by the import to read encrypted columns.").secret().with("the import from Mastodon"),
    ],
};

/// Keys given from outside.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// The master key as written, if one was given.
    pub master_key: Option<SecretString>,
}

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>) -> Secrets {
    let master_key = reader.secret("MOOT_MASTER_KEY");
    if let Some(Err(error)) = master_key.as_ref().map(super::master_key::parse) {
        reader.error(format!("MOOT_MASTER_KEY {error}"));
    }
    Secrets { master_key }
}
