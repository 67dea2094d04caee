//! Measures about other servers.

use ::model::{
    Domain,
    moderation::{Kind, Params, Target, params::DomainSeverity},
    notification::NotificationKind,
};
use service::{
    accounts,
    consequences::{Parting, PartingWord, SendFollow},
    peers,
};

use super::{carried, taken};
use crate::world::{arrives, home, post, sees};

fn far() -> Domain {
    Domain::parse("far.example").unwrap()
}

fn with(severity: DomainSeverity) -> Params {
    Params {
        severity: Some(severity),
        ..Params::default()
    }
}

#[tokio::test]
async fn a_suspended_domain_and_everything_below_it_is_hidden_from_the_first_moment() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@far.example").await;
    alice.follows(&mia).await;
    let theirs = arrives(&app, post(&mia, "one")).await;

    carried(
        &council,
        Kind::DomainBlock,
        with(DomainSeverity::Suspend),
        Target::Domain(far()),
    )
    .await;
    let newcomer = app.remote("nina@deep.sub.far.example").await;
    let neighbour = app.remote("nils@notfar.example").await;

    assert!(!sees(&app, alice.id, theirs).await);
    assert!(home(&app, alice.id).await.is_empty());
    assert!(mia.now().await.is_suspended());
    assert!(newcomer.now().await.is_suspended(), "S66: below it too");
    assert!(!neighbour.now().await.is_suspended());
    assert!(peers::policy(&app, &far()).await.unwrap().suspended);
}

#[tokio::test]
async fn follows_are_cut_both_ways_and_those_who_lose_by_it_are_told() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (alice, bob) = (app.member("alice").await, app.member("bob").await);
    let mia = app.remote("mia@far.example").await;
    alice.follows(&mia).await;
    mia.follows(&alice).await;
    app.forget_jobs().await;

    carried(
        &council,
        Kind::DomainBlock,
        with(DomainSeverity::Suspend),
        Target::Domain(far()),
    )
    .await;

    let words: Vec<_> = app
        .enqueued::<Parting>()
        .await
        .iter()
        .map(|job| job.word)
        .collect();
    assert_eq!(words.len(), 2);
    assert!(words.contains(&PartingWord::Reject) && words.contains(&PartingWord::Undo));
    assert_eq!(alice.now().await.following_count, 0);
    let kinds =
        |told: Vec<(NotificationKind, _, _)>| told.into_iter().map(|one| one.0).collect::<Vec<_>>();
    let told = kinds(crate::world::told(&app, alice.id).await);
    assert!(
        told.contains(&NotificationKind::SeveredRelationships),
        "{told:?}"
    );
    let told = kinds(crate::world::told(&app, bob.id).await);
    assert!(!told.contains(&NotificationKind::SeveredRelationships));

    carried(
        &council,
        Kind::DomainUnblock,
        Params::default(),
        Target::Domain(far()),
    )
    .await;
    assert_eq!(
        app.enqueued::<SendFollow>().await.len(),
        1,
        "its server is asked again"
    );
    assert_eq!(alice.now().await.following_count, 1);
}

#[tokio::test]
async fn an_emergency_cuts_no_follows_and_ratifying_it_does() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@far.example").await;
    alice.follows(&mia).await;

    let id = taken(
        &app,
        &council,
        Kind::DomainBlock,
        with(DomainSeverity::Suspend),
        Target::Domain(far()),
    )
    .await;
    assert!(mia.now().await.is_suspended());
    assert_eq!(alice.now().await.following_count, 1);
    council.approve(2, id).await;

    assert_eq!(alice.now().await.following_count, 0);
}

#[tokio::test]
async fn a_rule_that_becomes_milder_gives_back_what_the_stricter_one_took() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@far.example").await;
    alice.follows(&mia).await;

    carried(
        &council,
        Kind::DomainBlock,
        with(DomainSeverity::Suspend),
        Target::Domain(far()),
    )
    .await;
    carried(
        &council,
        Kind::DomainChange,
        with(DomainSeverity::Silence),
        Target::Domain(far()),
    )
    .await;

    let now = mia.now().await;
    assert!(!now.is_suspended());
    assert!(now.silenced_at.is_some());
    assert_eq!(alice.now().await.following_count, 1);
}

