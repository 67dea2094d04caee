//! One run after the other.

use model::member::{Office, Standing};
use service::{
    Error, auth, members,
    members::{Run, What},
};
use testkit::place;
use time::Duration;

use super::{LATER, World, identity, left, named, subject};

async fn status(world: &World) -> members::SyncStatus {
    let mut connection = world.app.db.acquire().await.unwrap();
    members::sync_status(&mut connection).await.unwrap()
}

#[tokio::test]
async fn somebody_leaves_when_a_second_run_a_quarter_of_an_hour_later_agrees() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    world.member("bob").await;
    world.lose(std::slice::from_ref(&alice));

    let first = world.run(Run::Usual).await;
    world.app.clock.advance(LATER - Duration::seconds(1));
    let too_soon = world.run(Run::Usual).await;
    world.app.clock.advance(Duration::seconds(1));
    let second = world.run(Run::Usual).await;

    assert_eq!(
        named(&first, |what| matches!(what, What::Missing(_))),
        ["alice"]
    );
    assert!(left(&too_soon).is_empty());
    assert_eq!(left(&second), ["alice"], "{second:?}");
    assert_eq!(world.standing(alice.id).await, Standing::Left);
    assert!(status(&world).await.succeeded_at.is_some());
}

#[tokio::test]
async fn somebody_found_in_between_is_missed_from_the_beginning() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    world.member("bob").await;
    world.lose(std::slice::from_ref(&alice));
    world.run(Run::Usual).await;
    world.app.clock.advance(LATER);
    world.directory.put(identity("alice"));
    world.run(Run::Usual).await;

    world.lose(std::slice::from_ref(&alice));
    world.app.clock.advance(LATER);
    let report = world.run(Run::Usual).await;

    assert!(left(&report).is_empty());
    assert_eq!(world.standing(alice.id).await, Standing::Good);
}

// S40, S48: in the member's hands nothing lives on, and nobody else loses anything.
#[tokio::test]
async fn everything_a_leaver_holds_ends_and_their_posts_stay() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    let bob = world.member("bob").await;
    let post = alice.posts("hello").await;
    bob.follows(&alice).await;
    let bearer = world.app.token_for(&alice, "read").await;
    let bobs = world.app.token_for(&bob, "read").await;
    let (_, cookie) = auth::start_session(&world.app, alice.id, place("Firefox"))
        .await
        .unwrap();
    let token = async |bearer: &testkit::Bearer| {
        auth::authenticate(&world.app, bearer.as_ref())
            .await
            .unwrap()
            .is_some()
    };
    assert!(token(&bearer).await);

    world.lose(std::slice::from_ref(&alice));
    world.run_twice().await;

    assert!(!token(&bearer).await);
    assert!(token(&bobs).await);
    let session = auth::find_session(&world.app, cookie.reveal())
        .await
        .unwrap();
    assert!(session.is_none());
    let later = world.app.token_for(&alice, "read").await;
    let refused = auth::authenticate(&world.app, later.as_ref()).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    assert!(crate::world::sees(&world.app, bob.id, post.status.id).await);
    assert_eq!(alice.now().await.followers_count, 1);
    assert!(!alice.now().await.is_suspended());
}

#[tokio::test]
async fn who_comes_back_is_as_they_were_but_for_a_new_sign_in() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    let bearer = world.app.token_for(&alice, "read").await;
    world.leaves(&alice).await;

    world.directory.put(identity("alice"));
    let report = world.run(Run::Usual).await;

    assert_eq!(named(&report, |what| *what == What::Back), ["alice"]);
    assert_eq!(world.standing(alice.id).await, Standing::Good);
    let old = auth::authenticate(&world.app, bearer.as_ref())
        .await
        .unwrap();
    assert!(old.is_none());
}

