use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    rsa,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
        RSA_PSS_SHA256, RsaEncoding,
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::SecretString;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime, macros::datetime};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::{
    keys::Keys,
    token::{Expected, Untrue, check_id, header, verify},
    *,
};

const NOW: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);
const ISSUER: &str = "https://sso.club.example";

pub(super) fn settings() -> Settings {
    Settings {
        display_name: None,
        issuer: ISSUER.into(),
        client_id: "moot".into(),
        client_secret: SecretString::from("secret"),
        client_auth: ClientAuth::Basic,
        discovery: true,
        endpoints: Endpoints::default(),
        redirect_uri: None,
        scopes: vec!["profile".into()],
        repeats_scope: true,
        prompt: None,
        display: None,
        uid_field: "preferred_username".into(),
        logout_redirect_uri: None,
        assume_email_is_verified: false,
        groups_claim: "groups".into(),
        ca_file: None,
    }
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

enum Key {
    Rsa(rsa::KeyPair),
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
}

impl Key {
    fn rsa() -> Self {
        Self::Rsa(rsa::KeyPair::generate(rsa::KeySize::Rsa2048).unwrap())
    }

    fn ec() -> Self {
        Self::Ec(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    fn ed() -> Self {
        Self::Ed(Ed25519KeyPair::generate().unwrap())
    }

    fn public(&self, id: &str) -> Value {
        match self {
            Self::Rsa(key) => {
                let key = key.public_key();
                json!({
                    "kty": "RSA", "kid": id,
                    "n": encoded(key.modulus().big_endian_without_leading_zero()),
                    "e": encoded(key.exponent().big_endian_without_leading_zero()),
                })
            }
            Self::Ec(key) => {
                let (x, y) = key.public_key().as_ref()[1..].split_at(32);
                json!({"kty": "EC", "crv": "P-256", "kid": id, "x": encoded(x), "y": encoded(y)})
            }
            Self::Ed(key) => {
                json!({"kty": "OKP", "crv": "Ed25519", "kid": id, "x": encoded(key.public_key())})
            }
        }
    }

    /// Signs with the algorithm that the header names, or with the kind's own where that makes no sense.
    fn sign(&self, header: &Value, claims: &Value) -> String {
        let message = format!(
            "{}.{}",
            encoded(header.to_string()),
            encoded(claims.to_string())
        );
        let random = SystemRandom::new();
        let signature = match self {
            Self::Rsa(key) => {
                let padding: &dyn RsaEncoding = match header["alg"].as_str() {
                    Some("PS256") => &RSA_PSS_SHA256,
                    _ => &RSA_PKCS1_SHA256,
                };
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(padding, &random, message.as_bytes(), &mut signature)
                    .unwrap();
                signature
            }
            Self::Ec(key) => key
                .sign(&random, message.as_bytes())
                .unwrap()
                .as_ref()
                .to_vec(),
            Self::Ed(key) => key.sign(message.as_bytes()).as_ref().to_vec(),
        };
        format!("{message}.{}", encoded(signature))
    }
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "sub": "24400320", "aud": "moot", "nonce": "n",
        "iat": NOW.unix_timestamp(), "exp": (NOW + Duration::minutes(5)).unix_timestamp(),
    })
}

/// The claims with some others; null takes one away.
fn but(changes: &Value) -> Value {
    let mut claims = claims();
    let all = claims.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            all.remove(name);
        } else {
            all.insert(name.clone(), value.clone());
        }
    }
    claims
}

fn judge(token: &str, keys: &Keys) -> Result<(), Untrue> {
    let verified = verify(token, &header(token)?, keys)?;
    let expected = Expected {
        issuer: ISSUER,
        client_id: "moot",
        now: NOW,
    };
    check_id(&verified, &expected, "n")
}

fn published(keys: &[Value]) -> Keys {
    Keys::of(&json!({ "keys": keys }))
}

#[test]
fn tokens_are_believed_in_each_of_the_four_algorithms() {
    let (rsa, ec, ed) = (Key::rsa(), Key::ec(), Key::ed());
    let keys = published(&[
        json!({"kty": "lattice", "kid": "of the future"}),
        rsa.public("r"),
        ec.public("c"),
        ed.public("d"),
    ]);

    for (key, algorithm, id) in [
        (&rsa, "RS256", "r"),
        (&rsa, "PS256", "r"),
        (&ec, "ES256", "c"),
        (&ed, "EdDSA", "d"),
    ] {
        let token = key.sign(&json!({"alg": algorithm, "kid": id}), &claims());

        assert_eq!(judge(&token, &keys), Ok(()), "{algorithm}");
    }
}

