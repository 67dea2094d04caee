//! Authorisation codes (S41).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{ApplicationId, oauth::Token};
use service::{
    App,
    auth::{self, Consent, Redemption, Shown},
};
use testkit::Member;
use time::Duration;

use crate::parallel::at_once;

const REDIRECT: &str = "https://app.example/callback";
const VERIFIER: &str = "a verifier that is long enough to be one, says RFC 7636";

/// A member agreed that an app may read.
fn consented(application: ApplicationId, member: &Member) -> Consent {
    Consent {
        application_id: application,
        account_id: member.id,
        redirect_uri: REDIRECT.into(),
        scopes: "read".parse().unwrap(),
        pkce_challenge: None,
        stepped_up_at: None,
    }
}

fn redemption(application: ApplicationId, code: &Shown) -> Redemption<'_> {
    Redemption {
        application_id: application,
        code: code.reveal(),
        redirect_uri: REDIRECT,
        pkce_verifier: None,
    }
}

async fn redeem(app: &App, redemption: Redemption<'_>) -> Option<(Token, Shown)> {
    auth::redeem_code(app, redemption).await.unwrap()
}

fn challenge(verifier: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, verifier.as_bytes());
    URL_SAFE_NO_PAD.encode(digest)
}

#[tokio::test]
async fn a_code_gives_a_token_for_what_was_agreed() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (tusky, _) = app.application("Tusky").await;
    let code = auth::grant_code(&app, consented(tusky.id, &alice))
        .await
        .unwrap();

    let (_, bearer) = redeem(&app, redemption(tusky.id, &code)).await.unwrap();

    let principal = auth::authenticate(&app, bearer.reveal())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(principal.account_id, Some(alice.id));
    assert_eq!(principal.application_id, Some(tusky.id));
    assert_eq!(principal.scopes.to_string(), "read");
}

#[tokio::test]
async fn a_code_used_twice_revokes_what_it_gave() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (tusky, _) = app.application("Tusky").await;
    let code = auth::grant_code(&app, consented(tusky.id, &alice))
        .await
        .unwrap();
    let (_, bearer) = redeem(&app, redemption(tusky.id, &code)).await.unwrap();
    // Known to the cache.
    assert!(
        auth::authenticate(&app, bearer.reveal())
            .await
            .unwrap()
            .is_some()
    );

    let again = redeem(&app, redemption(tusky.id, &code)).await;

    assert!(again.is_none());
    assert!(
        auth::authenticate(&app, bearer.reveal())
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn a_code_redeemed_many_times_at_once_gives_one_token() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (tusky, _) = app.application("Tusky").await;
    let code = auth::grant_code(&app, consented(tusky.id, &alice))
        .await
        .unwrap();

    let given = at_once(&app, 50, |app, _| {
        let code = code.clone();
        async move { redeem(&app, redemption(tusky.id, &code)).await }
    })
    .await;

    // R20: one got a token, and since the others had the code too, it is worth nothing.
    let given: Vec<_> = given.into_iter().flatten().collect();
    assert_eq!(given.len(), 1);
    assert!(
        auth::authenticate(&app, given[0].1.reveal())
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn a_code_of_another_app_is_refused_and_stays_good_for_its_own() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (tusky, _) = app.application("Tusky").await;
    let (other, _) = app.application("Other").await;
    let code = auth::grant_code(&app, consented(tusky.id, &alice))
        .await
        .unwrap();

    let stolen = redeem(&app, redemption(other.id, &code)).await;

    assert!(stolen.is_none());
    assert!(redeem(&app, redemption(tusky.id, &code)).await.is_some());
}

#[tokio::test]
async fn a_used_code_in_the_hands_of_another_app_revokes_nothing() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (tusky, _) = app.application("Tusky").await;
    let (other, _) = app.application("Other").await;
    let code = auth::grant_code(&app, consented(tusky.id, &alice))
        .await
        .unwrap();
    let (_, bearer) = redeem(&app, redemption(tusky.id, &code)).await.unwrap();

    let stolen = redeem(&app, redemption(other.id, &code)).await;

    assert!(stolen.is_none());
    assert!(
        auth::authenticate(&app, bearer.reveal())
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn a_code_holds_for_ten_minutes() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (tusky, _) = app.application("Tusky").await;
    let early = auth::grant_code(&app, consented(tusky.id, &alice))
        .await
        .unwrap();
    let late = auth::grant_code(&app, consented(tusky.id, &alice))
        .await
        .unwrap();

    app.clock.advance(Duration::minutes(10) - Duration::SECOND);
    let in_time = redeem(&app, redemption(tusky.id, &early)).await;
    app.clock.advance(Duration::SECOND);
    let too_late = redeem(&app, redemption(tusky.id, &late)).await;

    assert!(in_time.is_some());
    assert!(too_late.is_none());
}

#[tokio::test]
async fn a_code_sent_elsewhere_is_refused() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (tusky, _) = app.application("Tusky").await;
    let code = auth::grant_code(&app, consented(tusky.id, &alice))
        .await
        .unwrap();

    for uri in [
        "https://app.example/callback/",
        "https://app.example/callback?x",
        "https://evil.example/",
        "",
    ] {
        let elsewhere = Redemption {
            redirect_uri: uri,
            ..redemption(tusky.id, &code)
        };

        assert!(redeem(&app, elsewhere).await.is_none(), "{uri}");
    }
}

#[tokio::test]
async fn a_challenge_is_met_by_its_own_verifier_only() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (tusky, _) = app.application("Tusky").await;
    let consent = consented(tusky.id, &alice);
    let with_challenge = Consent {
        pkce_challenge: Some(challenge(VERIFIER)),
        ..consent.clone()
    };
    let guarded = auth::grant_code(&app, with_challenge).await.unwrap();
    let unguarded = auth::grant_code(&app, consent).await.unwrap();
    let offered = challenge(VERIFIER);

    for verifier in [None, Some("another"), Some(""), Some(offered.as_str())] {
        let wrong = Redemption {
            pkce_verifier: verifier,
            ..redemption(tusky.id, &guarded)
        };
        assert!(redeem(&app, wrong).await.is_none(), "{verifier:?}");
    }
    let right = Redemption {
        pkce_verifier: Some(VERIFIER),
        ..redemption(tusky.id, &guarded)
    };
    let unasked = Redemption {
        pkce_verifier: Some(VERIFIER),
        ..redemption(tusky.id, &unguarded)
    };

    assert!(redeem(&app, right).await.is_some());
    assert!(redeem(&app, unasked).await.is_none());
}

#[tokio::test]
async fn a_code_is_worthless_once_everything_is_revoked() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (tusky, _) = app.application("Tusky").await;
    let code = auth::grant_code(&app, consented(tusky.id, &alice))
        .await
        .unwrap();

    auth::revoke_everything(&app, alice.id).await.unwrap();

    // S40: what was on its way ends with what had arrived.
    assert!(redeem(&app, redemption(tusky.id, &code)).await.is_none());
}

#[tokio::test]
async fn nobodys_code_gives_nothing() {
    let app = testkit::app().await;
    let (tusky, _) = app.application("Tusky").await;

    let nothing = Redemption {
        application_id: tusky.id,
        code: "guessed",
        redirect_uri: REDIRECT,
        pkce_verifier: None,
    };

    assert!(redeem(&app, nothing).await.is_none());
}
