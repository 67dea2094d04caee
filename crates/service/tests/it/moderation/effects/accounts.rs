//! Measures about accounts: what others see of them, what they can do, and what other servers are told.

use ::model::{
    Viewer,
    account::SuspensionOrigin,
    moderation::{Kind, Params, Target},
};
use service::{
    accounts, auth,
    consequences::{Parting, PartingWord, PublishDeletion, PublishProfile, SendFollow},
    members, relationships,
};
use testkit::{place, remote_account};

use super::{carried, refused, taken};
use crate::world::{ALL, home, sees};

fn none() -> Params {
    Params::default()
}

#[tokio::test]
async fn a_suspended_member_is_signed_out_and_shown_to_nobody_and_peers_are_told() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (alice, bob) = (app.member("alice").await, app.member("bob").await);
    bob.follows(&alice).await;
    let post = alice.posts("hello").await.status.id;
    let (_, cookie) = auth::start_session(&app, alice.id, place("x"))
        .await
        .unwrap();
    app.forget_jobs().await;

    carried(
        &council,
        Kind::AccountSuspend,
        none(),
        Target::Account(alice.id),
    )
    .await;

    // S40: sessions are over.
    assert!(
        auth::find_session(&app, cookie.reveal())
            .await
            .unwrap()
            .is_none()
    );
    assert!(!sees(&app, Viewer::Anybody, post).await);
    assert!(!sees(&app, bob.id, post).await);
    assert!(home(&app, bob.id).await.is_empty());
    let told = app.enqueued::<PublishProfile>().await;
    assert!(
        told.iter().any(|job| job.account_id == alice.id),
        "Update of the actor"
    );
    assert!(
        app.enqueued::<PublishDeletion>().await.is_empty(),
        "no Delete before data are deleted"
    );
    let shown = alice.now().await;
    assert!(matches!(
        shown.suspended,
        Some((_, SuspensionOrigin::Local))
    ));
}

#[tokio::test]
async fn whom_moderators_have_shut_out_comes_to_the_page_for_appeals_and_nowhere_else() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    assert!(
        members::open_exit_as(&app, alice.id)
            .await
            .unwrap()
            .is_none()
    );

    for (kind, undo) in [
        (Kind::AccountFreeze, Kind::AccountUnfreeze),
        (Kind::AccountSuspend, Kind::AccountUnsuspend),
    ] {
        carried(&council, kind, none(), Target::Account(alice.id)).await;
        let cookie = members::open_exit_as(&app, alice.id)
            .await
            .unwrap()
            .unwrap();
        let found = members::find_leaver(&app, cookie.reveal()).await.unwrap();
        assert_eq!(found.unwrap().account.id, alice.id);
        assert!(
            auth::find_session(&app, cookie.reveal())
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            accounts::delete(&app, alice.id).await.is_err(),
            "what was decided stays"
        );

        carried(&council, undo, none(), Target::Account(alice.id)).await;
        assert!(
            members::find_leaver(&app, cookie.reveal())
                .await
                .unwrap()
                .is_none(),
            "{kind:?}"
        );
    }
}

#[tokio::test]
async fn a_frozen_members_tokens_open_nothing_and_their_posts_stay() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let post = alice.posts("hello").await.status.id;

    carried(
        &council,
        Kind::AccountFreeze,
        none(),
        Target::Account(alice.id),
    )
    .await;

    let member = members::get(&app, alice.id).await.unwrap();
    assert_eq!(member.standing(), ::model::member::Standing::Disabled);
    assert!(sees(&app, Viewer::Anybody, post).await);
}

