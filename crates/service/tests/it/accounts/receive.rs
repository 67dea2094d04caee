//! What a peer says of an account of its own.

use std::collections::HashSet;

use model::{Domain, account::SuspensionOrigin};
use service::{App, Error, accounts, relationships};
use testkit::{TestApp, remote_account};

use crate::parallel::at_once;

const KEY: &str = "https://mastodon.example/users/mia#main-key";

async fn suspend_here(app: &TestApp) {
    // What the executor leaves behind, put in by hand.
    sqlx::query(
        "INSERT INTO moderation_state (target_type, target_key, field, value, log_seq, since)
              SELECT 'account', id::text, 'suspended', 'true', 0, now() FROM accounts",
    )
    .execute(&app.db)
    .await
    .unwrap();
    sqlx::query("UPDATE accounts a SET suspended_at = s.since, suspension_origin = 'local' FROM moderation_state s")
        .execute(&app.db)
        .await
        .unwrap();
}

#[tokio::test]
async fn fifty_arrivals_of_one_actor_at_once_give_one_row() {
    let app = testkit::app().await;

    // S17
    let ids = at_once(&app, 50, |app: App, _| async move {
        accounts::receive(&app, remote_account("mia@mastodon.example"))
            .await
            .unwrap()
    })
    .await;

    assert_eq!(ids.into_iter().collect::<HashSet<_>>().len(), 1);
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM accounts")
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn two_actors_with_one_handle_at_once_leave_it_to_one_of_them() {
    let app = testkit::app().await;

    let outcomes = at_once(&app, 20, |app: App, number| async move {
        let mut account = remote_account("mia@mastodon.example");
        account.uri = format!("https://mastodon.example/actors/{}", number % 2);
        accounts::receive(&app, account).await
    })
    .await;

    for outcome in outcomes {
        outcome.unwrap();
    }
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM accounts")
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(rows, 2);
}

#[tokio::test]
async fn a_handle_proved_under_a_new_id_leaves_the_old_account() {
    let app = testkit::app().await;
    let before = app.remote("mia@mastodon.example").await;

    let after = app
        .remote("Mia@mastodon.example")
        .with(|account| account.uri = "https://mastodon.example/ap/users/1".into())
        .await;

    let found = accounts::lookup(&app, &"mia@mastodon.example".parse().unwrap())
        .await
        .unwrap();
    assert_ne!(before.id, after.id);
    assert_eq!(found.id, after.id);
    assert_ne!(before.now().await.username, found.username);
}

#[tokio::test]
async fn whoever_takes_over_a_handle_takes_over_nothing_else() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let before = app.remote("mia@mastodon.example").await;
    alice.follows(&before).await;
    before.follows(&alice).await;

    // S76
    let after = app
        .remote("mia@mastodon.example")
        .with(|account| account.uri = "https://mastodon.example/ap/users/1".into())
        .await;

    let bond = relationships::of(&app, alice.id, &[after.id])
        .await
        .unwrap()
        .remove(0);
    assert!(bond.following.is_none() && !bond.followed_by);
    assert_eq!(
        (after.account.followers_count, after.account.following_count),
        (0, 0)
    );
    assert_eq!(before.now().await.followers_count, 1);
}

