//! Every measure against every road in: what a suspended account or domain does, by whomever it is brought, changes nothing
//! here (S65, S66).

use ::model::{
    Domain, Viewer, Visibility,
    moderation::{Kind, Params, Target, params::DomainSeverity},
    notification::NotificationKind,
};
use service::{
    accounts, relationships,
    statuses::{self, Arrival, Received},
};

use super::carried;
use crate::world::{SHARED, arrives, home, named, post, sees, told};

fn measures(account: ::model::AccountId) -> [(Kind, Params, Target); 2] {
    let suspend = Params {
        severity: Some(DomainSeverity::Suspend),
        ..Params::default()
    };
    [
        (
            Kind::AccountSuspend,
            Params::default(),
            Target::Account(account),
        ),
        (
            Kind::DomainBlock,
            suspend,
            Target::Domain(Domain::parse("far.example").unwrap()),
        ),
    ]
}

#[tokio::test]
async fn nothing_of_somebody_suspended_comes_in_by_any_road() {
    for which in 0..2 {
        let app = testkit::app().await;
        let council = app.council().await;
        let (alice, bob) = (app.member("alice").await, app.member("bob").await);
        let mia = app.remote("mia@far.example").await;
        let friend = app.remote("fred@other.example").await;
        alice.follows(&mia).await;
        alice.follows(&friend).await;
        let own = alice.posts("hello").await.status;
        let known = arrives(&app, post(&mia, "known")).await;
        let (kind, params, target) = measures(mia.id).into_iter().nth(which).unwrap();
        carried(&council, kind, params, target).await;

        // Sent, fetched, delivered in person, in answer to a member's post.
        let mut answer = post(&mia, "answer");
        answer.in_reply_to_uri = Some(own.uri.clone());
        answer.mentions = vec![named(alice.id)];
        let in_person = Arrival::Pushed {
            inbox_owner: Some(alice.id),
        };
        for (post, arrival) in [
            (post(&mia, "pushed"), SHARED),
            (post(&mia, "fetched"), Arrival::Fetched),
            (post(&mia, "personal"), in_person),
            (answer, SHARED),
        ] {
            let uri = post.uri.clone();
            let received = statuses::receive(&app, post, arrival).await.unwrap();
            assert_eq!(received, Received::Irrelevant, "{kind:?} {uri}");
        }
        // Boosted by somebody else, edited, sent again.
        statuses::receive_boost(
            &app,
            friend.id,
            known,
            "https://other.example/b/1",
            Visibility::Public,
            None,
        )
        .await
        .unwrap();
        let mut edit = post(&mia, "known");
        edit.updated = Some(app.clock.now());
        statuses::receive_edit(&app, edit).await.unwrap();
        statuses::receive(&app, post(&mia, "known"), SHARED)
            .await
            .unwrap();
        // What it does with a member's post.
        let boosted = statuses::receive_boost(
            &app,
            mia.id,
            own.id,
            "https://far.example/b/2",
            Visibility::Public,
            None,
        )
        .await;
        assert!(boosted.unwrap().is_none(), "{kind:?}");
        assert!(
            !statuses::receive_favourite(&app, mia.id, own.id, "https://far.example/l/1")
                .await
                .unwrap()
        );
        // Its document is read again, and a newcomer comes from beside it.
        accounts::receive(&app, testkit::remote_account("mia@far.example"))
            .await
            .unwrap();

        assert!(!sees(&app, alice.id, known).await, "{kind:?}");
        assert!(!sees(&app, Viewer::Anybody, known).await);
        assert_eq!(home(&app, alice.id).await, [own.id], "{kind:?}");
        assert!(mia.now().await.is_suspended());
        let own = statuses::get(&app, alice.id.into(), own.id)
            .await
            .unwrap()
            .status;
        assert_eq!(
            (own.boosts_count, own.favourites_count, own.replies_count),
            (0, 0, 0)
        );
        let heard = told(&app, alice.id).await;
        assert!(
            heard.iter().all(|notice| notice.1 != mia.id),
            "{kind:?}: {heard:?}"
        );
        drop(bob);
    }
}

#[tokio::test]
async fn whoever_is_limited_reaches_only_those_who_follow() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (alice, bob) = (app.member("alice").await, app.member("bob").await);
    let mia = app.remote("mia@far.example").await;
    alice.follows(&mia).await;
    let (for_alice, for_bob) = (
        alice.posts("hello").await.status.id,
        bob.posts("hello").await.status.id,
    );

    for (kind, params, target) in [
        (
            Kind::AccountLimit,
            Params::default(),
            Target::Account(mia.id),
        ),
        (
            Kind::DomainBlock,
            Params {
                severity: Some(DomainSeverity::Silence),
                ..Params::default()
            },
            Target::Domain(Domain::parse("far.example").unwrap()),
        ),
    ] {
        let undo = kind.undo().unwrap();
        carried(&council, kind, params, target.clone()).await;
        for (number, own) in [for_alice, for_bob].into_iter().enumerate() {
            let uri = format!("https://far.example/likes/{kind:?}/{number}");
            statuses::receive_favourite(&app, mia.id, own, &uri)
                .await
                .unwrap();
        }

        let kinds = async |member| {
            let told = told(&app, member).await;
            told.into_iter().map(|notice| notice.0).collect::<Vec<_>>()
        };
        assert!(
            kinds(alice.id).await.contains(&NotificationKind::Favourite),
            "{kind:?}"
        );
        assert!(
            !kinds(bob.id).await.contains(&NotificationKind::Favourite),
            "{kind:?}"
        );
        // Who wants to follow has to ask.
        let uri = format!("https://far.example/follows/{kind:?}");
        let asked = relationships::receive_follow(&app, mia.id, bob.id, &uri)
            .await
            .unwrap();
        assert_eq!(asked, relationships::ReceivedFollow::Pending, "{kind:?}");
        relationships::receive_undo_follow(&app, mia.id, bob.id)
            .await
            .unwrap();
        statuses::receive_unfavourite(&app, mia.id, statuses::Undone::Of(for_alice))
            .await
            .unwrap();
        statuses::receive_unfavourite(&app, mia.id, statuses::Undone::Of(for_bob))
            .await
            .unwrap();
        carried(&council, undo, Params::default(), target).await;
    }
}
