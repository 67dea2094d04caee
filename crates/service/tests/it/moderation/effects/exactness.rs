//! Whatever can be undone leaves nothing behind: the second invariant of undoing, kind by kind, here and elsewhere, by decision
//! and by itself.

use ::model::{
    Domain, Visibility,
    moderation::{
        Kind, Params, Target,
        params::{Comparison, DomainSeverity, IpSeverity},
    },
};
use service::{relationships, statuses};
use testkit::{Member, Remote, TestApp};

use super::{
    carried, let_lapse,
    snapshot::{assert_same, snapshot},
    taken,
};
use crate::world::{arrives, post};

/// People and posts that are tied to each other in every way there is.
struct World {
    alice: Member,
    mia: Remote,
    own: ::model::StatusId,
    theirs: ::model::StatusId,
    boost: ::model::StatusId,
}

async fn world(app: &TestApp) -> World {
    let (alice, bob) = (app.member("alice").await, app.member("bob").await);
    let carl = app.member("carl").locked().await;
    let mia = app.remote("mia@far.example").await;
    let nina = app.remote("nina@sub.far.example").locked().await;
    alice.follows(&mia).await;
    bob.follows(&mia).await;
    bob.follows(&alice).await;
    alice.follows(&bob).await;
    mia.follows(&alice).await;
    nina.follows(&bob).await;
    bob.asks_to_follow(&nina).await;
    let uri = format!("{}#asks", nina.account.uri);
    relationships::receive_follow(app, nina.id, carl.id, &uri)
        .await
        .unwrap();
    relationships::follow(
        app,
        bob.id,
        mia.id,
        relationships::FollowChange {
            shows_boosts: Some(false),
            notifies: Some(true),
            languages: Some(vec!["de".into()]),
        },
    )
    .await
    .unwrap();
    let parent = bob.posts("a beginning").await.status.id;
    let own = alice
        .posts("hello @bob #moot")
        .in_reply_to(parent)
        .await
        .status
        .id;
    let theirs = arrives(app, post(&mia, "one")).await;
    bob.posts("well").in_reply_to(own).await;
    statuses::favourite(app, bob.id, own).await.unwrap();
    statuses::bookmark(app, bob.id, own).await.unwrap();
    statuses::favourite(app, alice.id, theirs).await.unwrap();
    let boost = statuses::boost(app, bob.id, own, None)
        .await
        .unwrap()
        .status
        .id;
    statuses::boost(app, alice.id, theirs, None).await.unwrap();
    statuses::receive_boost(
        app,
        mia.id,
        own,
        "https://far.example/boosts/1",
        Visibility::Public,
        None,
    )
    .await
    .unwrap();
    World {
        alice,
        mia,
        own,
        theirs,
        boost,
    }
}

fn domain() -> Target {
    Target::Domain(Domain::parse("far.example").unwrap())
}

fn rule(severity: DomainSeverity) -> Params {
    Params {
        severity: Some(severity),
        reject_media: Some(true),
        reject_reports: Some(true),
        obfuscate: Some(true),
        ..Params::default()
    }
}

