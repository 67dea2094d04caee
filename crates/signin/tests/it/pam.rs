//! PAM with services of its own: a script behind `pam_exec`, and a module for what no module of the system does.

pub(crate) mod services;

use secrecy::SecretString;
use signin::{
    Identity, Refusal, Steps,
    pam::{Pam, Settings, Unusable},
};

use services::Services;

async fn check(pam: &Pam, name: &str, password: &str) -> (Result<Identity, Refusal>, String) {
    let mut steps = Steps::default();
    let password = SecretString::from(password);
    let result = pam.check(name, &password, &mut steps).await;
    (result, format!("{steps:?}"))
}

#[tokio::test]
async fn who_has_the_password_is_recognised_by_name_or_address() {
    let services = Services::write("recognised");
    let pam = services.open("club");

    for typed in ["alice", "ALICE", "alice@club.example"] {
        let (identity, steps) = check(&pam, typed, services::PASSWORD).await;

        let identity = identity.unwrap();
        assert_eq!((&*identity.source, &*identity.subject), ("pam", "alice"));
        assert_eq!(identity.email.as_deref(), Some("alice@club.example"));
        assert!(!steps.contains(services::PASSWORD), "{steps}");
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_the_same() {
    let services = Services::write("wrong");
    let pam = services.open("club");

    for (name, password) in [
        ("alice", "wrong"),
        ("alice", "right horse "),
        ("nobody", services::PASSWORD),
    ] {
        let (refusal, steps) = check(&pam, name, password).await;

        assert_eq!(refusal, Err(Refusal::Wrong), "{name} {steps}");
    }
}

/// S45: the script would be asked, if anything reached it.
#[tokio::test]
async fn what_is_no_name_reaches_no_module() {
    let services = Services::write("names");
    let pam = services.open("open");

    assert!(check(&pam, "alice", "x").await.0.is_ok());
    for typed in [
        "alice@evil.example",
        "-x",
        "a b",
        "a/b",
        "*",
        "\u{ff41}lice",
        "$(id)",
        "a\nb",
    ] {
        let (refusal, _) = check(&pam, typed, "x").await;

        assert_eq!(refusal, Err(Refusal::Wrong), "{typed}");
    }
}

#[tokio::test]
async fn the_account_step_is_always_asked() {
    let services = Services::write("account");
    let pam = services.open("club");

    let (expired, steps) = check(&pam, "gone", services::PASSWORD).await;
    let (unproved, _) = check(&pam, "gone", "wrong").await;

    assert!(
        matches!(expired, Err(Refusal::NotEntitled(_))),
        "{expired:?}"
    );
    assert!(steps.contains("the password is right"), "{steps}");
    assert_eq!(unproved, Err(Refusal::Wrong));
}

#[tokio::test]
async fn the_controlled_service_says_who_may_come() {
    let services = Services::write("controlled");
    let pam = services.open_with("club", |settings| {
        settings.controlled_service = Some("members".to_owned());
    });

    let (member, _) = check(&pam, "alice", services::PASSWORD).await;
    let (guest, _) = check(&pam, "guest", services::PASSWORD).await;

    assert!(member.is_ok(), "{member:?}");
    assert!(matches!(guest, Err(Refusal::NotEntitled(_))), "{guest:?}");
}

#[tokio::test]
async fn modules_may_rename_people_and_name_their_address() {
    let services = Services::write("renamed");
    let pam = services.open("renaming");

    let identity = check(&pam, "alice", services::PASSWORD).await.0.unwrap();

    assert_eq!(identity.subject, "alice.liddell");
    assert_eq!(identity.username, "alice.liddell");
    assert_eq!(identity.email.as_deref(), Some("alice@elsewhere.example"));
}

#[tokio::test]
async fn nothing_but_a_hidden_prompt_is_answered() {
    let services = Services::write("prompts");

    let (name, _) = check(&services.open("asks_name"), "alice", services::PASSWORD).await;
    let (late, _) = check(&services.open("asks_late"), "alice", services::PASSWORD).await;

    assert!(matches!(name, Err(Refusal::Unavailable { .. })), "{name:?}");
    assert!(late.is_err(), "{late:?}");
}

/// The deadline of all ways is five seconds; a module has none.
#[tokio::test]
async fn a_module_that_hangs_is_not_waited_for() {
    let services = Services::write("hangs");
    let pam = services.open("hangs");
    let began = std::time::Instant::now();

    let (refusal, steps) = check(&pam, "alice", services::PASSWORD).await;

    assert!(
        matches!(refusal, Err(Refusal::Unavailable { .. })),
        "{refusal:?}"
    );
    assert!(steps.contains("no answer within"), "{steps}");
    assert!(began.elapsed() < signin::DEADLINE);
}

#[tokio::test]
async fn what_a_module_asks_being_away_is_nobodys_wrong_password() {
    let services = Services::write("away");

    for service in ["away", "broken"] {
        let (refusal, _) = check(&services.open(service), "alice", services::PASSWORD).await;

        assert!(
            matches!(refusal, Err(Refusal::Unavailable { .. })),
            "{service} {refusal:?}"
        );
    }
}

/// Without a file libpam takes the service `other`, which lets system users in.
#[tokio::test]
async fn a_service_without_a_file_is_not_asked() {
    let services = Services::write("missing");
    let settings = services.settings("nowhere");
    let system = Settings {
        folder: None,
        service: "moot-has-no-such-service".to_owned(),
        ..settings.clone()
    };

    assert!(matches!(Pam::open(settings), Err(Unusable::Service(_))));
    assert!(matches!(Pam::open(system), Err(Unusable::Service(_))));

    let pam = services.open("club");
    services.remove("club");
    let (refusal, _) = check(&pam, "alice", services::PASSWORD).await;
    assert!(
        matches!(refusal, Err(Refusal::Unavailable { .. })),
        "{refusal:?}"
    );
}

#[tokio::test]
async fn an_ordinary_user_is_warned_of_pam_unix() {
    let services = Services::write("warned");
    let may_read_shadow = std::fs::File::open("/etc/shadow").is_ok();

    let unix = services.open("unix").warnings();
    let club = services.open("club").warnings();

    assert_eq!(unix.is_empty(), may_read_shadow, "{unix:?}");
    assert_eq!(club, [""; 0]);
}
