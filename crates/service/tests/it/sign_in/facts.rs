//! What is believed of a source, and what is not.

use model::member::Office;
use service::{accounts, consequences::PublishProfile, members};
use signin::Identity;

use super::{comes_in, person};

fn with_email(subject: &str, email: &str) -> Identity {
    Identity {
        email: Some(email.into()),
        ..person(subject, "alice")
    }
}

#[tokio::test]
async fn an_address_that_is_not_vouched_for_or_not_plain_or_not_allowed_is_left_out() {
    let app = testkit::app()
        .settings(|settings| {
            settings.email_domains.allowed = vec!["club.example".into()];
            settings.email_domains.denied = vec!["guests.club.example".into()];
        })
        .await;
    comes_in(&app, &person("id-1", "alice")).await;

    for email in [
        "alice@elsewhere.example",
        "alice@guests.club.example",
        "\"alice\"@club.example",
        "alice@club.example, eve@club.example",
        "alice%eve@club.example",
        "",
    ] {
        let alice = comes_in(&app, &with_email("id-1", email)).await;

        assert_eq!(
            alice.email.as_deref(),
            Some("alice@club.example"),
            "{email}"
        );
    }
    let unverified = Identity {
        email_is_verified: false,
        ..with_email("id-1", "new@club.example")
    };
    let alice = comes_in(&app, &unverified).await;
    assert_eq!(alice.email.as_deref(), Some("alice@club.example"));
    let alice = comes_in(&app, &with_email("id-1", "new@club.example")).await;
    assert_eq!(alice.email.as_deref(), Some("new@club.example"));
}

#[tokio::test]
async fn somebody_without_a_usable_address_comes_in_without_one() {
    let app = testkit::app().await;
    let mut alice = person("id-1", "alice");
    alice.email = None;

    let member = comes_in(&app, &alice).await;

    assert_eq!(member.email, None);
    assert!(member.confirmed_at.is_some());
}

#[tokio::test]
async fn an_address_of_another_member_stays_theirs() {
    let app = testkit::app().await;
    let bob = app.member("bob").await;
    comes_in(&app, &person("id-1", "alice")).await;

    let alice = comes_in(&app, &with_email("id-1", "Bob@Mail.example")).await;

    assert_eq!(alice.email.as_deref(), Some("alice@club.example"));
    let bob = members::get(&app, bob.id).await.unwrap();
    assert_eq!(bob.email.as_deref(), Some("bob@mail.example"));
}

#[tokio::test]
async fn groups_make_eligible_and_leaving_them_ends_it() {
    let app = testkit::app()
        .settings(|settings| {
            settings.sign_in.offices = vec![
                ("cn=board,ou=groups,dc=club".into(), Office::Board),
                ("mods".into(), Office::Candidate),
            ];
        })
        .await;
    let mut alice = person("id-1", "alice");
    alice.groups = vec![
        "CN=Board, ou=groups,dc=club".into(),
        "Mods".into(),
        "x".into(),
    ];

    let member = comes_in(&app, &alice).await;

    assert_eq!(member.eligible_for, [Office::Candidate, Office::Board]);
    assert_eq!(member.role, model::member::Role::Member);
    alice.groups.clear();
    assert!(comes_in(&app, &alice).await.eligible_for.is_empty());
}

#[tokio::test]
async fn a_provider_does_not_take_away_what_the_directory_gives() {
    let app = testkit::app()
        .settings(|settings| {
            settings.sign_in.offices = vec![("board".into(), Office::Board)];
        })
        .await;
    let mut alice = person("id-1", "alice");
    alice.groups = vec!["board".into()];
    let member = comes_in(&app, &alice).await;
    let at_provider = Identity {
        source: "https://id.example".into(),
        groups: Vec::new(),
        email: Some("private@home.example".into()),
        ..person("sub", "alice")
    };
    service::sign_in::links::link(&app, member.account.id, &at_provider)
        .await
        .unwrap();

    let member = comes_in(&app, &at_provider).await;

    assert_eq!(member.eligible_for, [Office::Board]);
    assert_eq!(member.email.as_deref(), Some("alice@club.example"));
}

#[tokio::test]
async fn a_name_is_shown_from_the_directory_only_where_the_operator_says_so_and_none_is_chosen() {
    let silent = testkit::app().await;
    let telling = testkit::app()
        .settings(|settings| settings.sign_in.display_names = true)
        .await;
    let mut alice = person("id-1", "alice");
    alice.display_name = Some("Alice <b>Liddell</b> of the very long name that goes on".into());

    assert_eq!(comes_in(&silent, &alice).await.account.display_name, "");
    let member = comes_in(&telling, &alice).await;
    let shown = &member.account.display_name;
    assert!(shown.starts_with("Alice"), "{shown}");
    assert!(shown.chars().count() <= 30, "{shown}");

    let chosen = accounts::ProfileChange {
        display_name: Some("Queen".into()),
        ..accounts::ProfileChange::default()
    };
    accounts::update_profile(&telling, member.account.id, chosen)
        .await
        .unwrap();
    telling.forget_jobs().await;
    assert_eq!(
        comes_in(&telling, &alice).await.account.display_name,
        "Queen"
    );
    assert!(telling.enqueued::<PublishProfile>().await.is_empty());
}
