//! Handles of those who come from the organisation.

use service::settings::UsernamePolicy;

use super::{comes_in, person, refused};

#[tokio::test]
async fn what_a_handle_cannot_have_is_mapped() {
    let app = testkit::app().await;

    for (number, (name, handle)) in [
        ("first.last", "first_last"),
        ("Mary Ann", "mary_ann"),
        ("jürgen", "jurgen"),
        ("someone@club.example", "someone"),
    ]
    .into_iter()
    .enumerate()
    {
        let member = comes_in(&app, &person(&format!("id-{number}"), name)).await;

        assert_eq!(member.account.username.as_str(), handle);
    }
}

#[tokio::test]
async fn names_of_offices_and_names_without_letters_are_refused_with_a_reason() {
    let app = testkit::app().await;

    for (name, reason) in [
        ("admin", "office"),
        ("Röot", "office"),
        ("王芳", "no letters or digits"),
        ("..", "no letters or digits"),
    ] {
        let sentence = refused(&app, &person("id-1", name)).await;

        assert!(sentence.contains(reason), "{sentence}");
        assert!(
            sentence.contains("Ask whoever runs this server"),
            "{sentence}"
        );
    }
}

#[tokio::test]
async fn where_names_are_free_a_taken_one_gets_a_number() {
    let app = testkit::app()
        .settings(|settings| settings.sign_in.usernames = UsernamePolicy::Free)
        .await;
    app.member("alice").with_password().await;

    for expected in ["alice_1", "alice_2"] {
        let member = comes_in(&app, &person(expected, "alice")).await;

        assert_eq!(member.account.username.as_str(), expected);
    }
    refused(&app, &person("id-9", "admin")).await;
}
