//! Going there and coming back, with a provider on loopback that says what it is told to.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::*;

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

/// Its system accepts connections for it, and nobody answers them. The clock goes on by itself when all wait.
#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_is_told_within_the_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let settings = Settings {
        issuer,
        ..settings()
    };
    let web = Url::parse("https://social.club.example").unwrap();
    let oidc = Oidc::new(settings, &web).unwrap();
    let begun = tokio::time::Instant::now();

    let answer = oidc.start(NOW).await;

    assert!(matches!(answer, Err(Unrecognised::Unavailable(_))));
    assert!(begun.elapsed() <= DEADLINE + std::time::Duration::from_millis(10));
}
