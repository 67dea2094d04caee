use signin::{
    Refusal,
    ldap::{IdAttribute, Ldap, Settings},
};

use crate::slapd::{GROUPS, Slapd, password, person};

use super::{by_template, check, reason};

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_one_answer() {
    let mut slapd = Slapd::start();
    for settings in [slapd.settings(), by_template(slapd.settings())] {
        let directory = Ldap::new(settings);
        for (login, password) in [
            ("alice", "bob's own"),
            ("nobody", "x"),
            ("eve", "eve's own"),
        ] {
            assert_eq!(
                check(&directory, login, password).await,
                Err(Refusal::Wrong)
            );
        }
    }

    // The unknown were bound as somebody too, so that they take as long.
    let log = slapd.stop();
    assert!(
        log.iter()
            .any(|line| line.contains("BIND dn=\"uid=nobody-has-this-name")),
        "{log:#?}"
    );
}

#[tokio::test]
async fn what_is_typed_is_not_read_as_a_filter_or_a_name() {
    let slapd = Slapd::start();
    let long = "a".repeat(10_000);
    for settings in [slapd.settings(), by_template(slapd.settings())] {
        let directory = Ldap::new(settings);
        for login in [
            "*",
            "alice*",
            "a*e",
            ")(uid=*",
            "*)(uid=*",
            "alice)(|(uid=*",
            "alice)(cn=alice",
            "\\2a",
            "\\61lice",
            "alice\0",
            "al\0ice",
            "alice,ou=people",
            "eve,ou=others",
            "alice+cn=alice",
            "#04056c696365",
            "(|(uid=alice))",
            "%{email}",
            "&",
            "Zoë\u{202e}",
            &long,
        ] {
            let answer = check(&directory, login, &password("alice")).await;
            assert_eq!(answer, Err(Refusal::Wrong), "{login}");
        }
        for password in ["*", "alice's own\0", "\\2a", "alice's own)(uid=*", &long] {
            let answer = check(&directory, "alice", password).await;
            assert_eq!(answer, Err(Refusal::Wrong), "{password}");
        }
    }
}

#[tokio::test]
async fn an_empty_password_never_reaches_the_wire_and_a_blank_one_is_wrong() {
    let mut slapd = Slapd::start();
    for settings in [slapd.settings(), by_template(slapd.settings())] {
        let directory = Ldap::new(settings);
        for password in ["", "\0", "\0alice's own", " ", "\t\n"] {
            assert_eq!(
                check(&directory, "alice", password).await,
                Err(Refusal::Wrong),
                "{password:?}"
            );
        }
        assert_eq!(
            check(&directory, "", "alice's own").await,
            Err(Refusal::Wrong)
        );
        assert_eq!(
            check(&directory, " ", "alice's own").await,
            Err(Refusal::Wrong)
        );
    }

    let log = slapd.stop();
    // The two blank ones, each way; the empty ones and those with NUL were not sent.
    let sent = log
        .iter()
        .filter(|line| line.contains("BIND dn=\"uid=alice"))
        .count();
    assert_eq!(sent, 4, "{log:#?}");
}

#[tokio::test]
async fn an_old_password_is_refused_at_once() {
    let slapd = Slapd::start();
    let directory = Ldap::new(slapd.settings());
    assert!(check(&directory, "alice", "alice's own").await.is_ok());

    slapd.replace(&person("alice"), "userPassword", "looking-glass");

    assert_eq!(
        check(&directory, "alice", "alice's own").await,
        Err(Refusal::Wrong)
    );
    assert!(check(&directory, "alice", "looking-glass").await.is_ok());
}

#[tokio::test]
async fn whoever_is_deleted_or_locked_is_refused_at_once() {
    let slapd = Slapd::start();
    let directory = Ldap::new(slapd.settings());

    slapd.delete(&person("bob"));
    slapd.replace(&person("alice"), "pwdAccountLockedTime", "000001010000Z");

    assert_eq!(
        check(&directory, "bob", &password("bob")).await,
        Err(Refusal::Wrong)
    );
    assert_eq!(
        check(&directory, "alice", &password("alice")).await,
        Err(Refusal::Wrong)
    );
}

#[tokio::test]
async fn an_expired_entry_is_told_apart_once_its_password_is_proved() {
    let slapd = Slapd::start();
    let directory = Ldap::new(slapd.settings());
    slapd.modify(&format!(
        "dn: {}\nchangetype: modify\nadd: objectClass\nobjectClass: shadowAccount\n-\nadd: shadowExpire\nshadowExpire: 1\n",
        person("alice")
    ));

    let proved = check(&directory, "alice", &password("alice")).await;
    let unproved = check(&directory, "alice", "guessed").await;

    assert_eq!(
        proved,
        Err(Refusal::NotEntitled(
            "the entry is disabled (shadowExpire)".to_owned()
        ))
    );
    assert_eq!(unproved, Err(Refusal::Wrong));
}

#[tokio::test]
async fn an_entry_that_does_not_belong_is_told_apart_once_its_password_is_proved() {
    let slapd = Slapd::start();
    slapd.modify(&format!(
        "dn: cn=members,{GROUPS}\nchangetype: add\nobjectClass: groupOfNames\ncn: members\nmember: {}\n",
        person("alice")
    ));
    let directory = Ldap::new(Settings {
        required: Some(format!("(memberOf=cn=members,{GROUPS})")),
        ..slapd.settings()
    });

    let alice = check(&directory, "alice", &password("alice"))
        .await
        .unwrap();

    assert_eq!(alice.groups, [format!("cn=members,{GROUPS}")]);
    let bob = check(&directory, "bob", &password("bob")).await;
    assert!(
        matches!(bob, Err(Refusal::NotEntitled(reason)) if reason.contains("MOOT_LDAP_REQUIRED_FILTER"))
    );
    assert_eq!(
        check(&directory, "bob", "guessed").await,
        Err(Refusal::Wrong)
    );
}

#[tokio::test]
async fn two_entries_with_one_address_are_neither_of_them() {
    let slapd = Slapd::start();
    let directory = Ldap::new(slapd.settings());

    let answer = check(&directory, "twins@club.example", &password("tweedledum")).await;

    let reason = reason(answer);
    assert!(
        reason.contains("LDAP_SEARCH_FILTER must find exactly one"),
        "{reason}"
    );
    assert!(
        check(&directory, "tweedledum", &password("tweedledum"))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn an_entry_without_the_id_is_refused_by_name_of_the_setting() {
    let slapd = Slapd::start();
    slapd.replace(&person("bob"), "employeeNumber", "4711");
    let directory = Ldap::new(Settings {
        id: IdAttribute::named("employeeNumber"),
        ..slapd.settings()
    });

    let alice = check(&directory, "alice", &password("alice")).await;
    let bob = check(&directory, "bob", &password("bob")).await.unwrap();

    assert!(
        matches!(alice, Err(Refusal::NotEntitled(reason)) if reason.contains("MOOT_LDAP_ID_ATTRIBUTE"))
    );
    assert_eq!(bob.subject, "4711");
}