#[tokio::test]
async fn the_nearest_rule_is_the_one_that_holds() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (mia, nina) = (
        app.remote("mia@far.example").await,
        app.remote("nina@good.far.example").await,
    );
    let good = Domain::parse("good.far.example").unwrap();

    carried(
        &council,
        Kind::DomainBlock,
        with(DomainSeverity::Noop),
        Target::Domain(good.clone()),
    )
    .await;
    carried(
        &council,
        Kind::DomainBlock,
        with(DomainSeverity::Suspend),
        Target::Domain(far()),
    )
    .await;

    assert!(mia.now().await.is_suspended());
    assert!(!nina.now().await.is_suspended());
    assert!(!peers::policy(&app, &good).await.unwrap().suspended);
    carried(
        &council,
        Kind::DomainUnblock,
        Params::default(),
        Target::Domain(good),
    )
    .await;
    assert!(nina.now().await.is_suspended());
}

// S66: a rule that looks at one of somebody's names only is walked around by the other.
#[tokio::test]
async fn a_rule_reaches_those_whose_handle_is_at_another_domain_than_their_server() {
    let app = testkit::app().await;
    let council = app.council().await;
    let sam = app
        .remote("sam@club.example")
        .with(|account| account.uri = "https://social.far.example:8443/users/sam".into())
        .await;

    for domain in ["far.example", "club.example"] {
        let target = Target::Domain(Domain::parse(domain).unwrap());
        carried(
            &council,
            Kind::DomainBlock,
            with(DomainSeverity::Suspend),
            target.clone(),
        )
        .await;
        assert!(sam.now().await.is_suspended(), "{domain}");
        carried(&council, Kind::DomainUnblock, Params::default(), target).await;
        assert!(!sam.now().await.is_suspended(), "{domain}");
    }
}

#[tokio::test]
async fn a_pause_comes_and_goes_beside_any_rule() {
    let app = testkit::app().await;
    let council = app.council().await;
    let below = Domain::parse("sub.far.example").unwrap();

    carried(
        &council,
        Kind::DomainPause,
        Params::default(),
        Target::Domain(far()),
    )
    .await;
    assert!(peers::is_paused(&app, &below).await.unwrap());
    assert_eq!(
        peers::policy(&app, &far()).await.unwrap(),
        peers::Policy::default()
    );
    carried(
        &council,
        Kind::DomainResume,
        Params::default(),
        Target::Domain(far()),
    )
    .await;

    assert!(!peers::is_paused(&app, &below).await.unwrap());
}

#[tokio::test]
async fn where_only_listed_servers_are_dealt_with_two_list_them() {
    let app = testkit::app()
        .settings(|settings| settings.limited_federation = true)
        .await;
    let council = app.council().await;
    let is_shut_out = async || peers::policy(&app, &far()).await.unwrap().suspended;

    assert!(is_shut_out().await);
    carried(
        &council,
        Kind::DomainAllow,
        Params::default(),
        Target::Domain(far()),
    )
    .await;
    assert!(!is_shut_out().await);
    carried(
        &council,
        Kind::DomainDisallow,
        Params::default(),
        Target::Domain(far()),
    )
    .await;
    assert!(is_shut_out().await);
}

#[tokio::test]
async fn a_purge_takes_everything_of_a_suspended_domain_but_what_carries_a_measure() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (mia, nina) = (
        app.remote("mia@far.example").await,
        app.remote("nina@far.example").await,
    );
    let theirs = arrives(&app, post(&mia, "one")).await;
    carried(
        &council,
        Kind::AccountSuspend,
        Params::default(),
        Target::Account(mia.id),
    )
    .await;
    carried(
        &council,
        Kind::DomainBlock,
        with(DomainSeverity::Suspend),
        Target::Domain(far()),
    )
    .await;

    council
        .carries(Kind::DomainPurge, Target::Domain(far()))
        .await;
    app.clock.advance(time::Duration::hours(25));
    service::moderation::timers::run(&app).await.unwrap();
    service::work::register(app.worker(()), &app)
        .run_until_idle()
        .await
        .unwrap();

    assert!(
        service::statuses::load(&app, theirs)
            .await
            .unwrap()
            .is_none()
    );
    assert!(accounts::get(&app, nina.id).await.is_err());
    assert!(
        mia.now().await.is_suspended(),
        "the row that carries the measure stays"
    );
}
