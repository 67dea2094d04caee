//! Every measure against every view: where a post is still to be found, and by whom (S65).

use std::collections::BTreeSet;

use ::model::{
    AccountId, Domain, StatusId, Viewer,
    moderation::{Kind, Params, Target, params::DomainSeverity},
    status::TagView,
    timeline::Reach,
};
use service::{
    accounts::{self, StatusFilter},
    search::{self, SearchQuery},
    statuses,
    timelines::{self, TagFilter},
};
use testkit::{Member, TestApp};

use super::carried;
use crate::world::{ALL, arrives, home, ids, named, post, sees, told};

/// A post that can be found by every road there is.
struct Found {
    author: AccountId,
    post: StatusId,
    url: String,
    /// What answers it.
    answer: StatusId,
}

/// Everywhere it is found.
const EVERYWHERE: [&str; 11] = [
    "account",
    "anybody",
    "bookmarks",
    "boosted in home",
    "favourites",
    "home",
    "notifications",
    "public",
    "search",
    "tag",
    "thread",
];
/// Where what is limited is still found: by who looks for it, or has asked for it. (Threads show it to those who follow.)
const NOT_IN_PUBLIC_PLACES: [&str; 8] = [
    "account",
    "anybody",
    "bookmarks",
    "boosted in home",
    "favourites",
    "home",
    "notifications",
    "search",
];
const NOWHERE: [&str; 0] = [];

async fn where_it_is(
    app: &TestApp,
    viewer: &Member,
    friend: &Member,
    found: &Found,
) -> BTreeSet<&'static str> {
    let me = Viewer::Account(viewer.id);
    let id = found.post;
    let everything = StatusFilter {
        page: ALL,
        excludes_replies: false,
        excludes_boosts: false,
        only_media: false,
        only_pinned: false,
        tag: None,
    };
    let tagged = TagFilter {
        name: "moot".into(),
        any: Vec::new(),
        all: Vec::new(),
        none: Vec::new(),
        reach: Reach::Everybody,
        only_media: false,
    };
    let query = SearchQuery {
        q: found.url.clone(),
        kind: None,
        resolve: false,
        following: false,
        limit: 20,
        offset: 0,
    };
    let boosts = timelines::home(app, viewer.id, ALL).await.unwrap();
    let is_boosted = boosts.iter().any(|glimpse| {
        glimpse
            .boost_of
            .as_ref()
            .is_some_and(|boosted| boosted.id == id)
    });
    let by_friend = home(app, friend.id).await;
    let timeline = accounts::statuses(app, me, found.author, &everything)
        .await
        .unwrap();
    let public = timelines::public(app, Viewer::Anybody, Reach::Everybody, false, ALL)
        .await
        .unwrap();
    let tag = timelines::tag(app, Viewer::Anybody, &tagged, ALL)
        .await
        .unwrap();
    let thread = statuses::context(app, me, found.answer)
        .await
        .unwrap()
        .ancestors;
    let results = search::search(app, me, &query).await.unwrap();
    let favourites = statuses::favourites(app, viewer.id, ALL).await.unwrap();
    let bookmarks = statuses::bookmarks(app, viewer.id, ALL).await.unwrap();
    let notified = told(app, viewer.id).await;
    [
        ("account", ids(&timeline).contains(&id)),
        ("anybody", sees(app, Viewer::Anybody, id).await),
        (
            "bookmarks",
            bookmarks.iter().any(|listed| listed.item.id == id),
        ),
        ("boosted in home", is_boosted),
        (
            "favourites",
            favourites.iter().any(|listed| listed.item.id == id),
        ),
        ("home", by_friend.contains(&id)),
        (
            "notifications",
            notified.iter().any(|notice| notice.2 == Some(id)),
        ),
        ("public", ids(&public).contains(&id)),
        (
            "search",
            results.statuses.iter().any(|view| view.status.id == id),
        ),
        ("tag", ids(&tag).contains(&id)),
        ("thread", ids(&thread).contains(&id)),
    ]
    .into_iter()
    .filter_map(|(name, is_there)| is_there.then_some(name))
    .collect()
}

fn rule(severity: DomainSeverity) -> Params {
    Params {
        severity: Some(severity),
        ..Params::default()
    }
}

/// What is done to what, how it is undone, and where it is still seen meanwhile.
type Row<'a> = (&'a Found, Kind, Params, Target, Kind, &'a [&'static str]);

