//! The link between somebody and their account (S47).

use model::{canonical_login, member::Standing};
use service::{
    members,
    sign_in::{self, Entry},
};
use testkit::PASSWORD;

use super::{accounts, comes_in, has_left, person, refused};

#[tokio::test]
async fn a_first_sign_in_makes_an_account_that_can_be_used_at_once() {
    let app = testkit::app()
        .settings(|settings| {
            settings.registrations = model::instance::Registrations::Closed;
            settings.confirms_mail = true;
        })
        .await;

    let member = comes_in(&app, &person("id-1", "Alice")).await;

    assert_eq!(member.account.username.as_str(), "alice");
    assert_eq!(member.email.as_deref(), Some("alice@club.example"));
    assert_eq!(member.standing(), Standing::Good);
    let nothing = sign_in::with_password(&app, "alice", "").await.unwrap();
    assert!(matches!(nothing, Entry::Wrong), "{nothing:?}");
}

#[tokio::test]
async fn the_same_person_is_the_same_member_under_a_new_name_and_a_new_address() {
    let app = testkit::app().await;
    let before = comes_in(&app, &person("id-1", "alice")).await;

    let mut married = person("id-1", "alice.smith");
    married.email = Some("alice.smith@club.example".into());
    let after = comes_in(&app, &married).await;

    assert_eq!(after.account.id, before.account.id);
    assert_eq!(after.account.username.as_str(), "alice");
    assert_eq!(after.email.as_deref(), Some("alice.smith@club.example"));
    let links = sign_in::links::of(&app, after.account.id).await.unwrap();
    assert_eq!(links.len(), 1);
    assert_eq!(links[0].username, "alice.smith");
}

// S47: the same mail address made two people one.
#[tokio::test]
async fn somebody_else_with_the_same_address_is_somebody_else() {
    let app = testkit::app().await;
    let alice = comes_in(&app, &person("id-1", "alice")).await;

    for (source, subject) in [("ldap", "id-2"), ("https://id.example", "id-1")] {
        let mut other = person(subject, &format!("other{}", source.len()));
        other.source = source.into();
        other.email = Some("ALICE@club.example".into());
        let other = comes_in(&app, &other).await;

        assert_ne!(other.account.id, alice.account.id);
        assert_eq!(other.email, None);
    }
    let alice = members::get(&app, alice.account.id).await.unwrap();
    assert_eq!(alice.email.as_deref(), Some("alice@club.example"));
}

// S47, S76: a user name given to somebody new came with the old owner's account.
#[tokio::test]
async fn a_recycled_user_name_does_not_come_with_the_account() {
    let app = testkit::app().await;
    let alice = comes_in(&app, &person("id-1", "alice")).await;

    let sentence = refused(&app, &person("id-2", "Alice")).await;

    assert!(sentence.contains("somebody else's here"), "{sentence}");
    assert_eq!(accounts(&app).await, 1);
    assert_eq!(
        comes_in(&app, &person("id-1", "alice")).await.account.id,
        alice.account.id
    );
}

#[tokio::test]
async fn a_name_that_was_ever_somebodys_is_given_to_nobody() {
    let app = testkit::app().await;
    sqlx::query("INSERT INTO reserved_usernames (username, reserved_at) VALUES ('alice', now())")
        .execute(&app.db)
        .await
        .unwrap();

    let sentence = refused(&app, &person("id-1", "alice")).await;

    assert!(sentence.contains("never given to another"), "{sentence}");
}

#[tokio::test]
async fn an_account_of_the_same_name_is_its_owners_to_link() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;

    let entry = sign_in::with_identity(&app, person("id-1", "Alice"))
        .await
        .unwrap();

    assert!(matches!(entry, Entry::Taken(_)), "{entry:?}");
    assert!(sign_in::links::of(&app, alice.id).await.unwrap().is_empty());
    // Until then its own password opens it.
    let entry = sign_in::with_password(&app, "alice", PASSWORD)
        .await
        .unwrap();
    assert!(matches!(entry, Entry::Member(_)), "{entry:?}");
}

#[tokio::test]
async fn a_leaver_who_is_in_the_directory_again_is_back() {
    let app = testkit::app().await;
    let alice = comes_in(&app, &person("id-1", "alice")).await;
    has_left(&app, alice.account.id).await;

    let back = comes_in(&app, &person("id-1", "alice")).await;

    assert_eq!(back.standing(), Standing::Good);
    assert_eq!(back.ends_at, None);
}

#[tokio::test]
async fn a_leaver_is_not_back_because_a_provider_still_knows_them() {
    let app = testkit::app().await;
    let alice = comes_in(&app, &person("id-1", "alice")).await;
    let mut at_provider = person("sub-1", "alice");
    at_provider.source = "https://id.example".into();
    sign_in::links::link(&app, alice.account.id, &at_provider)
        .await
        .unwrap();
    has_left(&app, alice.account.id).await;

    let seen = comes_in(&app, &at_provider).await;

    assert_eq!(seen.standing(), Standing::Left);
}

// S49: one name, however it is written.
#[tokio::test]
async fn spellings_of_one_name_never_make_two_accounts() {
    let app = testkit::app().await;
    comes_in(&app, &person("id-1", "john")).await;

    for spelling in ["JOHN", "ｊｏｈｎ", "John ", "jo\u{ad}hn"] {
        refused(&app, &person("id-2", spelling)).await;
        assert_eq!(canonical_login(spelling), "john");
    }
    comes_in(&app, &person("id-3", "JİM")).await;
    refused(&app, &person("id-4", "jim")).await;
    assert_eq!(accounts(&app).await, 2);
}

#[tokio::test]
async fn whoever_has_no_id_is_nobody() {
    let app = testkit::app().await;

    for (source, subject) in [("ldap", ""), ("", "id-1")] {
        let mut nobody = person(subject, "alice");
        nobody.source = source.into();
        assert!(sign_in::with_identity(&app, nobody).await.is_err());
    }
    assert_eq!(accounts(&app).await, 0);
}
