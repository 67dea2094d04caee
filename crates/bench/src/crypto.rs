//! What a signature costs at least: the limit of everything that is signed or verified.

use std::time::Instant;

use anyhow::{Context as _, Result};
use aws_lc_rs::{
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey},
};
use serde::Serialize;

/// Few at a time, so that some tries are not interrupted.
const ROUNDS: u32 = 4;
/// The best of so many tries counts: whoever else uses the cores only makes it slower.
const TRIES: u32 = 100;

/// Milliseconds for one of each, RSA-2048 with SHA-256.
#[derive(Serialize)]
pub(crate) struct Crypto {
    /// Signing.
    pub(crate) sign_ms: f64,
    /// Verifying.
    pub(crate) verify_ms: f64,
}

/// Measures both.
pub(crate) fn measure() -> Result<Crypto> {
    let key = KeyPair::generate(KeySize::Rsa2048).context("making a key")?;
    let random = SystemRandom::new();
    let mut signature = vec![0; key.public_modulus_len()];
    let message = [7_u8; 300];

    let sign_ms = best(|| {
        key.sign(&RSA_PKCS1_SHA256, &random, &message, &mut signature)
            .context("signing")
    })?;
    let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.public_key().as_ref());
    let verify_ms = best(|| public.verify(&message, &signature).context("verifying"))?;
    Ok(Crypto { sign_ms, verify_ms })
}

/// Milliseconds for one.
fn best(mut once: impl FnMut() -> Result<()>) -> Result<f64> {
    let mut best = f64::INFINITY;
    for _ in 0..TRIES {
        let began = Instant::now();
        for _ in 0..ROUNDS {
            once()?;
        }
        best = best.min(began.elapsed().as_secs_f64() * 1000.0 / f64::from(ROUNDS));
    }
    Ok(best)
}