#[tokio::test]
async fn three_of_ten_may_leave_at_once_and_four_may_not() {
    let world = World::new().await;
    let members = world.members(14).await;
    // Four have left before, and are not counted any more.
    world.lose(&members[10..12]);
    world.run_twice().await;
    world.lose(&members[12..14]);
    world.run_twice().await;

    world.lose(&members[..4]);
    let report = world.run_twice().await;

    let halted = report.halted.unwrap();
    assert_eq!((halted.missing, halted.linked), (4, 10));
    assert_eq!(world.how_many_left(&members[..4]).await, 0);
    world.directory.put(identity("member3"));
    let report = world.run(Run::Usual).await;
    assert!(report.halted.is_none());
    assert_eq!(world.how_many_left(&members[..4]).await, 3);
}

#[tokio::test]
async fn ten_of_two_hundred_may_leave_at_once_and_eleven_may_not() {
    let world = World::new().await;
    let members = world.members(201).await;
    world.lose(&members[..11]);
    // 5 % of 201 is ten and a bit; eleven are more.
    assert!(world.run_twice().await.halted.is_some());
    assert_eq!(world.how_many_left(&members[..11]).await, 0);

    world.directory.put(identity("member10"));
    let report = world.run(Run::Usual).await;

    assert!(report.halted.is_none());
    assert_eq!(left(&report).len(), 10, "{:?}", report.problems);
}

#[tokio::test]
async fn a_halted_run_goes_on_with_its_number_and_with_no_other() {
    let world = World::new().await;
    let members = world.members(10).await;
    world.lose(&members[..5]);
    let halted = world.run_twice().await.halted.unwrap();
    assert_eq!(status(&world).await.waits_for, Some(halted.number));

    let wrong = world.run(Run::Accepting(halted.number + 1)).await;
    assert_eq!(wrong.halted, Some(halted.clone()));
    assert_eq!(world.how_many_left(&members).await, 0);

    // One more is gone meanwhile: what was looked at is not what would happen.
    world.lose(&members[5..6]);
    let changed = world
        .run(Run::Accepting(halted.number))
        .await
        .halted
        .unwrap();
    assert_ne!(changed.number, halted.number);
    assert_eq!(world.how_many_left(&members).await, 0);

    let right = world.run(Run::Accepting(changed.number)).await;
    assert!(right.halted.is_none());
    assert_eq!(left(&right).len(), 5);
    assert_eq!(status(&world).await.waits_for, None);
    // Accepted once, the one who was missed last goes with the next run that agrees.
    world.app.clock.advance(LATER);
    assert_eq!(left(&world.run(Run::Usual).await).len(), 1);
}

#[tokio::test]
async fn a_directory_that_answers_with_nothing_touches_nobody() {
    let world = World::new().await;
    let members = world.members(2).await;
    world.directory.clear();

    let report = world.run_twice().await;

    assert!(report.halted.is_some());
    assert!(report.changes.is_empty());
    assert_eq!(world.how_many_left(&members).await, 0);
    let noted: Option<bool> =
        sqlx::query_scalar("SELECT bool_or(missing_since IS NOT NULL) FROM identities")
            .fetch_one(&world.app.db)
            .await
            .unwrap();
    assert_eq!(noted, Some(false));
}

#[tokio::test]
async fn a_directory_that_is_away_touches_nobody() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    world.member("bob").await;
    world.lose(std::slice::from_ref(&alice));
    world.run(Run::Usual).await;
    world.app.clock.advance(LATER);
    world.directory.goes_away();

    let outcome = members::sync(&world.app, Run::Usual).await;

    assert!(matches!(outcome, Err(Error::Unavailable { .. })));
    assert_eq!(world.standing(alice.id).await, Standing::Good);
    let status = status(&world).await;
    assert_eq!(status.failed_at, Some(world.app.clock.now()));
    assert!(status.problem.unwrap().contains("no server answered"));
    world.directory.comes_back();
    assert_eq!(left(&world.run(Run::Usual).await), ["alice"]);
}