#[tokio::test]
async fn an_account_of_ours_is_refused_from_outside() {
    let app = testkit::app()
        .domain("club.example")
        .web_domain("social.club.example")
        .settings(|settings| {
            settings.alternate_domains = vec![Domain::parse("old.example").unwrap()];
        })
        .await;
    let alice = app.member("alice").await;

    // S17
    for (handle, uri) in [
        ("alice@club.example", "https://evil.example/users/alice"),
        (
            "alice@social.club.example",
            "https://evil.example/users/alice",
        ),
        ("alice@old.example", "https://evil.example/users/alice"),
        ("alice@evil.example", alice.account.uri.as_str()),
        (
            "alice@evil.example",
            "https://social.club.example/users/nobody",
        ),
        (
            "alice@evil.example",
            "https://SOCIAL.club.example:443/ap/users/1",
        ),
        ("alice@evil.example", "https://club.example/ap/users/1"),
        (
            "alice@evil.example",
            "http://social.club.example/ap/users/1",
        ),
    ] {
        let mut account = remote_account(handle);
        account.uri = uri.into();

        let refused = accounts::receive(&app, account).await;

        assert!(
            matches!(refused, Err(Error::Forbidden(_))),
            "{handle} {uri}: {refused:?}"
        );
    }
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM accounts")
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn a_peers_suspension_comes_and_goes_with_its_word() {
    let app = testkit::app().await;
    let mia = app.remote("mia@mastodon.example").await;

    app.remote("mia@mastodon.example")
        .with(|account| account.suspended = true)
        .await;
    let suspended = mia.now().await.suspended;
    app.remote("mia@mastodon.example").await;
    let lifted = mia.now().await.suspended;

    assert_eq!(
        suspended.map(|(_, origin)| origin),
        Some(SuspensionOrigin::Remote)
    );
    assert_eq!(lifted, None);
}

#[tokio::test]
async fn a_peer_neither_lifts_nor_takes_over_a_suspension_of_ours() {
    let app = testkit::app().await;
    let mia = app.remote("mia@mastodon.example").await;
    suspend_here(&app).await;
    let ours = mia.now().await.suspended;

    for says_suspended in [true, false] {
        app.remote("mia@mastodon.example")
            .with(|account| account.suspended = says_suspended)
            .await;

        assert_eq!(mia.now().await.suspended, ours);
        assert_eq!(
            ours.map(|(_, origin)| origin),
            Some(SuspensionOrigin::Local)
        );
    }
}

#[tokio::test]
async fn a_key_never_changes_hands() {
    let app = testkit::app().await;
    let mia = app
        .remote("mia@mastodon.example")
        .with(|account| account.keys = vec![(KEY.into(), "hers".into())])
        .await;

    // S13
    let eve = app
        .remote("eve@evil.example")
        .with(|account| account.keys = vec![(KEY.into(), "mine".into())])
        .await;

    let key = accounts::find_key(&app, KEY).await.unwrap().unwrap();
    assert_eq!((key.owner, key.pem.as_str()), (mia.id, "hers"));
    assert_ne!(eve.id, mia.id);
}

#[tokio::test]
async fn a_document_replaces_all_keys_of_its_account() {
    let app = testkit::app().await;
    let with_key = |id: &str| vec![(id.to_owned(), "pem".to_owned())];
    app.remote("mia@mastodon.example")
        .with(|account| account.keys = with_key(KEY))
        .await;

    app.remote("mia@mastodon.example")
        .with(|account| account.keys = with_key("https://mastodon.example/k2"))
        .await;

    assert!(accounts::find_key(&app, KEY).await.unwrap().is_none());
    assert!(
        accounts::find_key(&app, "https://mastodon.example/k2")
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn totals_that_a_peer_does_not_tell_stay_as_they_were() {
    let app = testkit::app().await;
    let mia = app
        .remote("mia@mastodon.example")
        .with(|account| account.followers_count = Some(500))
        .await;

    app.remote("mia@mastodon.example").await;

    assert_eq!(mia.now().await.followers_count, 500);
}

#[tokio::test]
async fn a_deleted_account_takes_its_follows_and_counters_along() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    mia.follows(&alice).await;
    alice.follows(&mia).await;

    accounts::receive_deletion(&app, mia.id).await.unwrap();

    let now = alice.now().await;
    assert_eq!((now.followers_count, now.following_count), (0, 0));
    assert!(matches!(
        accounts::get(&app, mia.id).await,
        Err(Error::NotFound)
    ));
}

#[tokio::test]
async fn a_peer_cannot_delete_an_account_of_ours() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;

    let refused = accounts::receive_deletion(&app, alice.id).await;

    assert!(matches!(refused, Err(Error::Forbidden(_))));
    assert!(accounts::get(&app, alice.id).await.is_ok());
}
