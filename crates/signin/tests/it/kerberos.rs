//! Kerberos with a realm of its own: a real KDC, a false one, none, and one that says nothing.

pub(crate) mod realm;

use std::time::{Duration, Instant};

use secrecy::SecretString;
use signin::{
    Identity, Refusal, Steps,
    kerberos::{Kerberos, Settings, Unusable},
};

use realm::{PASSWORD, Realm, Relay, Silence};

async fn check(
    kerberos: &Kerberos,
    name: &str,
    password: &str,
) -> (Result<Identity, Refusal>, String) {
    let mut steps = Steps::default();
    let password = SecretString::from(password);
    let result = kerberos.check(name, &password, &mut steps).await;
    (result, format!("{steps:?}"))
}

fn reason(refusal: Result<Identity, Refusal>) -> String {
    match refusal {
        Err(Refusal::Unavailable { reason, .. }) => reason,
        other => panic!("nobody could be asked, and yet: {other:?}"),
    }
}

#[tokio::test]
async fn who_has_the_password_is_recognised_by_principal() {
    let realm = Realm::start("recognised");
    let kerberos = realm.open();

    for typed in ["alice", "ALICE", "alice@CLUB.EXAMPLE", "alice@club.example"] {
        let (identity, steps) = check(&kerberos, typed, PASSWORD).await;

        let identity = identity.unwrap();
        assert_eq!(identity.source, "kerberos");
        assert_eq!(identity.subject, "alice@CLUB.EXAMPLE");
        assert_eq!(identity.username, "alice");
        assert_eq!(identity.email.as_deref(), Some("alice@club.example"));
        assert!(!steps.contains(PASSWORD), "{steps}");
    }
    assert_eq!(kerberos.examine(&mut Steps::default()).await, Ok(()));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_the_same() {
    let realm = Realm::start("wrong");
    let kerberos = realm.open();

    for (name, password) in [
        ("alice", "wrong"),
        ("nobody", PASSWORD),
        ("expired", PASSWORD),
        ("expired", "wrong"),
        ("locked", PASSWORD),
    ] {
        let (refusal, steps) = check(&kerberos, name, password).await;

        assert_eq!(refusal, Err(Refusal::Wrong), "{name} {steps}");
    }
}

#[tokio::test]
async fn an_expired_password_is_told_to_who_knows_it() {
    let realm = Realm::start("stale");
    let kerberos = realm.open();

    let (right, _) = check(&kerberos, "stale", PASSWORD).await;
    let (wrong, _) = check(&kerberos, "stale", "wrong").await;

    assert!(matches!(right, Err(Refusal::NotEntitled(_))), "{right:?}");
    assert_eq!(wrong, Err(Refusal::Wrong));
}

/// S45: a name is one argument of a child, and a password one line.
#[tokio::test]
async fn what_is_no_name_or_password_reaches_no_child() {
    let realm = Realm::start("names");
    let kerberos = realm.open();
    let long = format!("{PASSWORD}{}", "x".repeat(2000));
    let two_lines = format!("{PASSWORD}\nmore");

    for (name, password) in [
        ("alice@EVIL.EXAMPLE", PASSWORD),
        ("-k", PASSWORD),
        ("host/moot.club.example", PASSWORD),
        ("alice/admin", PASSWORD),
        ("a\\@b", PASSWORD),
        ("alice", &*two_lines),
        ("alice", &*long),
    ] {
        let (refusal, steps) = check(&kerberos, name, password).await;

        assert_eq!(refusal, Err(Refusal::Wrong), "{name}");
        assert!(steps.contains("not asked"), "{steps}");
    }
}

/// S51: a KDC with a database of its own says yes to any password.
#[tokio::test]
async fn a_false_kdc_is_not_believed() {
    let real = Realm::start("real");
    let other = Realm::start("false");
    other.admin("change_password -pw evil alice");
    let kerberos = real.open_with(|settings| settings.config = Some(other.config()));

    let (refusal, _) = check(&kerberos, "alice", "evil").await;

    let reason = reason(refusal);
    assert!(reason.contains("not the organisation's KDC"), "{reason}");
}

/// S51: nor one that lets the keytab's exchange through to the real KDC and answers for the member itself.
#[tokio::test]
async fn a_false_kdc_in_between_is_not_believed() {
    let real = Realm::start("behind");
    let other = Realm::start("between");
    other.admin("change_password -pw evil alice");
    let relay = Relay::between(real.port, other.port, b"alice").await;
    let config = real.config_for(relay.port);
    let kerberos = real.open_with(|settings| settings.config = Some(config));

    let (mallory, steps) = check(&kerberos, "alice", "evil").await;
    let (bob, _) = check(&kerberos, "bob", PASSWORD).await;

    assert!(mallory.is_err(), "{mallory:?} {steps}");
    assert!(bob.is_ok(), "the real one is reached: {bob:?}");
}

#[tokio::test]
async fn a_keytab_that_is_out_of_date_or_holds_another_key_is_told_to_the_administrator() {
    let realm = Realm::start("keys");
    let other = realm.open_with(|settings| settings.service = "host/other.club.example".to_owned());
    let (refusal, _) = check(&other, "alice", PASSWORD).await;
    let text = reason(refusal);
    assert!(text.contains("MOOT_KERBEROS_SERVICE"), "{text}");

    let kerberos = realm.open();
    realm.admin("change_password -randkey host/moot.club.example");
    let (refusal, _) = check(&kerberos, "alice", PASSWORD).await;
    let text = reason(refusal);
    assert!(text.contains("keytab is older"), "{text}");
}

#[test]
fn without_a_keytab_nothing_starts() {
    let settings = Settings {
        realm: "CLUB.EXAMPLE".to_owned(),
        keytab: "/nowhere/moot.keytab".into(),
        service: "host/moot.club.example".to_owned(),
        email_domain: None,
        config: None,
    };

    assert!(matches!(
        Kerberos::open(settings),
        Err(Unusable::Keytab { .. })
    ));
}

#[tokio::test]
async fn a_kdc_that_is_down_is_nobodys_wrong_password() {
    let mut realm = Realm::start("down");
    let kerberos = realm.open();
    realm.stop();

    let (refusal, _) = check(&kerberos, "alice", PASSWORD).await;

    let reason = reason(refusal);
    assert!(reason.contains("no KDC can be reached"), "{reason}");
}

/// The deadline of all ways is five seconds; `kinit` would go on for half a minute.
#[tokio::test]
async fn a_kdc_that_says_nothing_is_not_waited_for_and_no_child_is_left() {
    let realm = Realm::start("silent");
    let silence = Silence::begin();
    let config = realm.config_for(silence.port);
    let kerberos = realm.open_with(|settings| settings.config = Some(config.clone()));
    let began = Instant::now();

    let (refusal, _) = check(&kerberos, "alice", PASSWORD).await;

    assert!(reason(refusal).contains("did not answer"));
    assert!(began.elapsed() < signin::DEADLINE);
    while realm::somebody_reads(&config) {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "kinit still runs"
        );
        tokio::task::yield_now().await;
    }
}