/// Every kind that another undoes, with everything it can be about.
fn pairs(world: &World) -> Vec<(Kind, Params, Kind, Target)> {
    let mut pairs = Vec::new();
    let none = Params::default;
    for account in [world.alice.id, world.mia.id] {
        let target = Target::Account(account);
        pairs.extend([
            (
                Kind::AccountSensitive,
                none(),
                Kind::AccountUnsensitive,
                target.clone(),
            ),
            (
                Kind::AccountLimit,
                none(),
                Kind::AccountUnlimit,
                target.clone(),
            ),
            (Kind::AccountSuspend, none(), Kind::AccountUnsuspend, target),
        ]);
    }
    pairs.push((
        Kind::AccountFreeze,
        none(),
        Kind::AccountUnfreeze,
        Target::Account(world.alice.id),
    ));
    for status in [world.own, world.theirs, world.boost] {
        let target = Target::Status(status);
        pairs.extend([
            (
                Kind::StatusDelete,
                none(),
                Kind::StatusRestore,
                target.clone(),
            ),
            (
                Kind::StatusHide,
                none(),
                Kind::StatusRestore,
                target.clone(),
            ),
            (
                Kind::StatusSensitive,
                none(),
                Kind::StatusUnsensitive,
                target,
            ),
        ]);
    }
    for severity in [
        DomainSeverity::Noop,
        DomainSeverity::Silence,
        DomainSeverity::Suspend,
    ] {
        pairs.push((
            Kind::DomainBlock,
            rule(severity),
            Kind::DomainUnblock,
            domain(),
        ));
    }
    let no_access = Params {
        ip_severity: Some(IpSeverity::NoAccess),
        expires_in: Some(3600),
        ..Params::default()
    };
    let contains = Params {
        comparison: Some(Comparison::Contains),
        ..Params::default()
    };
    let hash = service::moderation::spelling::email_hash("spam@mail.example").unwrap();
    pairs.extend([
        (Kind::DomainAllow, none(), Kind::DomainDisallow, domain()),
        (Kind::DomainPause, none(), Kind::DomainResume, domain()),
        (
            Kind::EmailDomainBlock,
            none(),
            Kind::EmailDomainUnblock,
            Target::EmailDomain("spam.example".into()),
        ),
        (
            Kind::EmailBlock,
            none(),
            Kind::EmailUnblock,
            Target::Email(hash),
        ),
        (
            Kind::IpBlock,
            no_access,
            Kind::IpUnblock,
            Target::IpRange("192.0.2.0/24".into()),
        ),
        (
            Kind::UsernameBlock,
            contains,
            Kind::UsernameUnblock,
            Target::Username("admin".into()),
        ),
        (
            Kind::RegistrationsLock,
            none(),
            Kind::RegistrationsUnlock,
            Target::Server,
        ),
    ]);
    pairs
}

#[tokio::test]
async fn what_two_decide_and_undo_leaves_every_row_as_it_was() {
    let app = testkit::app().await;
    let council = app.council().await;
    let world = world(&app).await;

    for (kind, params, undo, target) in pairs(&world) {
        let what = format!("{kind:?} of {target}");
        let before = snapshot(&app).await;

        carried(&council, kind, params, target.clone()).await;
        assert_ne!(before, snapshot(&app).await, "{what} does nothing");
        carried(&council, undo, Params::default(), target).await;

        assert_same(&before, &snapshot(&app).await, &what);
    }
}

// The third invariant: a rollback restores every field; follows are as before.
#[tokio::test]
async fn what_one_does_in_an_emergency_is_gone_without_a_trace_when_nobody_ratifies() {
    let app = testkit::app().await;
    let council = app.council().await;
    let world = world(&app).await;

    for (kind, params, _, target) in pairs(&world) {
        if !kind.is_emergency_measure() {
            continue;
        }
        // One person blocks less of a server than a quorum does.
        let params = Params {
            reject_reports: None,
            obfuscate: None,
            ..params
        };
        let what = format!("{kind:?} of {target}");
        let before = snapshot(&app).await;
        app.forget_jobs().await;

        taken(&app, &council, kind, params, target).await;
        assert_ne!(before, snapshot(&app).await, "{what} does nothing");
        // Nothing has left that could not be called back.
        for told in ["retract", "parting", "publish_deletion"] {
            assert!(
                app.jobs().await.iter().all(|job| job.kind != told),
                "{what}: {told}"
            );
        }
        let_lapse(&app).await;
        // The same moderator may not try again at once; the next measure is another week's.
        app.clock.advance(time::Duration::days(8));

        assert_same(&before, &snapshot(&app).await, &what);
    }
}

#[tokio::test]
async fn measures_that_overlap_come_off_in_any_order() {
    let app = testkit::app().await;
    let council = app.council().await;
    let world = world(&app).await;
    let account = Target::Account(world.mia.id);
    let before = snapshot(&app).await;

    for lifted_first in [Kind::AccountUnsuspend, Kind::DomainUnblock] {
        carried(
            &council,
            Kind::DomainBlock,
            rule(DomainSeverity::Suspend),
            domain(),
        )
        .await;
        carried(
            &council,
            Kind::AccountSuspend,
            Params::default(),
            account.clone(),
        )
        .await;
        let (first, second) = match lifted_first {
            Kind::AccountUnsuspend => (
                (lifted_first, account.clone()),
                (Kind::DomainUnblock, domain()),
            ),
            _ => (
                (lifted_first, domain()),
                (Kind::AccountUnsuspend, account.clone()),
            ),
        };
        carried(&council, first.0, Params::default(), first.1).await;
        assert!(
            world.mia.now().await.is_suspended(),
            "the other measure holds"
        );
        carried(&council, second.0, Params::default(), second.1).await;

        assert_same(
            &before,
            &snapshot(&app).await,
            &format!("{lifted_first:?} first"),
        );
    }
}