#[tokio::test]
async fn a_suspended_peers_account_stops_following_and_its_server_hears_a_last_word() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@far.example").await;
    mia.follows(&alice).await;
    alice.follows(&mia).await;
    app.forget_jobs().await;

    carried(
        &council,
        Kind::AccountSuspend,
        none(),
        Target::Account(mia.id),
    )
    .await;

    let partings = app.enqueued::<Parting>().await;
    assert_eq!(
        partings.len(),
        1,
        "what members follow stays, without effect"
    );
    assert_eq!(partings[0].word, PartingWord::Reject);
    assert_eq!(
        (partings[0].follower_id, partings[0].followee_id),
        (mia.id, alice.id)
    );
    assert!(
        accounts::followers(&app, Viewer::Account(alice.id), alice.id, ALL)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_follow_that_its_own_end_has_undone_meanwhile_does_not_come_back() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@far.example").await;
    mia.follows(&alice).await;
    carried(
        &council,
        Kind::AccountSuspend,
        none(),
        Target::Account(mia.id),
    )
    .await;

    relationships::receive_undo_follow(&app, mia.id, alice.id)
        .await
        .unwrap();
    carried(
        &council,
        Kind::AccountUnsuspend,
        none(),
        Target::Account(mia.id),
    )
    .await;

    assert!(
        accounts::followers(&app, Viewer::Account(alice.id), alice.id, ALL)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(alice.now().await.followers_count, 0);
    assert!(app.enqueued::<SendFollow>().await.is_empty());
}

#[tokio::test]
async fn what_its_own_server_says_of_an_account_and_what_we_say_stand_apart() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mia = app.remote("mia@far.example").await;
    let says = async |suspended| {
        let mut account = remote_account("mia@far.example");
        account.suspended = suspended;
        accounts::receive(&app, account).await.unwrap();
        mia.now().await.suspended.map(|(_, origin)| origin)
    };

    assert_eq!(says(true).await, Some(SuspensionOrigin::Remote));
    carried(
        &council,
        Kind::AccountSuspend,
        none(),
        Target::Account(mia.id),
    )
    .await;
    assert_eq!(says(true).await, Some(SuspensionOrigin::Local));
    assert_eq!(
        says(false).await,
        Some(SuspensionOrigin::Local),
        "its server cannot lift ours"
    );
    assert_eq!(says(true).await, Some(SuspensionOrigin::Local));
    carried(
        &council,
        Kind::AccountUnsuspend,
        none(),
        Target::Account(mia.id),
    )
    .await;

    let now = mia.now().await.suspended.map(|(_, origin)| origin);
    assert_eq!(
        now,
        Some(SuspensionOrigin::Remote),
        "what its server says holds again"
    );
    assert_eq!(says(false).await, None);
}

#[tokio::test]
async fn only_suspended_accounts_lose_their_data_and_nothing_brings_them_back() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (alice, bob) = (app.member("alice").await, app.member("bob").await);
    let mia = app.remote("mia@far.example").await;
    let early = council
        .carries(Kind::AccountDeleteData, Target::Account(bob.id))
        .await
        .proposal
        .id;
    for id in [alice.id, mia.id] {
        carried(&council, Kind::AccountSuspend, none(), Target::Account(id)).await;
        let proposal = council
            .carries(Kind::AccountDeleteData, Target::Account(id))
            .await;
        assert_eq!(
            proposal.proposal.state,
            ::model::moderation::proposal::State::Approved,
            "it cools off"
        );
    }
    app.clock.advance(time::Duration::hours(25));
    service::moderation::timers::run(&app).await.unwrap();

    let early = service::moderation::view::proposal(&app, &council.seat(1).await, early)
        .await
        .unwrap();
    let said = early.proposal.failure.unwrap();
    assert!(said.contains("suspended"), "{said}");
    assert!(!bob.now().await.is_gone());
    assert!(alice.now().await.is_gone());
    assert!(!app.enqueued::<PublishDeletion>().await.is_empty());
    assert!(members::get(&app, alice.id).await.is_err());
    assert_eq!(
        app.enqueued::<accounts::EraseRemoteAccount>().await.len(),
        1
    );
}

