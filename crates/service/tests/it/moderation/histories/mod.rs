//! Random histories of a council, played to the server and to a [`model`] of it written apart: after every step both say the
//! same of every proposal and of everybody moderated, and at the end the log tells how it came about.

mod model;
mod player;
mod replay;
mod storm;

use proptest::{
    prelude::{Strategy, any, prop_oneof},
    test_runner::{Config, TestRunner},
};

use self::player::{Player, Step};

/// Histories that are tried; `MOOT_HISTORIES` asks for more.
const HISTORIES: u32 = 12;
/// Steps of one.
const STEPS: usize = 40;

fn step() -> impl Strategy<Value = Step> {
    let person = || 0..5_usize;
    let case = || any::<u8>();
    prop_oneof![
        6 => (person(), any::<u8>(), any::<u8>()).prop_map(|(who, thing, about)| Step::Propose { who, thing, about }),
        3 => (person(), any::<u8>(), any::<u8>()).prop_map(|(who, thing, about)| Step::Alone { who, thing, about }),
        14 => (person(), case(), 0..5_u8).prop_map(|(who, case, word)| Step::Say { who, case, word }),
        1 => (person(), case()).prop_map(|(who, case)| Step::Recuse { who, case }),
        1 => (person(), case()).prop_map(|(who, case)| Step::Withdraw { who, case }),
        2 => (person(), case(), any::<u8>()).prop_map(|(who, case, thing)| Step::Amend { who, case, thing }),
        1 => (person(), case()).prop_map(|(who, case)| Step::Stop { who, case }),
        1 => (1..=3_i16, person()).prop_map(|(seat, who)| Step::Appoint { seat, who }),
        1 => (1..=3_i16).prop_map(|seat| Step::Remove { seat }),
        2 => person().prop_map(|who| Step::Away { who }),
        4 => (1..200_i64).prop_map(|hours| Step::Wait { hours }),
        // A clock that is set right: deadlines are instants, nothing happens early or again.
        1 => (1..48_i64).prop_map(|hours| Step::Back { hours }),
    ]
}

#[test]
fn every_history_goes_as_the_guidelines_say() {
    let cases = std::env::var("MOOT_HISTORIES")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(HISTORIES);
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();

    let outcome = runner.run(&proptest::collection::vec(step(), 1..=STEPS), |history| {
        runtime.block_on(async {
            let mut player = Player::new().await;
            for step in history {
                player.play(step).await?;
            }
            player.check_log().await
        })
    });

    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
