//! What somebody learns who tries out names and has a clock, or who listens between this server and the directory.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use signin::{
    Refusal,
    ldap::{Encryption, Ldap, Settings},
};

use crate::slapd::{ADMIN, Slapd, password};

use super::{by_template, check};

/// "dinah's own", hashed so that comparing it takes a while (glibc's SHA-512, 300,000 rounds).
const SLOW: &str = "{CRYPT}$6$rounds=300000$mootmoot$zYj6nlVszJ7G2cf6uqNR09CKI/vK05YxoZhey3kBhrKN5enZg6aWucsuqQVAyZbrvvnoOR.43VnmSy4uk2Bhr1";
const ROUNDS: usize = 9;

/// The operations of each conversation but the administrator's, as slapd's log tells them.
fn conversations(log: &[String]) -> Vec<Vec<String>> {
    let mut heard: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut administrators = Vec::new();
    for line in log {
        let Some((_, line)) = line.split_once(" conn=") else {
            continue;
        };
        let Some((connection, said)) = line.split_once(" op=") else {
            continue;
        };
        let said = said.split_once(' ').map_or("", |(_, said)| said);
        let word = said.split(' ').next().unwrap_or_default();
        let outcome = said.split(' ').find(|part| part.starts_with("err="));
        // A bind that succeeds has a second line.
        let is_asked = said.contains(" method=")
            || said.starts_with("SRCH base")
            || word == "UNBIND"
            || word == "EXT";
        if is_asked {
            heard.entry(connection).or_default().push(word.to_owned());
        } else if word == "RESULT" {
            let outcome = outcome.unwrap_or_default().to_owned();
            heard.entry(connection).or_default().push(outcome);
        }
        if said.contains(ADMIN) {
            administrators.push(connection);
        }
    }
    heard.retain(|connection, _| !administrators.contains(connection));
    // The last one to leave may still be at the door when the directory is stopped.
    let mut heard: Vec<Vec<String>> = heard.into_values().collect();
    for said in &mut heard {
        said.retain(|word| word != "UNBIND");
    }
    heard
}

fn in_plain_text(slapd: &Slapd) -> Settings {
    Settings {
        servers: vec![slapd.server(Encryption::None)],
        ..slapd.settings()
    }
}

#[tokio::test]
async fn the_directory_is_asked_the_same_of_a_known_name_and_of_an_unknown_one() {
    let templated = |slapd: &Slapd| by_template(in_plain_text(slapd));
    for settings in [in_plain_text, templated] {
        let mut slapd = Slapd::start();
        let directory = Ldap::new(settings(&slapd));

        for login in ["alice", "nobody", "bob", "someone.else@club.example"] {
            let answer = check(&directory, login, "guessed").await;
            assert_eq!(answer, Err(Refusal::Wrong), "{login}");
        }

        let heard = conversations(&slapd.stop());
        assert_eq!(heard.len(), 4, "{heard:#?}");
        assert!(heard[0].contains(&"BIND".to_owned()), "{heard:#?}");
        assert!(heard[0].contains(&"err=49".to_owned()), "{heard:#?}");
        for other in &heard[1..] {
            // Searches tell how many they found in a line of their own, not in how they ended.
            assert_eq!(other, &heard[0], "{heard:#?}");
        }
    }
}

/// S49: comparing a password takes the directory a while, and there is none to compare for a name that nobody has.
#[tokio::test]
async fn a_slow_directory_takes_as_long_for_an_unknown_name_as_for_a_known_one() {
    for settings in [
        |slapd: &Slapd| in_plain_text(slapd),
        |slapd: &Slapd| by_template(in_plain_text(slapd)),
    ] {
        let slapd = Slapd::start();
        slapd.add_person("dinah", SLOW, "");
        let directory = Ldap::new(settings(&slapd));
        assert!(check(&directory, "dinah", &password("dinah")).await.is_ok());
        let mut known = Vec::new();
        let mut unknown = Vec::new();

        for _ in 0..ROUNDS {
            for (login, took) in [("dinah", &mut known), ("nobody", &mut unknown)] {
                let begun = Instant::now();
                let answer = check(&directory, login, "guessed").await;
                took.push(begun.elapsed());
                assert_eq!(answer, Err(Refusal::Wrong), "{login}");
            }
        }

        let (known, unknown) = (median(known), median(unknown));
        // Else there is nothing to be told by.
        assert!(known > Duration::from_millis(25), "{known:?}");
        assert!(
            unknown * 2 > known && known * 2 > unknown,
            "{known:?} for somebody, {unknown:?} for nobody"
        );
    }
}

fn median(mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    took[took.len() / 2]
}
