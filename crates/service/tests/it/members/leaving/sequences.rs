//! Whatever the directory answers and whenever it is asked: nobody leaves without two agreeing runs.

use std::collections::BTreeMap;

use proptest::{
    collection::vec,
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngSeed, TestRunner},
};
use service::members::{self, Run};
use testkit::Member;
use time::{Duration, OffsetDateTime};

use super::{LATER, World, identity, left};

const PEOPLE: usize = 6;
const SEQUENCES: usize = 24;

#[derive(Clone, Debug)]
enum Answer {
    /// The directory does not answer.
    Away,
    /// It finds these, one bit each.
    Finds(u8),
}

#[derive(Clone, Debug)]
struct Step {
    minutes: i64,
    answer: Answer,
    /// Whether somebody says that the halted run is right.
    accepts: bool,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let answer = prop_oneof![
        1 => Just(Answer::Away),
        // Mostly all but a few.
        4 => (0..PEOPLE, 0..PEOPLE).prop_map(|(one, other)| Answer::Finds(!((1 << one) | (1 << other)))),
        2 => any::<u8>().prop_map(Answer::Finds),
    ];
    let minutes = prop_oneof![Just(0_i64), 1..15_i64, Just(15), 16..60_i64];
    let step = (minutes, answer, any::<bool>()).prop_map(|(minutes, answer, accepts)| Step {
        minutes,
        answer,
        accepts,
    });
    vec(step, 1..14)
}

#[tokio::test]
async fn nobody_leaves_without_two_agreeing_runs_a_quarter_of_an_hour_apart() {
    let config = Config {
        rng_seed: RngSeed::Fixed(20_261_123),
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let world = World::new().await;
    let members = world.members(PEOPLE).await;
    let mut how_many = 0;

    for _ in 0..SEQUENCES {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        how_many += go_through(&world, &members, &steps).await;
        begin_anew(&world, &members).await;
    }

    assert!(how_many > 0, "sequences in which nobody leaves show little");
}

/// Goes through a sequence; how many left in it.
async fn go_through(world: &World, members: &[Member], steps: &[Step]) -> usize {
    // Since when every run that was through has missed somebody.
    let mut missed_since: BTreeMap<String, OffsetDateTime> = BTreeMap::new();
    let mut how_many = 0;
    for step in steps {
        world.app.clock.advance(Duration::minutes(step.minutes));
        let now = world.app.clock.now();
        match step.answer {
            Answer::Away => world.directory.goes_away(),
            Answer::Finds(mask) => {
                world.directory.comes_back();
                for (number, member) in members.iter().enumerate() {
                    let name = member.account.username.as_str();
                    if mask & (1 << number) == 0 {
                        world.lose(std::slice::from_ref(member));
                        missed_since.entry(name.to_owned()).or_insert(now);
                    } else {
                        world.directory.put(identity(name));
                        missed_since.remove(name);
                    }
                }
            }
        }
        let run = match waits_for(world).await {
            Some(number) if step.accepts => Run::Accepting(number),
            _ => Run::Usual,
        };
        let Ok(report) = members::sync(&world.app, run).await else {
            continue;
        };
        for name in left(&report) {
            let since = missed_since.get(name).copied();
            assert!(
                since.is_some_and(|since| now - since >= LATER),
                "{name} left at {now}, missed since {since:?}: {steps:?}"
            );
            how_many += 1;
        }
    }
    how_many
}

async fn waits_for(world: &World) -> Option<i32> {
    let mut connection = world.app.db.acquire().await.unwrap();
    members::sync_status(&mut connection)
        .await
        .unwrap()
        .waits_for
}

async fn begin_anew(world: &World, members: &[Member]) {
    world.directory.comes_back();
    for member in members {
        world
            .directory
            .put(identity(member.account.username.as_str()));
    }
    world.run(Run::Usual).await;
}
