//! A board and its moderators scripted from outside, with the real program.

use std::process::Output;

use crate::moot::{Moot, said};

struct Server {
    moot: Moot,
}

impl Server {
    /// With these members; no process of it runs.
    fn with(name: &str, members: &[&str]) -> Self {
        let server = Self {
            moot: Moot::new(name),
        };
        for member in members {
            server.does(&["accounts", "create", member]);
        }
        server
    }

    /// Runs a command that has to go well; what it prints.
    fn does(&self, arguments: &[&str]) -> String {
        let output = self.moot.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command that has to be refused; what it says.
    fn is_refused(&self, arguments: &[&str]) -> String {
        let output: Output = self.moot.run(arguments);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{arguments:?}: {}",
            said(&output)
        );
        said(&output)
    }

    /// The first word of what a command prints: a number.
    fn number(&self, arguments: &[&str]) -> String {
        let text = self.does(arguments);
        text.split_whitespace().next().unwrap().to_owned()
    }

    /// A member's number.
    fn id(&self, name: &str) -> String {
        let text = self.does(&["accounts", "show", name]);
        let line = text.lines().find(|line| line.starts_with("id:")).unwrap();
        line.split_whitespace().nth(1).unwrap().to_owned()
    }

    fn decides(&self, kind: &str, params: &str) {
        let id = self.number(&[
            "board",
            "record",
            kind,
            "--params",
            params,
            "--text",
            "So decided.",
            "--as",
            "ann",
        ]);
        self.does(&["board", "confirm", &id, "--as", "bob"]);
    }
}

#[test]
fn a_board_and_its_moderators_can_be_scripted_in_the_test_profile() {
    let server = Server::with("governing", &["ann", "bob", "mona", "mark", "mira", "eve"]);
    server.does(&["board", "bootstrap", "ann", "bob"]);
    let again = server.is_refused(&["board", "bootstrap", "eve", "mona"]);
    for moderator in ["mona", "mark", "mira"] {
        let params = format!("{{\"account_id\": \"{}\"}}", server.id(moderator));
        server.decides("appoint_moderator", &params);
    }

    let proposal = server.number(&[
        "moderation",
        "propose",
        "account.limit",
        "eve",
        "--reason",
        "Insults others",
        "--as",
        "mona",
    ]);
    let alone = server.does(&["moderation", "show", &proposal]);
    let decided = server.does(&["moderation", "approve", &proposal, "--as", "mark", "--json"]);
    let log = server.does(&["moderation", "log"]);
    let seats = server.does(&["board", "list"]);
    let decisions = server.does(&["board", "decisions", "--state", "confirmed", "--json"]);

    assert!(again.contains("There is a board already"), "{again}");
    assert!(alone.contains("1/2"), "{alone}");
    assert!(decided.contains("\"state\":\"executed\""), "{decided}");
    assert!(log.contains("board.bootstrapped"), "{log}");
    assert!(log.contains("account.limit  Insults others"), "{log}");
    assert!(seats.contains("seat 1  mona@"), "{seats}");
    assert_eq!(decisions.lines().count(), 3, "{decisions}");
}

#[test]
fn the_operator_proposes_without_a_voice_and_acts_for_nobody_outside_the_test_profile() {
    let mut server = Server::with("operator", &["ann", "bob", "mona", "mark", "mira", "eve"]);
    server.does(&["board", "bootstrap", "ann", "bob"]);
    for moderator in ["mona", "mark", "mira"] {
        let params = format!("{{\"account_id\": \"{}\"}}", server.id(moderator));
        server.decides("appoint_moderator", &params);
    }

    let proposal = server.number(&[
        "moderation",
        "propose",
        "account.limit",
        "eve",
        "--reason",
        "Insults others",
    ]);
    let emergency = server.does(&[
        "moderation",
        "emergency",
        "account.freeze",
        "eve",
        "--category",
        "compromised",
        "--reason",
        "Somebody else writes there",
    ]);
    let first = server.does(&["moderation", "approve", &proposal, "--as", "mona"]);
    // A database made for tests stays one; the configuration alone decides whom a command acts for.
    server.moot.set("MOOT_PROFILE", "demo");
    let refused = server
        .moot
        .run(&["moderation", "approve", &proposal, "--as", "mark"]);

    assert!(
        emergency.contains("provisional") && emergency.contains("0/2"),
        "{emergency}"
    );
    assert!(first.contains("1/2") && first.contains("open"), "{first}");
    assert!(!refused.status.success(), "{}", said(&refused));
}

#[test]
fn what_nobody_has_adopted_is_said_at_the_start() {
    let mut server = Server::with("unadopted", &["ann"]);

    server.moot.start();
    let log = server.moot.log();
    server.moot.stop();

    assert!(
        log.contains("Privacy policy") && log.contains("nobody has adopted"),
        "{log}"
    );
}
