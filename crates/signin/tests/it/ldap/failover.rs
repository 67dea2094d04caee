use std::{net::TcpListener, time::Instant};

use secrecy::SecretString;
use signin::{
    DEADLINE, PasswordWay, Refusal, Steps, Ways,
    ldap::{Encryption, Ldap, Plaintext, Searcher, Server, Settings},
};

use crate::slapd::{Options, SEARCHER, Slapd, free_port, password};

use super::{check, check_and_tell, reason};

/// A server that accepts connections and answers nothing: the system accepts for it.
struct Hanging(TcpListener);

impl Hanging {
    fn start() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    fn server(&self, encryption: Encryption) -> Server {
        at(self.0.local_addr().unwrap().port(), encryption)
    }
}

fn at(port: u16, encryption: Encryption) -> Server {
    Server::at(
        &format!("ldap://localhost:{port}"),
        encryption,
        Plaintext::Loopback,
    )
    .unwrap()
}

#[tokio::test]
async fn the_next_server_answers_within_the_deadline() {
    let slapd = Slapd::start();
    let hanging = Hanging::start();
    for encryption in [Encryption::StartTls, Encryption::None] {
        let directory = Ldap::new(Settings {
            servers: vec![
                hanging.server(encryption),
                at(free_port(), encryption),
                slapd.server(Encryption::StartTls),
            ],
            ..slapd.settings()
        });

        let started = Instant::now();
        let (answer, told) = check_and_tell(&directory, "alice", &password("alice")).await;

        assert!(answer.is_ok(), "{told}");
        assert!(started.elapsed() < DEADLINE, "{told}");
        assert!(told.contains("did not answer in time"), "{told}");
        assert!(told.contains("nobody listens"), "{told}");

        // And is asked first from now on.
        let (answer, told) = check_and_tell(&directory, "alice", &password("alice")).await;
        assert!(answer.is_ok() && !told.contains("Failed"), "{told}");
    }
}

/// The whole try, as sign-in makes it: what was slow is said, not only that time ran out.
#[tokio::test]
async fn a_directory_that_hangs_is_said_to_hang_within_the_deadline() {
    let slapd = Slapd::start();
    let hanging = Hanging::start();
    let settings = Settings {
        servers: vec![
            hanging.server(Encryption::None),
            hanging.server(Encryption::StartTls),
        ],
        ..slapd.settings()
    };
    let ways = Ways {
        passwords: vec![PasswordWay::Ldap(Ldap::new(settings))],
        ..Ways::default()
    };

    let started = Instant::now();
    let secret = SecretString::from("alice's own");
    let answer = ways
        .check_password("alice", &secret, &mut Steps::default())
        .await;

    let reason = reason(answer);
    assert!(reason.contains("localhost"), "{reason}");
    assert!(reason.contains("did not answer in time"), "{reason}");
    assert!(started.elapsed() < DEADLINE + std::time::Duration::from_millis(200));
}

/// R23: a directory that is away says nothing about anybody's password.
#[tokio::test]
async fn a_directory_that_stops_and_comes_back_counts_against_nobody() {
    let mut slapd = Slapd::with(&Options {
        failures_until_locked: 2,
        ..Options::default()
    });
    let directory = Ldap::new(slapd.settings());
    assert!(check(&directory, "alice", &password("alice")).await.is_ok());

    slapd.stop();
    for _ in 0..3 {
        let answer = check(&directory, "alice", &password("alice")).await;
        assert!(
            matches!(answer, Err(Refusal::Unavailable { .. })),
            "{answer:?}"
        );
    }
    slapd.run();

    let (answer, told) = check_and_tell(&directory, "alice", &password("alice")).await;
    assert!(answer.is_ok(), "{told}");
}

/// R23: a wrong `LDAP_PASSWORD` is tried once, not once for each server and each member who signs in.
#[tokio::test]
async fn failing_over_does_not_lock_the_searcher() {
    let mut slapd = Slapd::with(&Options {
        failures_until_locked: 2,
        ..Options::default()
    });
    let right = slapd.settings();
    let wrong = Settings {
        servers: vec![
            slapd.server(Encryption::StartTls),
            slapd.server(Encryption::None),
        ],
        searcher: Some(Searcher {
            dn: SEARCHER.to_owned(),
            password: SecretString::from("an old one"),
        }),
        ..slapd.settings()
    };
    let directory = Ldap::new(wrong);

    let tries =
        futures_util::future::join_all((0..5).map(|_| check(&directory, "alice", "alice's own")))
            .await;
    let later = check(&directory, "alice", &password("alice")).await;

    for answer in tries.into_iter().chain([later]) {
        let reason = reason(answer);
        assert!(reason.contains("LDAP_PASSWORD"), "{reason}");
    }
    assert!(
        check(&Ldap::new(right), "alice", &password("alice"))
            .await
            .is_ok()
    );
    let log = slapd.stop();
    let refused = log
        .iter()
        .filter(|line| line.contains("RESULT") && line.contains("err=49"))
        .count();
    assert_eq!(refused, 1, "{log:#?}");
}
