use signin::{
    Refusal, Steps,
    ldap::{Conversion, Groups, Ldap, Settings, Template},
};

use crate::slapd::{BASE, GROUPS, Options, PEOPLE, Slapd, password, person};

use super::{by_template, check, check_and_tell};

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

/// S45: whatever is typed is a value, never a part of the question.
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
/// S48: nothing remembers an old password.
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

/// Whoever another way has recognised is looked up without a password; by their name, not by what they wrote into
/// their address.
#[tokio::test]
async fn somebody_recognised_elsewhere_is_found_by_name_alone() {
    let slapd = Slapd::start();
    slapd.replace(&person("bob"), "mail", "alice");
    let searching = Ldap::new(slapd.settings());
    let naming = Ldap::new(Settings {
        searcher: slapd.settings().searcher,
        ..by_template(slapd.settings())
    });

    for directory in [searching, naming] {
        let alice = directory.find("alice", &mut Steps::default()).await;
        let nobody = directory.find("nobody", &mut Steps::default()).await;

        assert_eq!(alice.unwrap().username, "alice");
        assert_eq!(nobody, Err(Refusal::Wrong));
    }
}