#[tokio::test]
async fn what_the_directory_says_is_taken_over() {
    let world = World::with(|settings| {
        settings.sign_in.offices = vec![("cn=board,dc=example".into(), Office::Board)];
        settings.sign_in.display_names = true;
    })
    .await;
    let alice = world.member("alice").await;
    let mut new = identity("alice");
    new.username = "alice2".into();
    new.email = Some("new@mail.example".into());
    new.display_name = Some("Alice A.".into());
    new.groups = vec!["CN=Board,DC=example".into()];
    world.directory.put(new);

    let report = world.run(Run::Usual).await;
    let again = world.run(Run::Usual).await;

    assert_eq!(report.changes.len(), 1, "{report:?}");
    assert!(again.changes.is_empty(), "{:?}", again.changes);
    let member = members::get(&world.app, alice.id).await.unwrap();
    assert_eq!(member.email.as_deref(), Some("new@mail.example"));
    assert_eq!(member.account.display_name, "Alice A.");
    assert_eq!(member.eligible_for, [Office::Board]);
    assert_eq!(member.account.username.as_str(), "alice");
}

// R22: one who cannot be brought up to date keeps none of the others.
#[tokio::test]
async fn one_that_fails_keeps_no_other_and_is_told_of() {
    let world = World::new().await;
    world.member("alice").await;
    let bob = world.member("bob").await;
    for name in ["alice", "bob"] {
        let mut new = identity(name);
        new.email = Some(format!("{name}@new.example"));
        if name == "alice" {
            // No column takes this.
            new.username = "al\0ice".into();
        }
        world.directory.put(new);
    }

    let report = world.run(Run::Usual).await;

    assert_eq!(report.problems.len(), 1);
    assert!(report.problems[0].contains("alice"));
    let member = members::get(&world.app, bob.id).await.unwrap();
    assert_eq!(member.email.as_deref(), Some("bob@new.example"));
    assert!(status(&world).await.problem.is_some());
    assert_eq!(status(&world).await.succeeded_at, None);
}

#[tokio::test]
async fn a_dry_run_says_what_would_happen_and_changes_nothing() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    let bob = world.member("bob").await;
    world.lose(std::slice::from_ref(&alice));
    world.run(Run::Usual).await;
    world.app.clock.advance(LATER);
    let mut new = identity("bob");
    new.email = Some("new@mail.example".into());
    world.directory.put(new);
    let before = status(&world).await;
    world.app.forget_jobs().await;

    let report = world.run(Run::Dry).await;

    assert_eq!(left(&report), ["alice"]);
    assert_eq!(named(&report, |what| *what == What::Address), ["bob"]);
    assert_eq!(world.standing(alice.id).await, Standing::Good);
    let member = members::get(&world.app, bob.id).await.unwrap();
    assert_eq!(member.email.as_deref(), Some("bob@mail.example"));
    assert_eq!(status(&world).await, before);
    assert!(world.app.jobs().await.is_empty());
}

#[tokio::test]
async fn two_runs_at_once_are_one() {
    let world = World::new().await;
    world.member("alice").await;
    let mut other = world.app.db.acquire().await.unwrap();
    assert!(db::members::take_sync_turn(&mut other).await.unwrap());

    let outcome = members::sync(&world.app, Run::Usual).await;

    assert!(matches!(outcome, Err(Error::Conflict(_))), "{outcome:?}");
    db::members::end_sync_turn(&mut other).await.unwrap();
    world.run(Run::Usual).await;
}

#[tokio::test]
async fn a_page_of_people_is_not_the_end_of_them() {
    let world = World::new().await;
    let members = world.members(205).await;
    let last = members
        .iter()
        .max_by_key(|member| subject(member))
        .unwrap()
        .clone();
    world.lose(std::slice::from_ref(&last));

    let report = world.run_twice().await;

    assert_eq!(report.linked, 205);
    assert_eq!(left(&report), [last.account.username.as_str()]);
}

#[tokio::test]
async fn operators_are_written_to_once_about_a_halted_run() {
    let world = World::with(|settings| {
        settings.sign_in.offices = vec![("operators".into(), Office::Operator)];
    })
    .await;
    let members = world.members(10).await;
    let mut operator = identity("member9");
    operator.groups = vec!["operators".into()];
    world.directory.put(operator);
    world.lose(&members[..4]);

    let halted = world.run(Run::Usual).await.halted.unwrap();
    world.run(Run::Usual).await;
    world.work().await;

    let letters = world.mailbox.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, "member9@mail.example");
    let command = format!("--accept {}", halted.number);
    assert!(letters[0].text.contains(&command), "{}", letters[0].text);
}