#[test]
fn a_token_cannot_choose_how_it_is_checked() {
    let key = Key::rsa();
    let public = key.public("r");
    let keys = published(&[
        public.clone(),
        json!({"kty": "oct", "kid": "shared", "k": encoded("secret")}),
    ]);
    let unsigned = |header: Value| {
        format!(
            "{}.{}.",
            encoded(header.to_string()),
            encoded(claims().to_string())
        )
    };
    let by_secret = |id: &str, secret: &[u8]| {
        let message = unsigned(json!({"alg": "HS256", "kid": id}));
        let message = message.trim_end_matches('.');
        let tag = hmac::sign(
            &hmac::Key::new(hmac::HMAC_SHA256, secret),
            message.as_bytes(),
        );
        format!("{message}.{}", encoded(tag))
    };
    let embedded = Key::rsa();
    let other = Key::rsa();

    for (token, expected) in [
        (unsigned(json!({"alg": "none"})), Untrue::Algorithm),
        (
            unsigned(json!({"alg": "None", "kid": "r"})),
            Untrue::Algorithm,
        ),
        (
            unsigned(json!({"alg": "RS256", "kid": "r"})),
            Untrue::Signature,
        ),
        // The public key, which everybody knows, as a shared secret.
        (
            by_secret("r", public["n"].as_str().unwrap().as_bytes()),
            Untrue::Algorithm,
        ),
        (by_secret("shared", b"secret"), Untrue::Algorithm),
        (
            embedded.sign(
                &json!({"alg": "RS256", "kid": "r", "jwk": embedded.public("r")}),
                &claims(),
            ),
            Untrue::Signature,
        ),
        (
            other.sign(&json!({"alg": "RS256", "kid": "r"}), &claims()),
            Untrue::Signature,
        ),
        (
            key.sign(&json!({"alg": "RS256", "kid": "s"}), &claims()),
            Untrue::UnknownKey,
        ),
        (
            key.sign(&json!({"alg": "ES256", "kid": "r"}), &claims()),
            Untrue::UnknownKey,
        ),
        (
            key.sign(
                &json!({"alg": "RS256", "kid": "r", "crit": ["b64"]}),
                &claims(),
            ),
            Untrue::Algorithm,
        ),
        (
            format!("{}.x", key.sign(&json!({"alg": "RS256"}), &claims())),
            Untrue::Malformed,
        ),
        ("a.b".to_owned(), Untrue::Malformed),
        ("..".to_owned(), Untrue::Algorithm),
    ] {
        assert_eq!(judge(&token, &keys), Err(expected), "{token}");
    }
}

#[test]
fn a_changed_token_is_not_believed() {
    let key = Key::ec();
    let keys = published(&[key.public("c")]);
    let token = key.sign(&json!({"alg": "ES256"}), &claims());
    let parts: Vec<&str> = token.split('.').collect();
    let changed = encoded(but(&json!({"sub": "1"})).to_string());

    let forged = format!("{}.{changed}.{}", parts[0], parts[2]);

    assert_eq!(judge(&token, &keys), Ok(()));
    assert_eq!(judge(&forged, &keys), Err(Untrue::Signature));
}

#[test]
fn a_key_made_for_something_else_checks_nothing() {
    let key = Key::rsa();
    let token = key.sign(&json!({"alg": "RS256"}), &claims());
    let with = |name: &str, value: &str| {
        let mut public = key.public("r");
        public[name] = value.into();
        judge(&token, &published(&[public]))
    };

    assert_eq!(with("use", "sig"), Ok(()));
    assert_eq!(with("use", "enc"), Err(Untrue::UnknownKey));
    assert_eq!(with("alg", "RS256"), Ok(()));
    assert_eq!(with("alg", "PS256"), Err(Untrue::UnknownKey));
}

#[test]
fn a_token_without_a_key_id_needs_one_key_that_fits() {
    let (one, other) = (Key::ed(), Key::ed());
    let token = one.sign(&json!({"alg": "EdDSA"}), &claims());

    assert_eq!(judge(&token, &published(&[one.public("1")])), Ok(()));
    assert_eq!(
        judge(&token, &published(&[one.public("1"), other.public("2")])),
        Err(Untrue::UnknownKey)
    );
}

