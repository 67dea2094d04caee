//! Commands that need no database, and what they say when something is wrong.

use crate::moot::{Moot, said};

#[test]
fn a_generated_key_is_one_that_is_taken() {
    let mut moot = Moot::new("keys");

    let key = String::from_utf8(moot.run(&["keys", "generate"]).stdout).unwrap();
    moot.set("MOOT_MASTER_KEY", key.trim());

    assert_eq!(moot.run(&["config", "check"]).status.code(), Some(0));
}

/// S43: the check is what people paste into bug reports.
#[test]
fn the_configuration_check_tells_sources_and_verdicts_and_no_secret() {
    let mut moot = Moot::new("check");
    moot.set("SMTP_PASSWORD", "hunter2hunter2");
    moot.set("REDIS_HOST", "redis.club.example");

    let checked = moot.run(&["config", "check"]);

    let text = said(&checked);
    assert_eq!(checked.status.code(), Some(0), "{text}");
    assert!(
        text.contains(&format!("PORT = {}  [environment; accept]", moot.port)),
        "{text}"
    );
    assert!(
        text.contains("takes effect with several nodes, not yet in this version"),
        "{text}"
    );
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn a_configuration_that_cannot_be_used_has_a_code_of_its_own_and_names_every_mistake() {
    let mut moot = Moot::new("refuse");
    moot.set("SAML_ENABLED", "true");
    moot.set("MOOT_NONSENSE", "1");

    for command in [&["config", "check"][..], &["serve"], &["accounts", "list"]] {
        let refused = moot.run(command);

        assert_eq!(refused.status.code(), Some(78), "{command:?}");
        assert!(
            said(&refused).contains("SAML_ENABLED") && said(&refused).contains("MOOT_NONSENSE"),
            "{}",
            said(&refused)
        );
    }
    assert!(
        !moot.data().exists(),
        "nothing is made before the configuration is right"
    );
}

#[test]
fn production_with_a_database_of_its_own_wants_a_master_key() {
    let mut moot = Moot::new("production");
    moot.set("MOOT_PROFILE", "production");
    moot.set("LOCAL_DOMAIN", "club.example");
    moot.set("DATABASE_URL", "postgres://nobody@localhost:1/nothing");

    let refused = moot.run(&["serve"]);

    assert_eq!(refused.status.code(), Some(78), "{}", said(&refused));
    assert!(
        said(&refused).contains("moot keys generate"),
        "{}",
        said(&refused)
    );
}

#[test]
fn a_data_folder_of_another_major_version_says_what_to_do() {
    let mut moot = Moot::new("version");
    std::fs::create_dir_all(moot.data().join("postgres")).unwrap();
    std::fs::write(moot.data().join("postgres/PG_VERSION"), "14\n").unwrap();
    std::fs::write(moot.data().join("postgres.password"), "x\n").unwrap();
    std::fs::write(moot.data().join("master.key"), "ab".repeat(32)).unwrap();
    if rustix::process::geteuid().is_root() {
        give_to_postgres(&moot.data());
    }
    moot.set("MOOT_PG_BIN_DIR", "/nowhere");

    let refused = moot.run(&["accounts", "list"]);

    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused).contains("made by PostgreSQL 14") && said(&refused).contains("pg_upgrade"),
        "{}",
        said(&refused)
    );
}

fn give_to_postgres(folder: &std::path::Path) {
    let users = server::privileges::Users::of_this_system().unwrap();
    let user = users.service_user().unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            give_to_postgres(&path);
        }
        std::os::unix::fs::chown(&path, Some(user.uid), Some(user.gid)).unwrap();
    }
    std::os::unix::fs::chown(folder, Some(user.uid), Some(user.gid)).unwrap();
}
