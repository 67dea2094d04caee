use signin::{
    Refusal,
    ldap::{IdAttribute, Ldap, Presence, Settings},
};

use crate::slapd::{GROUPS, Options, Slapd, person};

fn gone(reason: &str) -> Presence {
    Presence::Gone(reason.to_owned())
}

fn name(presence: &Presence) -> &str {
    match presence {
        Presence::Here(identity) => &identity.username,
        Presence::Gone(reason) => panic!("gone: {reason}"),
    }
}

fn ids(slapd: &Slapd, names: &[&str]) -> Vec<String> {
    names
        .iter()
        .map(|name| slapd.read(&person(name), "entryUUID"))
        .collect()
}

#[tokio::test]
async fn each_is_answered_for_in_the_order_asked() {
    let slapd = Slapd::start();
    let mut known = ids(&slapd, &["bob", "alice", "tweedledum", "tweedledee"]);
    known.push("00000000-0000-4000-8000-000000000000".to_owned());
    slapd.modify(&format!(
        "dn: cn=members,{GROUPS}\nchangetype: add\nobjectClass: groupOfNames\ncn: members\n\
         member: {}\nmember: {}\nmember: {}\n",
        person("alice"),
        person("bob"),
        person("tweedledum"),
    ));
    slapd.replace(
        &person("tweedledum"),
        "pwdAccountLockedTime",
        "000001010000Z",
    );
    let directory = Ldap::new(Settings {
        required: Some(format!("(memberOf=cn=members,{GROUPS})")),
        ..slapd.settings()
    });

    let presences = directory.look_up(&known).await.unwrap();

    assert_eq!(name(&presences[0]), "bob");
    let Presence::Here(alice) = &presences[1] else {
        panic!("{presences:?}")
    };
    assert_eq!(alice.subject, known[1]);
    assert_eq!(alice.email.as_deref(), Some("alice@club.example"));
    assert_eq!(alice.groups, [format!("cn=members,{GROUPS}")]);
    assert_eq!(presences[2], gone("disabled"));
    assert_eq!(
        presences[3],
        gone("does not match MOOT_LDAP_REQUIRED_FILTER")
    );
    assert_eq!(presences[4], gone("no entry"));
}

#[tokio::test]
async fn whoever_is_locked_for_a_while_is_not_gone() {
    let slapd = Slapd::start();
    let known = ids(&slapd, &["alice"]);
    slapd.replace(&person("alice"), "pwdAccountLockedTime", "20990101000000Z");

    let presences = Ldap::new(slapd.settings()).look_up(&known).await.unwrap();

    assert_eq!(name(&presences[0]), "alice");
}

#[tokio::test]
async fn a_renamed_person_is_found_by_the_id_and_a_deleted_one_is_gone() {
    let slapd = Slapd::start();
    let known = ids(&slapd, &["alice", "bob"]);
    slapd.modify(&format!(
        "dn: {}\nchangetype: modrdn\nnewrdn: uid=alicia\ndeleteoldrdn: 1\n",
        person("alice")
    ));
    slapd.delete(&person("bob"));
    slapd.add_person("bob", "another bob's own", "");

    let presences = Ldap::new(slapd.settings()).look_up(&known).await.unwrap();

    assert_eq!(name(&presences[0]), "alicia");
    assert_eq!(presences[1], gone("no entry"));
}

#[tokio::test]
async fn many_are_asked_about_under_a_small_limit_of_the_directory() {
    let slapd = Slapd::with(&Options {
        size_limit: 60,
        ..Options::default()
    });
    let names: Vec<_> = (0..130).map(|number| format!("member{number}")).collect();
    let ldif: Vec<_> = names
        .iter()
        .map(|uid| {
            format!(
                "dn: {}\nchangetype: add\nobjectClass: inetOrgPerson\nuid: {uid}\ncn: {uid}\nsn: {uid}\n",
                person(uid)
            )
        })
        .collect();
    slapd.modify(&ldif.join("\n"));
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let known = ids(&slapd, &names);

    let presences = Ldap::new(slapd.settings()).look_up(&known).await.unwrap();

    assert_eq!(presences.iter().map(name).collect::<Vec<_>>(), names);
}

#[tokio::test]
async fn a_search_that_was_cut_short_says_nothing_of_anybody() {
    let slapd = Slapd::with(&Options {
        size_limit: 2,
        ..Options::default()
    });
    let known = ids(&slapd, &["alice", "bob", "tweedledee"]);

    let answer = Ldap::new(slapd.settings()).look_up(&known).await;

    let Err(Refusal::Unavailable { reason, .. }) = answer else {
        panic!("{answer:?}")
    };
    assert!(reason.contains("cut the search short"), "{reason}");
}

#[tokio::test]
async fn a_directory_that_cannot_be_asked_says_nothing_of_anybody() {
    let mut slapd = Slapd::start();
    let known = ids(&slapd, &["alice", "bob"]);
    let nowhere = Ldap::new(Settings {
        base: "ou=nowhere,dc=club,dc=example".to_owned(),
        ..slapd.settings()
    });

    assert!(nowhere.look_up(&known).await.is_err());
    slapd.stop();
    assert!(Ldap::new(slapd.settings()).look_up(&known).await.is_err());
}

/// S45: an id comes from our own database, and is a value all the same.
#[tokio::test]
async fn an_id_is_not_read_as_a_filter() {
    let slapd = Slapd::start();
    let odd: Vec<_> = ["*", "*)(uid=*", "\\2a", "", "a\0b"]
        .map(str::to_owned)
        .into();

    let presences = Ldap::new(slapd.settings()).look_up(&odd).await.unwrap();

    assert!(
        presences
            .iter()
            .all(|presence| *presence == gone("no entry")),
        "{presences:?}"
    );
}

#[tokio::test]
async fn another_id_attribute_than_before_sends_nobody_away() {
    let slapd = Slapd::start();
    let directory = Ldap::new(Settings {
        id: IdAttribute::named("objectGUID"),
        ..slapd.settings()
    });

    let answer = directory.look_up(&["4711".to_owned()]).await;

    let Err(Refusal::Unavailable { reason, .. }) = answer else {
        panic!("{answer:?}")
    };
    assert!(reason.contains("MOOT_LDAP_ID_ATTRIBUTE"), "{reason}");
}

#[tokio::test]
async fn nobody_is_asked_about_nobody() {
    let mut slapd = Slapd::start();
    slapd.stop();

    assert_eq!(
        Ldap::new(slapd.settings()).look_up(&[]).await,
        Ok(Vec::new())
    );
}
