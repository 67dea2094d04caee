//! Authorisation codes: given after consent, exchanged once for a token.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use db::auth::CodeRow;
use model::{AccountId, ApplicationId, Scopes, oauth::Token};
use time::{Duration, OffsetDateTime};

use super::{
    revoke::tell_token_revoked,
    secret::{self, Shown},
};
use crate::{App, Result};

/// How long a code holds.
const LIFETIME: Duration = Duration::minutes(10);

/// What a member agreed to.
#[derive(Clone, Debug)]
pub struct Consent {
    /// With which app.
    pub application_id: ApplicationId,
    /// Who.
    pub account_id: AccountId,
    /// Where the code is sent; one of the app's own.
    pub redirect_uri: String,
    /// What the app may do.
    pub scopes: Scopes,
    /// base64url(sha256(verifier)) of RFC 7636, if the app sent one.
    pub pkce_challenge: Option<String>,
    /// When the session from which it is given was last proved to be the member's own.
    pub stepped_up_at: Option<OffsetDateTime>,
}

/// A code for the app: ten minutes, once.
pub async fn grant_code(app: &App, consent: Consent) -> Result<Shown> {
    let now = app.clock.now();
    let code = Shown::random();
    // A password alone is no proof for what an app may do in office.
    let has_factor = crate::second_factor::factors(app, consent.account_id)
        .await?
        .any();
    let mut connection = app.db.acquire().await?;
    let new = db::auth::NewCode {
        hash: &code.hash(),
        application_id: consent.application_id,
        account_id: consent.account_id,
        redirect_uri: &consent.redirect_uri,
        scopes: &consent.scopes,
        pkce_challenge: consent.pkce_challenge.as_deref(),
        stepped_up_at: consent.stepped_up_at.filter(|_| has_factor),
        expires_at: now + LIFETIME,
    };
    db::auth::insert_code(&mut connection, &new, now).await?;
    Ok(code)
}

/// What an app offers for a token.
#[derive(Clone, Copy, Debug)]
pub struct Redemption<'a> {
    /// Which app, already proved.
    pub application_id: ApplicationId,
    /// The code.
    pub code: &'a str,
    /// Where it says the code was sent.
    pub redirect_uri: &'a str,
    /// What hashes to the challenge, if there was one.
    pub pkce_verifier: Option<&'a str>,
}

/// Exchanges a code for a token. `None` is OAuth's `invalid_grant`.
///
/// A second use means that somebody else has the code: it revokes what the first use gave
/// (RFC 6749, 4.1.2; S41).
pub async fn redeem_code(app: &App, redemption: Redemption<'_>) -> Result<Option<(Token, Shown)>> {
    let now = app.clock.now();
    let hash = secret::hash(redemption.code);
    let mut tx = app.db.begin().await?;
    let Some(code) = db::auth::lock_code(&mut tx, &hash).await? else {
        return Ok(None);
    };
    if code.application_id != redemption.application_id {
        return Ok(None);
    }
    if code.used_at.is_some() {
        if let Some(given) = code.token_id {
            db::auth::revoke_token_by_id(&mut tx, given, now).await?;
            tx.commit().await?;
            tell_token_revoked(app, given);
        }
        return Ok(None);
    }
    if !is_redeemable(&code, &redemption, now) {
        return Ok(None);
    }
    let token_secret = Shown::random();
    let new = db::auth::NewToken {
        hash: &token_secret.hash(),
        application_id: Some(code.application_id),
        account_id: Some(code.account_id),
        scopes: &code.scopes,
        stepped_up_at: code.stepped_up_at,
    };
    let token = db::auth::insert_token(&mut tx, &new, now).await?;
    db::auth::use_code(&mut tx, &hash, token.id, now).await?;
    tx.commit().await?;
    Ok(Some((token, token_secret)))
}

fn is_redeemable(code: &CodeRow, redemption: &Redemption<'_>, now: OffsetDateTime) -> bool {
    code.expires_at > now
        && code.redirect_uri == redemption.redirect_uri
        && is_verified(code.pkce_challenge.as_deref(), redemption.pkce_verifier)
}

/// RFC 7636, S256 only. A verifier without a challenge is as wrong as none with one.
fn is_verified(challenge: Option<&str>, verifier: Option<&str>) -> bool {
    match (challenge, verifier) {
        (None, None) => true,
        (Some(challenge), Some(verifier)) => {
            let computed = URL_SAFE_NO_PAD.encode(secret::sha256(verifier.as_bytes()));
            verify_slices_are_equal(
                computed.as_bytes(),
                challenge.trim_end_matches('=').as_bytes(),
            )
            .is_ok()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_7636_is_verified() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

        assert!(is_verified(Some(challenge), Some(verifier)));
        assert!(!is_verified(Some(challenge), Some("another")));
        assert!(!is_verified(Some(challenge), None));
        assert!(!is_verified(None, Some(verifier)));
        assert!(is_verified(None, None));
    }
}
