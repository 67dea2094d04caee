//! Somebody becomes a member.

use model::{
    Username,
    member::{Role, Standing},
};
use service::{
    App, Error, FieldError, Result, accounts,
    members::{self, NewMember},
};

use crate::parallel::at_once;

fn named(username: &str) -> NewMember {
    NewMember {
        username: Username::for_member(username).unwrap(),
        email: None,
        password: None,
        role: Role::Member,
        confirmed: true,
        approved: true,
        locale: "en".into(),
        reason: String::new(),
    }
}

fn is_taken<T>(result: &Result<T>, field: &str) -> bool {
    let is_it = |error: &FieldError| error.field == field && error.code == "ERR_TAKEN";
    matches!(result, Err(Error::Invalid(errors)) if errors.iter().any(is_it))
}

#[tokio::test]
async fn a_member_has_an_account_a_key_and_the_urls_that_peers_expect() {
    let app = testkit::app()
        .domain("club.example")
        .web_domain("social.club.example")
        .await;

    let alice = members::create(&app, named("Alice")).await.unwrap();

    let account = &alice.account;
    assert_eq!(
        account.uri,
        format!("https://social.club.example/ap/users/{}", account.id)
    );
    assert_eq!(account.url, "https://social.club.example/@Alice");
    assert_eq!(alice.standing(), Standing::Good);
    let key = accounts::find_key(&app, &format!("{}#main-key", account.uri))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(key.owner, account.id);
    assert!(accounts::private_key(&app, account.id).await.is_ok());
}

#[tokio::test]
async fn case_variants_of_a_name_are_one_account() {
    let app = testkit::app().await;
    let john = members::create(&app, named("john")).await.unwrap();

    // S49. Full-width letters and the Turkish dotless i are no letters of names at all.
    let again = members::create(&app, named("JOHN")).await;

    assert!(is_taken(&again, "username"), "{again:?}");
    let found = members::find_by_username(&app, &Username::for_member("JoHn").unwrap())
        .await
        .unwrap();
    assert_eq!(found.unwrap().account.id, john.account.id);
    for other in ["ｊｏｈｎ", "johnı", "john ", "jo\u{200d}hn"] {
        assert!(Username::for_member(other).is_err(), "{other}");
    }
}

#[tokio::test]
async fn a_name_once_taken_is_never_given_again() {
    let app = testkit::app().await;
    members::create(&app, named("alice")).await.unwrap();
    sqlx::query("DELETE FROM accounts")
        .execute(&app.db)
        .await
        .unwrap();

    // S76
    let again = members::create(&app, named("Alice")).await;

    assert!(is_taken(&again, "username"), "{again:?}");
}

#[tokio::test]
async fn a_name_wanted_by_many_at_once_is_given_once() {
    let app = testkit::app().await;

    let made = at_once(&app, 5, |app: App, _| async move {
        members::create(&app, named("alice")).await
    })
    .await;

    assert_eq!(
        made.iter().filter(|made| made.is_ok()).count(),
        1,
        "{made:?}"
    );
    assert_eq!(
        made.iter()
            .filter(|made| is_taken(made, "username"))
            .count(),
        4,
        "{made:?}"
    );
}

#[tokio::test]
async fn a_mail_address_belongs_to_one_member_whatever_its_case() {
    let app = testkit::app().await;
    let with_email = |name, email: &str| NewMember {
        email: Some(email.into()),
        ..named(name)
    };
    members::create(&app, with_email("alice", "alice@mail.example"))
        .await
        .unwrap();

    let again = members::create(&app, with_email("bob", "Alice@Mail.example")).await;

    assert!(is_taken(&again, "email"), "{again:?}");
    // Bob has not lost his name by it.
    assert!(
        members::create(&app, with_email("bob", "bob@mail.example"))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_mail_address_that_two_programs_read_differently_makes_no_member() {
    let app = testkit::app().await;

    // S55
    for email in [
        "alice@mail.example@evil.example",
        "\"alice@evil.example\"@mail.example",
        "alice%evil.example@mail.example",
        "alice@mail.example,eve@evil.example",
        "alice(comment)@mail.example",
        "=?utf-8?q?alice?=@mail.example",
        "alice@mail.example\nbcc: eve@evil.example",
        "alice@[192.0.2.1]",
    ] {
        let new = NewMember {
            email: Some(email.into()),
            ..named("alice")
        };

        let refused = members::create(&app, new).await;

        assert!(
            matches!(refused, Err(Error::Invalid(_))),
            "{email}: {refused:?}"
        );
    }
    assert!(members::list(&app).await.unwrap().is_empty());
}
