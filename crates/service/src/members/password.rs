//! Passwords: hashed with Argon2id, few at a time, never on an async thread.

use std::sync::{LazyLock, OnceLock};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use model::AccountId;
use tokio::sync::Semaphore;

use crate::{
    App, Error, Result, auth,
    mail::{self, Occasion},
    settings::PasswordCost,
};

/// Each hash takes 19 MiB: so many at a time and no more.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(4));

/// Nothing longer is hashed; a form has refused it before.
const LONGEST: usize = 1024;

/// What members may choose, in characters.
const SHORTEST: usize = 8;
const LONGEST_WISH: usize = 128;

/// Sets a member's password, and ends all sessions and tokens: whoever changes it may do so because
/// somebody else knows the old one (S40).
pub async fn set_password(app: &App, id: AccountId, password: &str) -> Result<()> {
    let hash = hash(app, password.to_owned()).await?;
    let mut tx = app.db.begin().await?;
    if !db::members::set_password(&mut tx, id, &hash).await? {
        return Err(Error::NotFound);
    }
    auth::revoke_everything_in(&mut tx, app, id).await?;
    mail::tell(&mut tx, id, Occasion::PasswordChanged).await?;
    tx.commit().await?;
    auth::tell_revoked(app, id);
    Ok(())
}

/// Whether a password is the known one. Where none is known it is compared all the same, with one that nobody has, so
/// that the time tells nothing.
pub(crate) async fn compare(app: &App, password: &str, known: Option<String>) -> Result<bool> {
    // An empty password never reaches a comparison (S46).
    if password.is_empty() || password.len() > LONGEST {
        return Ok(false);
    }
    let is_known = known.is_some();
    let known = match known {
        Some(known) => known,
        None => nobodys_hash(app).await?,
    };
    Ok(verify(app, password.to_owned(), known).await? && is_known)
}

/// What somebody wishes as a password is long enough and not too long, as at sign-up.
pub(super) fn check_wish(password: &str) -> Result<()> {
    match password.chars().count() {
        0..SHORTEST => Err(Error::invalid(
            "password",
            "ERR_TOO_SHORT",
            "is too short (minimum is 8 characters)",
        )),
        SHORTEST..=LONGEST_WISH => Ok(()),
        _ => Err(Error::invalid(
            "password",
            "ERR_TOO_LONG",
            "is too long (maximum is 128 characters)",
        )),
    }
}

/// Hashes a password, in the PHC format.
pub(super) async fn hash(app: &App, password: String) -> Result<String> {
    if password.is_empty() || password.len() > LONGEST {
        return Err(Error::invalid(
            "password",
            "ERR_INVALID",
            "is empty or too long",
        ));
    }
    let hasher = hasher(app.settings.password_cost);
    let _turn = TURNS.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        hasher
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
    })
    .await
    .map_err(Error::internal)?
    .map_err(|error| Error::internal(anyhow::anyhow!("hashing a password: {error}")))
}

async fn verify(app: &App, password: String, known: String) -> Result<bool> {
    let hasher = hasher(app.settings.password_cost);
    let _turn = TURNS.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        hasher
            .verify_password(password.as_bytes(), known.as_str())
            .is_ok()
    })
    .await
    .map_err(Error::internal)
}

/// A hash that fits nobody, to compare with when there is nobody; as costly as everybody's.
async fn nobodys_hash(app: &App) -> Result<String> {
    static REAL: OnceLock<String> = OnceLock::new();
    static CHEAP: OnceLock<String> = OnceLock::new();
    let kept = match app.settings.password_cost {
        PasswordCost::Real => &REAL,
        PasswordCost::Cheap => &CHEAP,
    };
    if let Some(known) = kept.get() {
        return Ok(known.clone());
    }
    let made = hash(app, auth::Shown::unguessable()).await?;
    Ok(kept.get_or_init(|| made).clone())
}

fn hasher(cost: PasswordCost) -> Argon2<'static> {
    let params = match cost {
        PasswordCost::Real => Params::default(),
        PasswordCost::Cheap => Params::new(Params::MIN_M_COST, 1, 1, None)
            .expect("the smallest parameters are parameters"),
    };
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}
