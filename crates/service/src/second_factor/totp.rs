//! Codes of an authenticator app (RFC 6238): six digits, thirty seconds, SHA-1, which is what all apps understand.

use std::fmt;

use anyhow::anyhow;
use model::{AccountId, member::Member};
use time::{Duration, OffsetDateTime};
use totp_rs::{Algorithm, Builder, Totp};

use super::recovery::{self, RecoveryCodes};
use crate::{
    App, Error, Result,
    keys::{Purpose, random_bytes},
    mail::{self, Occasion},
    moderation::board::directory,
};

/// Seconds for which an app shows a code.
const STEP: u64 = 30;
/// So many steps may the clocks of app and server be apart.
const SKEW: u16 = 1;
/// For so long a secret that was shown can be confirmed.
const SETUP: Duration = Duration::hours(1);

/// What an app has to be told. `Debug` hides it (S43).
pub struct TotpSetup {
    /// The secret in base 32, to type.
    pub secret: String,
    /// The same with all around it (`otpauth:`), to scan.
    pub url: String,
}

impl fmt::Debug for TotpSetup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSetup(…)")
    }
}

/// What became of a first code.
#[derive(Debug)]
pub enum Confirmed {
    /// The app is set up; here are recovery codes, if the member had none.
    Yes(Option<RecoveryCodes>),
    /// The code is not what the app would show now.
    WrongCode,
    /// The secret was shown too long ago, or nothing was begun.
    TooLate,
}

/// Makes a secret for an app, or shows again the one that is being set up. It counts from its first code on.
pub async fn begin_totp(app: &App, member: &Member) -> Result<TotpSetup> {
    let account = member.account.id;
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    let begun = db::second_factor::find_totp_setup(&mut connection, account, now - SETUP).await?;
    let secret = if let Some(sealed) = begun {
        open(app, account, &sealed)?
    } else {
        let secret = random_bytes::<20>().to_vec();
        let sealed = app.keys.seal(Purpose::Totp, &context(account), &secret);
        db::second_factor::insert_totp_setup(&mut connection, account, &sealed, now).await?;
        secret
    };
    let host = host(app);
    let name = format!("{}@{host}", member.account.username);
    let totp = totp(secret, &name, Some(host))?;
    Ok(TotpSetup {
        secret: totp.secret().to_base32(),
        url: totp.to_url().map_err(Error::internal)?,
    })
}

/// Takes the first code of an app, and from now on asks for its codes.
pub async fn confirm_totp(app: &App, member: &Member, typed: &str) -> Result<Confirmed> {
    let account = member.account.id;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(sealed) = db::second_factor::find_totp_setup(&mut tx, account, now - SETUP).await?
    else {
        return Ok(Confirmed::TooLate);
    };
    let secret = open(app, account, &sealed)?;
    let Some(last_step) = step_of(secret, typed, now)? else {
        return Ok(Confirmed::WrongCode);
    };
    let row = db::second_factor::TotpRow { sealed, last_step };
    db::second_factor::set_totp(&mut tx, account, &row, now).await?;
    let codes = recovery::make_first(&mut tx, account).await?;
    let what = "An authenticator app was set up.".to_owned();
    mail::tell(&mut tx, account, Occasion::SecondFactorChanged { what }).await?;
    tx.commit().await?;
    directory::follow_account(app, account).await;
    Ok(Confirmed::Yes(codes))
}

/// Asks for codes no longer. `Conflict` when an office of the member demands a second factor and this is the last.
pub async fn remove_totp(app: &App, member: &Member) -> Result<()> {
    let account = member.account.id;
    let mut tx = app.db.begin().await?;
    if !db::second_factor::remove_totp(&mut tx, account).await? {
        return Err(Error::NotFound);
    }
    super::after_removal(&mut tx, app, member).await?;
    let what = "The authenticator app was removed.".to_owned();
    mail::tell(&mut tx, account, Occasion::SecondFactorChanged { what }).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a code, once. False when there is no app, the code is wrong, or one of its step was taken before (S42).
pub(super) async fn use_code(app: &App, account: AccountId, typed: &str) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    let Some(row) = db::second_factor::find_totp(&mut connection, account).await? else {
        return Ok(false);
    };
    let secret = open(app, account, &row.sealed)?;
    match step_of(secret, typed, app.clock.now())? {
        Some(step) => Ok(db::second_factor::use_totp_step(&mut connection, account, step).await?),
        None => Ok(false),
    }
}

/// The step whose code this is, if it is one of now.
fn step_of(secret: Vec<u8>, typed: &str, now: OffsetDateTime) -> Result<Option<i64>> {
    let typed: String = typed.split_whitespace().collect();
    let seconds = u64::try_from(now.unix_timestamp()).unwrap_or(0);
    let step = totp(secret, "", None)?.check(&typed, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

fn totp(secret: Vec<u8>, name: &str, issuer: Option<&str>) -> Result<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_step_duration(STEP)
        .with_skew(SKEW)
        .with_secret(secret)
        .with_account_name(name)
        .with_issuer(issuer)
        .build()
        .map_err(Error::internal)
}

/// R17: with another master key than the one it was sealed with, a secret is not lost but cannot be used.
fn open(app: &App, account: AccountId, sealed: &[u8]) -> Result<Vec<u8>> {
    app.keys
        .open(Purpose::Totp, &context(account), sealed)
        .map_err(|cause| {
            Error::Internal(anyhow!(cause).context(format!(
                "the secret of the authenticator app of account {account} was sealed with another MOOT_MASTER_KEY: \
                 give the server its old key back, or run `moot accounts second-factor reset NAME`"
            )))
        })
}

fn context(account: AccountId) -> [u8; 8] {
    account.get().to_be_bytes()
}

/// The domain of handles without a port, since a colon has another meaning in an `otpauth:` address.
fn host(app: &App) -> &str {
    let domain = app.settings.local_domain.as_str();
    domain.split(':').next().unwrap_or(domain)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    // RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890".to_vec();
        let at = datetime!(2005-03-18 01:58:29 UTC);

        let of = |typed: &str, at| step_of(secret.clone(), typed, at).unwrap();

        assert_eq!(of("081804", at), Some(37_037_036));
        assert_eq!(of("081 804", at + Duration::seconds(30)), Some(37_037_036));
        assert_eq!(of("081804", at - Duration::seconds(30)), Some(37_037_036));
        assert_eq!(of("081804", at + Duration::seconds(61)), None);
        assert_eq!(of("81804", at), None);
        assert_eq!(of("", at), None);
    }
}
