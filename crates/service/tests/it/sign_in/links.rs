//! Linking an account that was here before.

use service::{
    Error, auth,
    mail::{Occasion, SendMail},
    sign_in::{
        Entry,
        links::{self, Linking, Proofs, Provable},
        with_identity,
    },
};
use testkit::PASSWORD;

use super::{comes_in, person};

fn showing(password: &str) -> Proofs<'_> {
    Proofs { password, code: "" }
}

#[tokio::test]
async fn both_passwords_in_one_sitting_link_and_close_everything_that_was_open() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    let bearer = app.token_for(&alice, "read").await;
    let (_, cookie) = auth::start_session(&app, alice.id, testkit::place("Firefox"))
        .await
        .unwrap();
    app.forget_jobs().await;
    let identity = person("id-1", "alice");

    let wrong = links::with_proof(&app, &identity, showing("wrong"))
        .await
        .unwrap();
    assert!(matches!(wrong, Linking::Wrong), "{wrong:?}");
    let done = links::with_proof(&app, &identity, showing(PASSWORD))
        .await
        .unwrap();

    assert!(matches!(done, Linking::Done(_)), "{done:?}");
    assert_eq!(comes_in(&app, &identity).await.account.id, alice.id);
    assert!(
        auth::authenticate(&app, bearer.as_ref())
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        auth::find_session(&app, cookie.reveal())
            .await
            .unwrap()
            .is_none()
    );
    let letters = app.enqueued::<SendMail>().await;
    assert!(
        letters
            .iter()
            .any(|letter| letter.occasion == Occasion::Linked),
        "{letters:?}"
    );
    // There is nothing left to link.
    let again = links::with_proof(&app, &identity, showing(PASSWORD))
        .await
        .unwrap();
    assert!(matches!(again, Linking::Refused(_)), "{again:?}");
}

#[tokio::test]
async fn an_account_is_one_person_to_a_source() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    links::link(&app, alice.id, &person("id-1", "alice"))
        .await
        .unwrap();
    let bob = app.member("bob").await;

    for (account, subject) in [(alice.id, "id-2"), (bob.id, "id-1")] {
        let refused = links::link(&app, account, &person(subject, "x")).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    }
    assert_eq!(links::all(&app).await.unwrap().len(), 1);
}

#[tokio::test]
async fn whoever_the_operator_links_comes_in_under_any_name() {
    let app = testkit::app().await;
    let old = app.member("ali_old").with_password().await;

    links::link(&app, old.id, &person("id-1", "王芳"))
        .await
        .unwrap();

    assert_eq!(
        comes_in(&app, &person("id-1", "王芳")).await.account.id,
        old.id
    );
}

#[tokio::test]
async fn without_a_password_an_account_can_only_be_linked_by_the_operator() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let identity = person("id-1", "alice");

    let entry = with_identity(&app, identity.clone()).await.unwrap();

    assert!(matches!(entry, Entry::Taken(_)), "{entry:?}");
    let provable = links::provable(&app, alice.id).await.unwrap();
    assert_eq!(provable, Provable::No);
    for password in ["", "x", PASSWORD] {
        let answer = links::with_proof(&app, &identity, showing(password))
            .await
            .unwrap();
        assert!(matches!(answer, Linking::Wrong), "{answer:?}");
    }
}

#[tokio::test]
async fn the_operator_can_say_that_somebody_has_another_id_now() {
    let app = testkit::app().await;
    let alice = comes_in(&app, &person("id-1", "alice")).await;
    let anew = person("id-2", "alice");

    let refused = links::link(&app, alice.account.id, &anew).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    links::replace(&app, alice.account.id, &anew).await.unwrap();

    assert_eq!(comes_in(&app, &anew).await.account.id, alice.account.id);
    assert_eq!(links::all(&app).await.unwrap().len(), 1);
}
