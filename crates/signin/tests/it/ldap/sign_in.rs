use signin::{
    Refusal,
    ldap::{Conversion, Find, Groups, IdAttribute, Ldap, Settings, Template},
};

use crate::slapd::{BASE, GROUPS, Options, PEOPLE, Slapd, password, person};

use super::{check, check_and_tell, reason};

fn by_template(settings: Settings) -> Settings {
    let text = format!("uid=%{{uid}},{PEOPLE}");
    Settings {
        find: Find::Template(Template::parse(&text, &["uid"]).unwrap()),
        searcher: None,
        ..settings
    }
}

#[tokio::test]
async fn a_member_signs_in_by_name_or_by_address() {
    let slapd = Slapd::start();
    let directory = Ldap::new(slapd.settings());

    let by_name = check(&directory, "alice", &password("alice"))
        .await
        .unwrap();
    let by_address = check(&directory, "alice@club.example", &password("alice"))
        .await
        .unwrap();

    assert_eq!(by_name, by_address);
    assert_eq!(by_name.source, "ldap");
    assert_eq!(by_name.subject, slapd.read(&person("alice"), "entryUUID"));
    assert_eq!(by_name.username, "alice");
    assert_eq!(by_name.email.as_deref(), Some("alice@club.example"));
    assert!(by_name.email_is_verified);
    assert_eq!(by_name.display_name.as_deref(), Some("Alice Liddell"));
}

/// S49: whoever spells a name otherwise is not somebody else.
#[tokio::test]
async fn the_name_is_the_directorys_however_it_is_typed() {
    let slapd = Slapd::start();
    let directory = Ldap::new(slapd.settings());

    let typed = check(&directory, " ALICE ", &password("alice"))
        .await
        .unwrap();

    assert_eq!(typed.username, "alice");
}

#[tokio::test]
async fn a_template_needs_nobody_who_searches() {
    let slapd = Slapd::start();
    let directory = Ldap::new(by_template(slapd.settings()));

    let (alice, told) = check_and_tell(&directory, "alice", &password("alice")).await;

    assert_eq!(
        alice.unwrap().subject,
        slapd.read(&person("alice"), "entryUUID")
    );
    assert!(!told.contains("searched"), "{told}");
}

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

/// S45: whatever is typed is a value, never a part of the question.
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
async fn a_name_with_every_special_character_signs_in() {
    let slapd = Slapd::start();
    let odd = "o*d(d)\\n\u{e4}me";
    slapd.modify(&format!(
        "dn: cn=odd,{PEOPLE}\nchangetype: add\nobjectClass: inetOrgPerson\ncn: odd\nsn: odd\nuid: {odd}\n\
         userPassword: odd's own\n"
    ));
    let directory = Ldap::new(slapd.settings());

    assert_eq!(
        check(&directory, odd, "odd's own").await.unwrap().username,
        odd
    );
}

/// S46: this slapd agrees to every name with an empty password, and to none with any.
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

/// S48: nothing remembers an old password.
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
async fn groups_that_name_a_member_are_found_without_a_mark_on_the_member() {
    let slapd = Slapd::start();
    slapd.modify(&format!(
        "dn: cn=staff,{GROUPS}\nchangetype: add\nobjectClass: posixGroup\ncn: staff\ngidNumber: 1\nmemberUid: bob\n"
    ));
    let filter = "(|(member=%{dn})(uniqueMember=%{dn})(memberUid=%{uid}))";
    let directory = Ldap::new(Settings {
        groups: Some(Groups {
            base: GROUPS.to_owned(),
            filter: Template::parse(filter, &["dn", "uid"]).unwrap(),
        }),
        ..slapd.settings()
    });

    let bob = check(&directory, "bob", &password("bob")).await.unwrap();
    let alice = check(&directory, "alice", &password("alice"))
        .await
        .unwrap();

    assert_eq!(bob.groups, [format!("cn=staff,{GROUPS}")]);
    assert!(alice.groups.is_empty());
}

#[tokio::test]
async fn names_are_converted_as_mastodon_converts_them() {
    let slapd = Slapd::start();
    let directory = Ldap::new(Settings {
        conversion: Some(Conversion {
            search: ".,- ".to_owned(),
            replace: "_".to_owned(),
        }),
        ..slapd.settings()
    });

    let rabbit = check(&directory, "white.rabbit-jr", &password("white.rabbit-jr"))
        .await
        .unwrap();

    assert_eq!(rabbit.username, "white_rabbit_jr");
}

#[tokio::test]
async fn an_address_is_made_of_the_name_where_the_entry_has_none() {
    let slapd = Slapd::start();
    let directory = Ldap::new(Settings {
        mail_template: Some(Template::parse("%{uid}@club.example", &["uid"]).unwrap()),
        ..slapd.settings()
    });
    let without = Ldap::new(slapd.settings());

    let bob = check(&directory, "bob", &password("bob")).await.unwrap();
    let plain = check(&without, "bob", &password("bob")).await.unwrap();

    assert_eq!(bob.email.as_deref(), Some("bob@club.example"));
    assert_eq!((plain.email, plain.email_is_verified), (None, false));
}

/// S50: two matches are nobody.
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

#[tokio::test]
async fn a_person_who_is_renamed_stays_the_same_and_a_name_given_again_does_not() {
    let slapd = Slapd::start();
    let directory = Ldap::new(slapd.settings());
    let before = check(&directory, "bob", &password("bob")).await.unwrap();

    slapd.modify(&format!(
        "dn: {}\nchangetype: modrdn\nnewrdn: uid=robert\ndeleteoldrdn: 1\n",
        person("bob")
    ));
    slapd.add_person("bob", "another bob's own", "");

    let robert = check(&directory, "robert", &password("bob")).await.unwrap();
    let bob = check(&directory, "bob", "another bob's own").await.unwrap();
    assert_eq!(
        (robert.subject.as_str(), robert.username.as_str()),
        (before.subject.as_str(), "robert")
    );
    assert_ne!(bob.subject, before.subject);
}

/// S43: what an administrator is told leads to the mistake and holds no secret.
#[tokio::test]
async fn each_step_is_told_and_no_password_with_it() {
    let slapd = Slapd::start();
    let directory = Ldap::new(slapd.settings());

    let (_, right) = check_and_tell(&directory, "alice", "alice's own").await;
    let (_, wrong) = check_and_tell(&directory, "alice", "guessed-by-eve").await;

    for part in [
        "connected to ldap://localhost",
        "StartTLS, certificate checked",
        "bound as cn=moot,ou=services",
        "searched ou=people,dc=club,dc=example with (|(uid=alice)(mail=alice))",
        "uid=alice,ou=people",
        "(entryUUID)",
        "in no group",
    ] {
        assert!(right.contains(part), "{part}: {right}");
    }
    assert!(wrong.contains("invalidCredentials"), "{wrong}");
    let shown = format!("{right}{wrong}{directory:?}");
    for secret in ["alice's own", "guessed-by-eve", "the searcher's own"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn a_directory_that_lets_anybody_search_needs_no_searcher() {
    let slapd = Slapd::with(&Options::default());
    let directory = Ldap::new(Settings {
        searcher: None,
        base: BASE.to_owned(),
        ..slapd.settings()
    });

    assert!(check(&directory, "alice", &password("alice")).await.is_ok());
    assert!(check(&directory, "eve", &password("eve")).await.is_ok());
}
