use secrecy::SecretString;
use signin::{
    Identity, Refusal,
    ldap::{Find, IdAttribute, Ldap, Presence, Searcher, Settings, Template, Trust},
};

use super::{
    check, reason,
    scripted::{Answers, Question, bound, found, serve, you_are},
};

const BASE: &str = "ou=people,dc=club,dc=example";
const ALICE: &str = "uid=alice,ou=people,dc=club,dc=example";

fn directory(script: fn(Question) -> Answers) -> Ldap {
    Ldap::new(settings(script))
}

fn settings(script: fn(Question) -> Answers) -> Settings {
    Settings {
        servers: vec![serve(script)],
        trust: Trust::System,
        base: BASE.to_owned(),
        searcher: Some(Searcher {
            dn: "cn=moot".to_owned(),
            password: SecretString::from("x"),
        }),
        find: Find::Search(Template::parse("(uid=%{email})", &["email"]).unwrap()),
        uid: "uid".to_owned(),
        mail: "mail".to_owned(),
        mail_template: None,
        conversion: None,
        id: None,
        required: None,
        groups: None,
    }
}

fn alice() -> Answers {
    found(ALICE, &[("uid", b"alice"), ("entryUUID", b"one")])
}

async fn sign_in(script: fn(Question) -> Answers) -> Result<Identity, Refusal> {
    check(&directory(script), "alice", "secret").await
}

#[tokio::test]
async fn an_answer_as_it_should_be_is_believed() {
    let answer = sign_in(|question| match question {
        Question::Bind => bound(0),
        Question::Search => alice(),
        Question::Extended => you_are("dn:uid=alice"),
    });

    assert_eq!(answer.await.unwrap().subject, "one");
}

/// S50: an entry outside the base is nobody's.
#[tokio::test]
async fn an_entry_outside_the_base_is_not_believed() {
    let answer = sign_in(|question| match question {
        Question::Bind => bound(0),
        Question::Search => found(
            "uid=alice,dc=evil,dc=example",
            &[("uid", b"alice"), ("entryUUID", b"one")],
        ),
        Question::Extended => you_are("dn:uid=alice"),
    });

    let reason = reason(answer.await);
    assert!(reason.contains("LDAP_BASE"), "{reason}");
}

/// S46: a directory may agree to a password and mean nobody.
#[tokio::test]
async fn whoever_is_taken_for_nobody_is_not_signed_in() {
    let answer = sign_in(|question| match question {
        Question::Bind => bound(0),
        Question::Search => alice(),
        Question::Extended => you_are(""),
    });

    assert_eq!(answer.await, Err(Refusal::Wrong));
}

#[tokio::test]
async fn a_directory_that_does_not_know_the_question_is_believed() {
    let answer = sign_in(|question| match question {
        Question::Bind => bound(0),
        Question::Search => alice(),
        // protocolError
        Question::Extended => vec![(0x78, bound(2).remove(0).1)],
    });

    assert!(answer.await.is_ok());
}

/// R23: busy, unavailable and out of order are not a wrong password.
#[tokio::test]
async fn a_directory_in_trouble_is_not_a_wrong_password() {
    for script in [
        |_| bound(51),
        |_| bound(52),
        |_| bound(80),
        |_| bound(1),
        |_| bound(13),
    ] {
        let answer = sign_in(script).await;
        assert!(
            matches!(answer, Err(Refusal::Unavailable { .. })),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn what_is_no_ldap_is_the_servers_trouble() {
    for script in [
        |_| vec![(0x61, Vec::new())],
        |question| match question {
            Question::Bind => bound(0),
            // A name that is no text, and no attributes.
            _ => vec![(0x64, vec![4, 1, 0xff])],
        },
    ] {
        let answer = sign_in(script).await;
        assert!(
            matches!(answer, Err(Refusal::Unavailable { .. })),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn active_directorys_ids_are_known_again() {
    fn script(question: Question) -> Answers {
        const GUID: [u8; 16] = [
            0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd,
            0xee, 0xff,
        ];
        match question {
            Question::Bind => bound(0),
            Question::Search => found(
                ALICE,
                &[
                    ("uid", b"alice"),
                    ("objectGUID", &GUID),
                    ("userAccountControl", b"512"),
                ],
            ),
            Question::Extended => you_are("u:CLUB\\alice"),
        }
    }
    const ID: &str = "00112233-4455-6677-8899-aabbccddeeff";
    for id in [None, IdAttribute::named("objectGUID")] {
        let directory = Ldap::new(Settings {
            id,
            ..settings(script)
        });

        let alice = check(&directory, "alice", "secret").await.unwrap();
        let presences = directory.look_up(&[ID.to_owned()]).await.unwrap();

        assert_eq!(alice.subject, ID);
        assert_eq!(presences, [Presence::Here(alice)]);
    }
}

/// An account that Active Directory has switched off has a right password all the same.
#[tokio::test]
async fn a_disabled_entry_is_not_entitled() {
    let answer = sign_in(|question| match question {
        Question::Bind => bound(0),
        Question::Search => found(
            ALICE,
            &[
                ("uid", b"alice"),
                ("entryUUID", b"one"),
                ("userAccountControl", b"514"),
            ],
        ),
        Question::Extended => you_are("u:CLUB\\alice"),
    });

    assert!(
        matches!(answer.await, Err(Refusal::NotEntitled(reason)) if reason.contains("userAccountControl"))
    );
}