/// S44: what a token says must answer what this browser asked, here and now.
#[test]
fn a_token_for_another_place_time_or_question_is_not_believed() {
    let key = Key::ed();
    let keys = published(&[key.public("d")]);
    let at = |offset: i64| (NOW + Duration::seconds(offset)).unix_timestamp();

    for (changes, expected) in [
        (json!({}), Ok(())),
        (
            json!({"iss": "https://sso.club.example/"}),
            Err(Untrue::Issuer),
        ),
        (json!({"iss": null}), Err(Untrue::Issuer)),
        (json!({"aud": "other"}), Err(Untrue::Audience)),
        (json!({"aud": null}), Err(Untrue::Audience)),
        (json!({"aud": ["moot"]}), Ok(())),
        (
            json!({"aud": ["moot", "other"]}),
            Err(Untrue::AuthorizedParty),
        ),
        (json!({"aud": ["moot", "other"], "azp": "moot"}), Ok(())),
        (json!({"azp": "other"}), Err(Untrue::AuthorizedParty)),
        (json!({"exp": at(-59)}), Ok(())),
        (json!({"exp": at(-60)}), Err(Untrue::Expired)),
        (json!({"exp": null}), Err(Untrue::Expired)),
        (json!({"iat": at(60)}), Ok(())),
        (json!({"iat": at(61)}), Err(Untrue::Early)),
        (json!({"iat": null}), Err(Untrue::Early)),
        (json!({"nbf": at(61)}), Err(Untrue::Early)),
        (json!({"nonce": "m"}), Err(Untrue::Nonce)),
        (json!({"nonce": null}), Err(Untrue::Nonce)),
        (json!({"sub": ""}), Err(Untrue::Subject)),
        (json!({"sub": null}), Err(Untrue::Subject)),
    ] {
        let token = key.sign(&json!({"alg": "EdDSA"}), &but(&changes));

        assert_eq!(judge(&token, &keys), expected, "{changes}");
    }
}

fn logout_claims() -> Value {
    but(&json!({
        "nonce": null, "jti": "j", "sid": "s",
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    }))
}

#[test]
fn a_logout_token_and_an_id_token_never_pass_for_each_other() {
    let key = Key::ed();
    let keys = published(&[key.public("d")]);
    let judged = |typ: &str, claims: &Value| {
        let token = key.sign(&json!({"alg": "EdDSA", "typ": typ}), claims);
        verify(&token, &header(&token).unwrap(), &keys).unwrap()
    };
    let expected = Expected {
        issuer: ISSUER,
        client_id: "moot",
        now: NOW,
    };
    let logout = |changes: &Value| {
        let mut claims = logout_claims();
        let all = claims.as_object_mut().unwrap();
        for (name, value) in changes.as_object().unwrap() {
            all.insert(name.clone(), value.clone());
        }
        logout::check(&judged("logout+jwt", &claims), &expected)
    };

    let taken = logout(&json!({})).unwrap();
    assert_eq!(taken.subject.as_deref(), Some("24400320"));
    assert_eq!(taken.session.as_deref(), Some("s"));
    assert_eq!(logout(&json!({"nonce": "n"})), Err(Untrue::Kind));
    assert_eq!(logout(&json!({"events": {}})), Err(Untrue::Kind));
    assert_eq!(logout(&json!({"jti": null})), Err(Untrue::Id));
    assert_eq!(logout(&json!({"aud": "other"})), Err(Untrue::Audience));
    assert_eq!(
        logout(&json!({"sub": null, "sid": null})),
        Err(Untrue::Subject)
    );
    let old = (NOW - Duration::minutes(12)).unix_timestamp();
    assert_eq!(logout(&json!({"iat": old})), Err(Untrue::Expired));
    assert_eq!(
        logout::check(&judged("JWT", &claims()), &expected),
        Err(Untrue::Kind)
    );
    assert_eq!(
        check_id(&judged("logout+jwt", &claims()), &expected, "n"),
        Err(Untrue::Kind)
    );
}

