//! Recovery codes: for whoever has lost the device. Ten, shown once, each good once (S42).

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use model::{AccountId, member::Member};
use sqlx::PgConnection;

use crate::{
    App, Result,
    keys::random_bytes,
    mail::{self, Occasion},
};

/// How many are made at a time.
const CODES: usize = 10;
/// Letters of a code, five bits each: enough that a plain hash keeps them.
const LETTERS: usize = 16;
/// Crockford's base 32: no two letters look alike.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Codes that are shown this once. `Debug` hides them (S43).
#[derive(Clone)]
pub struct RecoveryCodes(Vec<String>);

impl RecoveryCodes {
    fn random() -> Self {
        Self((0..CODES).map(|_| random_code()).collect())
    }

    /// As they are written down: `abcd-efgh-jkmn-pqrs`.
    pub fn reveal(&self) -> &[String] {
        &self.0
    }

    fn hashes(&self) -> Vec<Vec<u8>> {
        self.0.iter().map(|code| hash(code)).collect()
    }
}

impl fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCodes(…)")
    }
}

/// Makes new codes; the old ones are good no more. `NotFound` when there is nothing that they would stand in for.
pub async fn renew_recovery_codes(app: &App, member: &Member) -> Result<RecoveryCodes> {
    let account = member.account.id;
    let codes = RecoveryCodes::random();
    let mut tx = app.db.begin().await?;
    if !super::factors_in(&mut tx, account).await?.any() {
        return Err(crate::Error::NotFound);
    }
    db::second_factor::replace_recovery_codes(&mut tx, account, &codes.hashes()).await?;
    let what = "New recovery codes were made; the old ones are good no more.".to_owned();
    mail::tell(&mut tx, account, Occasion::SecondFactorChanged { what }).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Makes codes with the first thing that they stand in for. `None` when there are some.
pub(super) async fn make_first(
    tx: &mut PgConnection,
    account: AccountId,
) -> Result<Option<RecoveryCodes>> {
    if db::second_factor::count_recovery_codes(tx, account).await? > 0 {
        return Ok(None);
    }
    let codes = RecoveryCodes::random();
    db::second_factor::replace_recovery_codes(tx, account, &codes.hashes()).await?;
    Ok(Some(codes))
}

/// Uses a code up.
pub(super) async fn use_code(app: &App, account: AccountId, typed: &str) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    if !db::second_factor::use_recovery_code(&mut tx, account, &hash(typed)).await? {
        return Ok(false);
    }
    let left = db::second_factor::count_recovery_codes(&mut tx, account).await?;
    let what = format!("A recovery code was used; {left} are left.");
    mail::tell(&mut tx, account, Occasion::SecondFactorChanged { what }).await?;
    tx.commit().await?;
    Ok(true)
}

fn random_code() -> String {
    let bytes = random_bytes::<LETTERS>();
    let letters: Vec<char> = bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

/// However it is typed: without regard to case and hyphens, and with the letters that Crockford takes for digits.
fn hash(code: &str) -> Vec<u8> {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| match letter.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect();
    digest(&SHA256, plain.as_bytes()).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        assert_eq!(hash("ab01-efgh-jkmn-pqrs"), hash("ABOL EFGH JKMN PQRS"));
        assert_ne!(hash("ab01-efgh-jkmn-pqrs"), hash("ab01-efgh-jkmn-pqrt"));
    }

    #[test]
    fn codes_differ_and_are_hidden() {
        let codes = RecoveryCodes::random();

        assert_eq!(codes.reveal().len(), CODES);
        assert!(codes.reveal().iter().all(|code| code.len() == LETTERS + 3));
        assert_ne!(codes.reveal()[0], codes.reveal()[1]);
        assert!(!format!("{codes:?}").contains(&codes.reveal()[0]));
    }
}