#[tokio::test]
async fn an_emptied_profile_can_be_written_anew_and_be_emptied_again() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let writes = async |note: &str| {
        let change = accounts::ProfileChange {
            note: Some(note.into()),
            ..accounts::ProfileChange::default()
        };
        accounts::update_profile(&app, alice.id, change)
            .await
            .unwrap();
    };
    let target = Target::Account(alice.id);

    for text in ["first", "second"] {
        writes(text).await;
        carried(
            &council,
            Kind::AccountRemoveProfileText,
            none(),
            target.clone(),
        )
        .await;
        assert_eq!(alice.now().await.note_source, "");
    }
    let said = refused(&council, Kind::AccountRemoveProfileText, target).await;
    assert!(said.contains("no text"), "{said}");
}

#[tokio::test]
async fn what_does_not_fit_any_more_is_said_in_a_sentence() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (alice, mia) = (
        app.member("alice").await,
        app.remote("mia@far.example").await,
    );
    let about = |id| Target::Account(id);

    for (kind, target, part) in [
        (Kind::AccountUnsuspend, about(alice.id), "not suspended"),
        (Kind::AccountUnfreeze, about(alice.id), "not frozen"),
        (Kind::AccountFreeze, about(mia.id), "Only members"),
        (Kind::AccountWarn, about(mia.id), "Only members"),
        (Kind::SignUpApprove, about(alice.id), "Nobody waits"),
        (
            Kind::AccountLimit,
            about(::model::AccountId::new(7)),
            "gone",
        ),
        (Kind::RegistrationsUnlock, Target::Server, "not closed"),
        (
            Kind::DomainUnblock,
            Target::Domain(::model::Domain::parse("far.example").unwrap()),
            "no rule",
        ),
        (
            Kind::DomainBlock,
            Target::Domain(::model::Domain::parse("moot.test").unwrap()),
            "own name",
        ),
    ] {
        let said = refused(&council, kind, target).await;
        assert!(said.contains(part), "{kind:?}: {said}");
    }
    accounts::delete(&app, alice.id).await.unwrap();
    let said = refused(&council, Kind::AccountLimit, about(alice.id)).await;
    assert!(said.contains("deleted"), "{said}");
}

#[tokio::test]
async fn somebody_who_waits_is_let_in_or_turned_away_by_two() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (anna, olga) = (
        app.member("anna").unapproved().await,
        app.member("olga").unapproved().await,
    );

    carried(
        &council,
        Kind::SignUpApprove,
        none(),
        Target::Account(anna.id),
    )
    .await;
    carried(
        &council,
        Kind::SignUpReject,
        none(),
        Target::Account(olga.id),
    )
    .await;

    let anna = members::get(&app, anna.id).await.unwrap();
    assert_eq!(anna.standing(), ::model::member::Standing::Good);
    assert!(members::get(&app, olga.id).await.is_err());
    app.member("olga").await;
}

// S65: what leaves and comes back leaves its measure behind otherwise.
#[tokio::test]
async fn an_account_that_its_server_deletes_and_brings_again_is_still_suspended() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mia = app.remote("mia@far.example").await;
    carried(
        &council,
        Kind::AccountSuspend,
        none(),
        Target::Account(mia.id),
    )
    .await;

    accounts::receive_deletion(&app, mia.id).await.unwrap();
    let id = accounts::receive(&app, remote_account("mia@far.example"))
        .await
        .unwrap();

    assert!(accounts::get(&app, id).await.unwrap().is_suspended());
}

#[tokio::test]
async fn an_emergency_tells_no_server_anything_and_ratifying_it_does() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@far.example").await;
    mia.follows(&alice).await;
    app.forget_jobs().await;

    let proposal = taken(
        &app,
        &council,
        Kind::AccountSuspend,
        none(),
        Target::Account(mia.id),
    )
    .await;
    assert!(app.enqueued::<Parting>().await.is_empty());
    council.approve(2, proposal).await;

    assert_eq!(app.enqueued::<Parting>().await.len(), 1);
}