/// A provider on loopback that answers each path with what it was told to, and counts.
#[derive(Clone)]
struct Fake {
    base: String,
    pages: Arc<Mutex<BTreeMap<String, Value>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let fake = Self {
            base: base.clone(),
            pages: Arc::default(),
            asked: Arc::default(),
        };
        fake.answer(
            "/.well-known/openid-configuration",
            json!({
                "issuer": base, "authorization_endpoint": format!("{base}/authorize?tenant=1"),
                "token_endpoint": format!("{base}/token"), "jwks_uri": format!("{base}/keys"),
            }),
        );
        let serving = fake.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = vec![0; 16 * 1024];
                let length = stream.read(&mut request).await.unwrap_or_default();
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                let body = serving.pages.lock().unwrap().get(&path).cloned();
                serving.asked.lock().unwrap().push(path);
                let status = if body.is_some() {
                    "200 OK"
                } else {
                    "404 Not Found"
                };
                let body = body.unwrap_or_default().to_string();
                let answer = format!(
                    "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        fake
    }

    fn answer(&self, path: &str, with: Value) {
        self.pages.lock().unwrap().insert(path.to_owned(), with);
    }

    fn times_asked(&self, path: &str) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|asked| *asked == path).count()
    }

    fn oidc(&self) -> Oidc {
        let settings = Settings {
            issuer: self.base.clone(),
            ..settings()
        };
        Oidc::new(
            settings,
            &Url::parse("https://social.club.example").unwrap(),
        )
        .unwrap()
    }

    /// What the token endpoint gives next.
    fn gives(&self, key: &Key, id: &str, nonce: &str) {
        let claims = but(&json!({"iss": self.base, "nonce": nonce}));
        let token = key.sign(&json!({"alg": "ES256", "kid": id}), &claims);
        self.answer("/token", json!({"id_token": token, "access_token": "a"}));
    }
}

fn answer(pending: &Pending) -> Answer<'_> {
    Answer {
        code: Some("code"),
        state: Some(pending.state()),
        ..Answer::default()
    }
}

#[tokio::test]
async fn the_question_carries_a_challenge_a_state_and_a_nonce_and_keeps_what_the_address_had() {
    let fake = Fake::start().await;

    let start = fake.oidc().start(NOW).await.unwrap();

    let pairs: BTreeMap<_, _> = start.address.query_pairs().into_owned().collect();
    assert_eq!(pairs["tenant"], "1");
    assert_eq!(pairs["scope"], "openid profile");
    assert_eq!(pairs["code_challenge_method"], "S256");
    assert_eq!(pairs["state"], start.pending.state());
    assert_eq!(pairs["nonce"], start.pending.nonce());
    assert_eq!(
        pairs["redirect_uri"],
        "https://social.club.example/auth/auth/openid_connect/callback"
    );
}

#[tokio::test]
async fn a_new_key_is_looked_for_once_and_the_addresses_are_asked_for_once() {
    let fake = Fake::start().await;
    let oidc = fake.oidc();
    let (old, new) = (Key::ec(), Key::ec());
    fake.answer("/keys", json!({"keys": [old.public("old")]}));

    let start = oidc.start(NOW).await.unwrap();
    fake.gives(&old, "old", start.pending.nonce());
    oidc.finish(&start.pending, &answer(&start.pending), NOW)
        .await
        .unwrap();

    let later = NOW + Duration::minutes(1);
    fake.answer("/keys", json!({"keys": [new.public("new")]}));
    let start = oidc.start(later).await.unwrap();
    fake.gives(&new, "new", start.pending.nonce());
    oidc.finish(&start.pending, &answer(&start.pending), later)
        .await
        .unwrap();

    let start = oidc.start(later).await.unwrap();
    fake.gives(&old, "unknown", start.pending.nonce());
    let refused = oidc
        .finish(&start.pending, &answer(&start.pending), later)
        .await;

    assert!(
        matches!(refused, Err(Unrecognised::Untrue(_))),
        "{refused:?}"
    );
    assert_eq!(fake.times_asked("/keys"), 2);
    assert_eq!(fake.times_asked("/.well-known/openid-configuration"), 1);
}

/// S44
#[tokio::test]
async fn an_answer_is_good_once_and_for_the_browser_that_began() {
    let fake = Fake::start().await;
    let oidc = fake.oidc();
    let key = Key::ec();
    fake.answer("/keys", json!({"keys": [key.public("k")]}));
    let start = oidc.start(NOW).await.unwrap();
    let other = oidc.start(NOW).await.unwrap();
    fake.gives(&key, "k", start.pending.nonce());

    let foreign = oidc
        .finish(&other.pending, &answer(&start.pending), NOW)
        .await;
    let ours = oidc
        .finish(&start.pending, &answer(&start.pending), NOW)
        .await;
    let again = oidc
        .finish(&start.pending, &answer(&start.pending), NOW)
        .await;
    let wrong_nonce = oidc
        .finish(&other.pending, &answer(&other.pending), NOW)
        .await;

    assert_eq!(foreign, Err(Unrecognised::Foreign));
    assert_eq!(ours.unwrap().identity.subject, "24400320");
    assert_eq!(again, Err(Unrecognised::Spent));
    assert!(matches!(wrong_nonce, Err(Unrecognised::Untrue(_))));
    assert_eq!(fake.times_asked("/token"), 2);
}

