//! Names that accounts have in the public log: always the same, and not to be found by trying all accounts.

use aws_lc_rs::hmac;
use model::AccountId;
use sqlx::PgConnection;

use crate::{
    App, Error, Result,
    keys::{Purpose, random_bytes},
};

/// What the key is sealed for.
const CONTEXT: &[u8] = b"log pseudonyms";
/// Characters of a name: 40 bits. More when two names would be alike.
const LENGTH: usize = 8;
/// RFC 4648, in small letters.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Eight letters and digits for an account: HMAC-SHA-256 of its id under a key that is made at first use, sealed with the
/// master key and never rotated. Names that were given are kept, so that no two accounts share one.
pub(super) async fn pseudonym(
    connection: &mut PgConnection,
    app: &App,
    account: AccountId,
) -> Result<String> {
    if let Some(known) = db::moderation::log::pseudonym_of(connection, account).await? {
        return Ok(known);
    }
    let spelt = spell(&key(connection, app).await?, account);
    for length in LENGTH..=spelt.len() {
        let name = &spelt[..length];
        if db::moderation::log::keep_pseudonym(connection, account, name).await? {
            return Ok(name.to_owned());
        }
    }
    Err(Error::internal(anyhow::anyhow!(
        "every name for account {account} in the log is another's"
    )))
}

async fn key(connection: &mut PgConnection, app: &App) -> Result<Vec<u8>> {
    if let Some(sealed) = db::moderation::log::pseudonym_key(connection).await? {
        return app
            .keys
            .open(Purpose::Pseudonyms, CONTEXT, &sealed)
            .map_err(Error::internal);
    }
    let key = random_bytes::<32>();
    let sealed = app.keys.seal(Purpose::Pseudonyms, CONTEXT, &key);
    db::moderation::log::insert_pseudonym_key(connection, &sealed, app.clock.now()).await?;
    Ok(key.to_vec())
}

/// The whole HMAC in base32, of which a name is the beginning.
fn spell(key: &[u8], account: AccountId) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let tag = hmac::sign(&key, account.to_string().as_bytes());
    let bits = tag
        .as_ref()
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    let mut spelt = String::new();
    let mut five = 0_usize;
    for (place, bit) in bits.enumerate() {
        five = five << 1 | usize::from(bit);
        if place % 5 == 4 {
            spelt.push(char::from(ALPHABET[five & 31]));
            five = 0;
        }
    }
    spelt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_depends_on_account_and_key_alone() {
        let name = spell(&[1; 32], AccountId::new(7));

        assert_eq!(name, spell(&[1; 32], AccountId::new(7)));
        assert_ne!(name[..LENGTH], spell(&[1; 32], AccountId::new(8))[..LENGTH]);
        assert_ne!(name[..LENGTH], spell(&[2; 32], AccountId::new(7))[..LENGTH]);
        assert_eq!(name.len(), 51);
    }
}