#[tokio::test]
async fn each_measure_hides_a_post_where_it_says_and_nowhere_else() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (alice, bob, carl) = (
        app.member("alice").await,
        app.member("bob").await,
        app.member("carl").await,
    );
    let mia = app.remote("mia@far.example").await;
    // Bob follows both authors; carl follows bob, and sees their posts by his boosts.
    carl.follows(&bob).await;
    bob.follows(&alice).await;
    bob.follows(&mia).await;
    let own = alice.posts("hello @carl #moot").await.status;
    let mut theirs = post(&mia, "one");
    theirs.mentions = vec![named(carl.id)];
    theirs.tags = vec![TagView {
        name: "moot".into(),
        display_name: "moot".into(),
    }];
    let url = theirs.uri.clone();
    let theirs = arrives(&app, theirs).await;
    let mut answers = Vec::new();
    for id in [own.id, theirs] {
        statuses::boost(&app, bob.id, id, None).await.unwrap();
        statuses::favourite(&app, carl.id, id).await.unwrap();
        statuses::bookmark(&app, carl.id, id).await.unwrap();
        answers.push(bob.posts("so it is").in_reply_to(id).await.status.id);
    }
    let local = Found {
        author: alice.id,
        post: own.id,
        url: own.uri.clone(),
        answer: answers[0],
    };
    let remote = Found {
        author: mia.id,
        post: theirs,
        url,
        answer: answers[1],
    };
    let far = Target::Domain(Domain::parse("far.example").unwrap());

    for found in [&local, &remote] {
        let all = where_it_is(&app, &carl, &bob, found).await;
        assert_eq!(all, EVERYWHERE.into(), "before any measure");
    }
    let none = Params::default;
    let account = |found: &Found| Target::Account(found.author);
    let status = |found: &Found| Target::Status(found.post);
    let table: Vec<Row<'_>> = vec![
        (
            &local,
            Kind::AccountSuspend,
            none(),
            account(&local),
            Kind::AccountUnsuspend,
            &NOWHERE,
        ),
        (
            &remote,
            Kind::AccountSuspend,
            none(),
            account(&remote),
            Kind::AccountUnsuspend,
            &NOWHERE,
        ),
        (
            &local,
            Kind::AccountLimit,
            none(),
            account(&local),
            Kind::AccountUnlimit,
            &NOT_IN_PUBLIC_PLACES,
        ),
        (
            &remote,
            Kind::AccountLimit,
            none(),
            account(&remote),
            Kind::AccountUnlimit,
            &NOT_IN_PUBLIC_PLACES,
        ),
        (
            &local,
            Kind::AccountFreeze,
            none(),
            account(&local),
            Kind::AccountUnfreeze,
            &EVERYWHERE,
        ),
        (
            &local,
            Kind::AccountSensitive,
            none(),
            account(&local),
            Kind::AccountUnsensitive,
            &EVERYWHERE,
        ),
        (
            &local,
            Kind::StatusDelete,
            none(),
            status(&local),
            Kind::StatusRestore,
            &NOWHERE,
        ),
        (
            &remote,
            Kind::StatusDelete,
            none(),
            status(&remote),
            Kind::StatusRestore,
            &NOWHERE,
        ),
        (
            &local,
            Kind::StatusHide,
            none(),
            status(&local),
            Kind::StatusRestore,
            &NOWHERE,
        ),
        (
            &remote,
            Kind::StatusHide,
            none(),
            status(&remote),
            Kind::StatusRestore,
            &NOWHERE,
        ),
        (
            &remote,
            Kind::DomainBlock,
            rule(DomainSeverity::Suspend),
            far.clone(),
            Kind::DomainUnblock,
            &NOWHERE,
        ),
        (
            &remote,
            Kind::DomainBlock,
            rule(DomainSeverity::Silence),
            far.clone(),
            Kind::DomainUnblock,
            &NOT_IN_PUBLIC_PLACES,
        ),
        (
            &remote,
            Kind::DomainBlock,
            rule(DomainSeverity::Noop),
            far.clone(),
            Kind::DomainUnblock,
            &EVERYWHERE,
        ),
        (
            &remote,
            Kind::DomainPause,
            none(),
            far,
            Kind::DomainResume,
            &EVERYWHERE,
        ),
    ];

    for (found, kind, params, target, undo, expected) in table {
        let what = format!("{kind:?} {params:?} of {target}");
        carried(&council, kind, params, target.clone()).await;

        let left = where_it_is(&app, &carl, &bob, found).await;
        assert_eq!(left, expected.iter().copied().collect(), "{what}");
        carried(&council, undo, none(), target).await;

        let back = where_it_is(&app, &carl, &bob, found).await;
        assert_eq!(back, EVERYWHERE.into(), "after {what} and {undo:?}");
    }
}