#[tokio::test]
async fn an_answer_that_says_no_or_is_another_providers_is_told_apart() {
    let fake = Fake::start().await;
    let oidc = fake.oidc();
    let finish = async |told: fn(&mut Answer<'_>)| {
        let start = oidc.start(NOW).await.unwrap();
        let mut answer = answer(&start.pending);
        told(&mut answer);
        oidc.finish(&start.pending, &answer, NOW).await.unwrap_err()
    };

    let denied = finish(|answer| answer.error = Some("access_denied")).await;
    let busy = finish(|answer| answer.error = Some("temporarily_unavailable")).await;
    let mixed_up = finish(|answer| answer.iss = Some("https://evil.example")).await;
    let stateless = finish(|answer| answer.state = None).await;

    assert!(matches!(denied, Unrecognised::Denied(_)));
    assert!(matches!(busy, Unrecognised::Unavailable(_)));
    assert!(matches!(mixed_up, Unrecognised::Untrue(_)));
    assert_eq!(stateless, Unrecognised::Foreign);
    assert_eq!(fake.times_asked("/token"), 0);
}

#[tokio::test]
async fn a_provider_that_is_away_or_calls_itself_something_else_is_told() {
    let fake = Fake::start().await;
    fake.answer(
        "/.well-known/openid-configuration",
        json!({"issuer": "https://evil.example"}),
    );
    let away = {
        let settings = Settings {
            issuer: "http://127.0.0.1:1".into(),
            ..settings()
        };
        Oidc::new(
            settings,
            &Url::parse("https://social.club.example").unwrap(),
        )
        .unwrap()
    };

    let other = fake.oidc().start(NOW).await.unwrap_err();
    fake.answer(
        "/.well-known/openid-configuration",
        json!({
            "issuer": fake.base, "authorization_endpoint": "http://sso.club.example/authorize",
            "token_endpoint": format!("{}/token", fake.base), "jwks_uri": format!("{}/keys", fake.base),
        }),
    );
    let plain = fake.oidc().start(NOW).await.unwrap_err();
    let nobody = away.start(NOW).await.unwrap_err();

    assert!(other.to_string().contains("OIDC_ISSUER says"), "{other}");
    assert!(plain.to_string().contains("is not https"), "{plain}");
    assert!(matches!(nobody, Unrecognised::Unavailable(_)), "{nobody}");
}

#[tokio::test]
async fn a_logout_token_is_taken_once() {
    let fake = Fake::start().await;
    let oidc = fake.oidc();
    let key = Key::ec();
    fake.answer("/keys", json!({"keys": [key.public("k")]}));
    let mut claims = logout_claims();
    claims["iss"] = fake.base.as_str().into();
    let token = key.sign(&json!({"alg": "ES256", "kid": "k"}), &claims);

    let first = oidc.logged_out(&token, NOW).await;
    let second = oidc.logged_out(&token, NOW).await;

    assert_eq!(first.unwrap().session.as_deref(), Some("s"));
    assert_eq!(second, Err(Unrecognised::Spent));
}

#[test]
fn people_come_back_to_our_own_callback_only() {
    let web = Url::parse("https://social.club.example").unwrap();
    let with = |uri: &str| {
        let settings = Settings {
            redirect_uri: Some(Url::parse(uri).unwrap()),
            ..settings()
        };
        Oidc::new(settings, &web).is_ok()
    };

    assert!(with(
        "https://social.club.example/auth/auth/openid_connect/callback"
    ));
    assert!(!with(
        "https://evil.example/auth/auth/openid_connect/callback"
    ));
    assert!(!with("https://social.club.example/elsewhere"));
}

/// S43
#[test]
fn what_ties_an_answer_to_a_browser_is_not_printed() {
    let pending: Pending =
        serde_json::from_value(json!({"state": "s3", "nonce": "n3", "verifier": "v3"})).unwrap();

    assert_eq!(format!("{pending:?}"), "Pending(…)");
    assert!(!format!("{:?}", settings()).contains("secret\""));
}
