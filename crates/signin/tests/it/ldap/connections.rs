use signin::ldap::{Encryption, Ldap, Plaintext, Server, Settings, Trust};

use crate::slapd::{Options, PEOPLE, Slapd, has_ipv6, password};

use super::{check, reason};

fn over(server: &str, encryption: Encryption, settings: Settings) -> Ldap {
    Ldap::new(Settings {
        servers: vec![Server::at(server, encryption, Plaintext::Loopback).unwrap()],
        ..settings
    })
}

fn with_certificate(name: &'static str) -> Slapd {
    Slapd::with(&Options {
        certificate: Some(name),
        ..Options::default()
    })
}

#[tokio::test]
async fn start_tls_ldaps_and_plain_text_to_this_machine_all_work() {
    let slapd = Slapd::start();
    for (url, encryption) in [
        (slapd.url(), Encryption::StartTls),
        (slapd.tls_url(), Encryption::Tls),
        (slapd.url(), Encryption::None),
    ] {
        let directory = over(&url, encryption, slapd.settings());

        assert!(
            check(&directory, "alice", &password("alice")).await.is_ok(),
            "{url} {encryption:?}"
        );
    }
}

#[tokio::test]
async fn a_directory_is_asked_by_its_ipv6_address_and_its_certificate_must_be_for_that() {
    if !has_ipv6() {
        eprintln!("There is no [::1] on this machine: left out");
        return;
    }
    for (certificate, is_right) in [("good", true), ("wrong-host", false)] {
        let slapd = with_certificate(certificate);
        let [url, tls_url] = slapd.ipv6_urls();
        for (url, encryption) in [(url, Encryption::StartTls), (tls_url, Encryption::Tls)] {
            let directory = over(&url, encryption, slapd.settings());

            let answer = check(&directory, "alice", &password("alice")).await;

            if is_right {
                assert!(answer.is_ok(), "{url} {answer:?}");
            } else {
                let reason = reason(answer);
                assert!(
                    reason.contains("the certificate is not for [::1]"),
                    "{reason}"
                );
            }
        }
    }
    // And anybody's, where nobody is checked.
    let slapd = with_certificate("wrong-host");
    let [_, tls_url] = slapd.ipv6_urls();
    let unchecked = Settings {
        trust: Trust::Anybody,
        ..slapd.settings()
    };
    let directory = over(&tls_url, Encryption::Tls, unchecked);
    assert!(check(&directory, "alice", &password("alice")).await.is_ok());
}

#[tokio::test]
async fn an_authority_that_nobody_named_is_not_believed() {
    let slapd = Slapd::start();
    let directory = Ldap::new(Settings {
        trust: Trust::System,
        ..slapd.settings()
    });

    let reason = reason(check(&directory, "alice", &password("alice")).await);

    assert!(reason.contains("MOOT_LDAP_CA_FILE"), "{reason}");
}

/// S50: the certificate must be for the host that was asked.
#[tokio::test]
async fn a_certificate_for_another_host_is_not_believed() {
    let mut slapd = with_certificate("wrong-host");
    for (url, encryption) in [
        (slapd.url(), Encryption::StartTls),
        (slapd.tls_url(), Encryption::Tls),
    ] {
        let directory = over(&url, encryption, slapd.settings());

        let reason = reason(check(&directory, "alice", &password("alice")).await);

        assert!(reason.contains("the certificate is not for"), "{reason}");
        assert!(reason.contains("LDAP_HOST"), "{reason}");
    }
    let log = slapd.stop();
    assert!(
        !log.iter().any(|line| line.contains("BIND")),
        "nothing was sent: {log:#?}"
    );
}

#[tokio::test]
async fn an_expired_certificate_is_not_believed() {
    let slapd = with_certificate("expired");
    let directory = Ldap::new(slapd.settings());

    let reason = reason(check(&directory, "alice", &password("alice")).await);

    assert!(reason.contains("has expired"), "{reason}");
}

#[tokio::test]
async fn without_checks_every_certificate_is_believed() {
    for certificate in ["wrong-host", "expired"] {
        let slapd = with_certificate(certificate);
        let directory = Ldap::new(Settings {
            trust: Trust::Anybody,
            ..slapd.settings()
        });

        assert!(
            check(&directory, "alice", &password("alice")).await.is_ok(),
            "{certificate}"
        );
    }
}

/// S50: whoever takes `StartTLS` out of the conversation gets no password.
#[tokio::test]
async fn a_server_without_start_tls_is_sent_nothing() {
    let mut slapd = Slapd::with(&Options {
        certificate: None,
        ..Options::default()
    });
    let directory = over(&slapd.url(), Encryption::StartTls, slapd.settings());

    let reason = reason(check(&directory, "alice", &password("alice")).await);

    assert!(reason.contains("refuses StartTLS"), "{reason}");
    assert!(reason.contains("LDAP_METHOD"), "{reason}");
    let log = slapd.stop();
    assert!(!log.iter().any(|line| line.contains("BIND")), "{log:#?}");
}

#[tokio::test]
async fn tls_to_a_port_that_speaks_none_names_the_method() {
    let slapd = Slapd::start();
    let url = slapd.url().replace("ldap:", "ldaps:");
    let directory = over(&url, Encryption::Tls, slapd.settings());

    let reason = reason(check(&directory, "alice", &password("alice")).await);

    assert!(reason.contains("LDAP_METHOD"), "{reason}");
}

/// S50: referrals lead to machines that nobody chose. One stands below the base, and every search meets it.
#[tokio::test]
async fn referrals_are_not_followed() {
    let slapd = Slapd::start();
    let beyond = Ldap::new(Settings {
        base: format!("ou=elsewhere,{PEOPLE}"),
        ..slapd.settings()
    });

    assert!(
        check(&Ldap::new(slapd.settings()), "alice", &password("alice"))
            .await
            .is_ok()
    );
    let reason = reason(check(&beyond, "alice", &password("alice")).await);
    assert!(reason.contains("referrals are not followed"), "{reason}");
}

#[tokio::test]
async fn a_base_that_is_not_there_is_named() {
    let slapd = Slapd::start();
    let directory = Ldap::new(Settings {
        base: "ou=nowhere,dc=club,dc=example".to_owned(),
        ..slapd.settings()
    });

    let reason = reason(check(&directory, "alice", &password("alice")).await);

    assert!(reason.contains("LDAP_BASE"), "{reason}");
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_named() {
    let mut slapd = Slapd::start();
    slapd.stop();
    let directory = Ldap::new(slapd.settings());

    let reason = reason(check(&directory, "alice", &password("alice")).await);

    assert!(reason.contains("nobody listens at localhost"), "{reason}");
    assert!(reason.contains("LDAP_PORT"), "{reason}");
}
