//! All ways together, as the sign-in page asks them.

use std::time::{Duration, Instant};

use secrecy::SecretString;
use signin::{PasswordWay, Refusal, Steps, Ways, ldap::Ldap};

use crate::{
    kerberos::realm::{PASSWORD, Realm},
    pam::services::Services,
    slapd::Slapd,
};

/// S49: each way is quicker with a name that nobody has than with another (`kinit` needs 9 ms in place of 22), so no
/// is said at one time by all of them.
#[tokio::test]
async fn a_no_comes_at_its_time_whoever_is_meant_and_whichever_way_says_it() {
    let (slapd, services, realm) = (
        Slapd::start(),
        Services::write("noes"),
        Realm::start("noes"),
    );
    for way in [
        PasswordWay::Ldap(Ldap::new(slapd.settings())),
        PasswordWay::Pam(services.open("club")),
        PasswordWay::Kerberos(realm.open()),
    ] {
        let name = way.name();
        let ways = Ways {
            passwords: vec![way],
            ..Ways::default()
        };

        for login in ["alice", "nobody", "alice)(uid=*", "no name at all"] {
            let begun = Instant::now();
            let secret = SecretString::from("guessed");
            let answer = ways
                .check_password(login, &secret, &mut Steps::default())
                .await;

            assert_eq!(answer, Err(Refusal::Wrong), "{name} {login}");
            assert!(
                begun.elapsed() >= Duration::from_millis(700),
                "{name} {login}"
            );
        }
    }
}

/// Nothing is asked then, so there is nothing to hide.
#[tokio::test(start_paused = true)]
async fn where_no_way_is_configured_no_is_said_at_once() {
    let begun = tokio::time::Instant::now();

    let secret = SecretString::from(PASSWORD);
    let answer = Ways::default()
        .check_password("alice", &secret, &mut Steps::default())
        .await;

    assert_eq!(answer, Err(Refusal::Wrong));
    assert_eq!(begun.elapsed(), Duration::ZERO);
}
