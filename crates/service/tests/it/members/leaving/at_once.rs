//! Signing in, being looked up, leaving and being deleted, all at the same moment (R20).

use std::sync::Arc;

use service::{
    App, Error, accounts,
    members::{self, Run},
    sign_in,
};
use tokio::{sync::Barrier, task::JoinSet};

use super::{World, identity, subject};

const PEOPLE: usize = 8;
const ROUNDS: usize = 4;

/// What is done to somebody, again and again.
#[derive(Clone, Copy, Debug)]
enum Does {
    SignsIn,
    LooksEverybodyUp,
    RevokesEverything,
    Deletes,
}

async fn done(app: &App, does: Does, person: &signin::Identity) -> Result<(), Error> {
    match does {
        Does::SignsIn => {
            let entry = sign_in::with_identity(app, person.clone()).await?;
            if let sign_in::Entry::Member(member) = entry {
                let place = testkit::place("Firefox");
                service::auth::start_session(app, member.account.id, place).await?;
            }
        }
        Does::LooksEverybodyUp => {
            let report = members::sync(app, Run::Usual).await?;
            assert!(report.problems.is_empty(), "{:?}", report.problems);
        }
        Does::RevokesEverything => {
            if let Some(member) = find(app, person).await? {
                service::auth::revoke_everything(app, member).await?;
            }
        }
        Does::Deletes => {
            if let Some(member) = find(app, person).await? {
                accounts::delete(app, member).await?;
            }
        }
    }
    Ok(())
}

async fn find(app: &App, person: &signin::Identity) -> Result<Option<model::AccountId>, Error> {
    let links = sign_in::links::all(app).await?;
    let link = links
        .into_iter()
        .find(|link| link.subject == person.subject);
    Ok(link.map(|link| link.account_id))
}

/// Two that wait for each other are ended by PostgreSQL after a second, and one of them fails with an error of ours.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_waits_for_somebody_who_waits_for_them() {
    for _ in 0..ROUNDS {
        let world = World::with(|settings| settings.sign_in.display_names = true).await;
        let people = world.members(PEOPLE).await;
        for member in &people {
            let mut told = identity(member.account.username.as_str());
            told.display_name = Some("Somebody".into());
            world.directory.put(told);
        }
        // Some have just left the directory; the next run agrees with the one before.
        world.lose(&people[..2]);
        world.run(Run::Usual).await;
        world.app.clock.advance(super::LATER);
        let everything = people.iter().flat_map(|member| {
            let mut told = identity(member.account.username.as_str());
            told.display_name = Some("Somebody".into());
            assert_eq!(told.subject, subject(member));
            [
                Does::SignsIn,
                Does::LooksEverybodyUp,
                Does::RevokesEverything,
                Does::Deletes,
            ]
            .map(|does| (does, told.clone()))
        });
        let everything: Vec<_> = everything.collect();
        let start = Arc::new(Barrier::new(everything.len()));
        let mut tasks = JoinSet::new();
        for (does, person) in everything {
            let (app, start) = (world.app.to_app(), Arc::clone(&start));
            tasks.spawn(async move {
                start.wait().await;
                (does, done(&app, does, &person).await)
            });
        }

        for (does, outcome) in tasks.join_all().await {
            let is_fine = matches!(
                outcome,
                Ok(()) | Err(Error::NotFound | Error::Forbidden(_) | Error::Conflict(_))
            );
            assert!(is_fine, "{does:?}: {outcome:?}");
        }
        let named: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM accounts WHERE suspension_origin = 'owner' AND display_name <> ''",
        )
        .fetch_one(&world.app.db)
        .await
        .unwrap();
        assert_eq!(named, 0, "the name of somebody who is gone came back");
    }
}

/// Waits until somebody waits for a row that is locked.
async fn somebody_waits(app: &App) {
    let waits = async || {
        sqlx::query_scalar::<_, bool>(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity
                             WHERE datname = current_database() AND wait_event_type = 'Lock')",
        )
        .fetch_one(&app.db)
        .await
        .unwrap()
    };
    let until_it_does = async { while !waits().await {} };
    tokio::time::timeout(std::time::Duration::from_secs(20), until_it_does)
        .await
        .expect("somebody waits within twenty seconds");
}

fn deletes(app: &App, id: model::AccountId) -> tokio::task::JoinHandle<Result<(), Error>> {
    let app = app.clone();
    tokio::spawn(async move { accounts::delete(&app, id).await })
}

/// In the middle of a sign-in, or of a run's look at somebody.
#[tokio::test]
async fn a_deletion_waits_for_a_sign_in_that_has_begun() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    let app = &world.app;
    let mut tx = app.db.begin().await.unwrap();
    let link = db::identities::lock_link(&mut tx, "ldap", &subject(&alice)).await;
    assert!(link.unwrap().is_some());

    let deletion = deletes(app, alice.id);
    somebody_waits(app).await;
    let facts = db::identities::Facts {
        display_name: Some("Alice"),
        is_there: true,
        ..db::identities::Facts::default()
    };
    let put = db::identities::put_facts(&mut tx, alice.id, &facts, app.clock.now()).await;
    tx.commit().await.unwrap();

    assert!(put.unwrap(), "the name was taken over");
    deletion.await.unwrap().unwrap();
    let account = alice.now().await;
    assert!(account.is_gone());
    assert_eq!(account.display_name, "");
}

#[tokio::test]
async fn a_deletion_waits_for_whoever_is_just_leaving() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    let app = &world.app;
    service::auth::start_session(app, alice.id, testkit::place("Firefox"))
        .await
        .unwrap();
    let mut tx = app.db.begin().await.unwrap();
    let now = app.clock.now();
    assert!(
        db::members::leave(&mut tx, alice.id, now, now)
            .await
            .unwrap()
    );

    let deletion = deletes(app, alice.id);
    somebody_waits(app).await;
    let ended = db::auth::end_sessions_of(&mut tx, alice.id).await;
    tx.commit().await.unwrap();

    ended.unwrap();
    deletion.await.unwrap().unwrap();
    assert!(alice.now().await.is_gone());
}

/// A run that has read somebody's row and comes to write when they are gone.
#[tokio::test]
async fn the_name_of_who_is_gone_is_not_taken_over() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    let app = &world.app;
    accounts::delete(app, alice.id).await.unwrap();

    let mut connection = app.db.acquire().await.unwrap();
    let facts = db::identities::Facts {
        display_name: Some("Alice"),
        ..db::identities::Facts::default()
    };
    let put = db::identities::put_facts(&mut connection, alice.id, &facts, app.clock.now()).await;

    assert!(!put.unwrap());
    assert_eq!(alice.now().await.display_name, "");
}
