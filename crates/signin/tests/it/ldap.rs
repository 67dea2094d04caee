//! Against a real slapd; and against servers that say what no slapd would.

mod answers;
mod connections;
mod failover;
mod look_up;
mod refusals;
mod scripted;
mod sign_in;
mod timing;

use secrecy::SecretString;
use signin::{
    Identity, Refusal, Steps,
    ldap::{Find, Ldap, Settings, Template},
};

use crate::slapd::PEOPLE;

/// One try at signing in.
async fn check(directory: &Ldap, login: &str, password: &str) -> Result<Identity, Refusal> {
    check_and_tell(directory, login, password).await.0
}

/// One try at signing in, and what an administrator is told of it.
async fn check_and_tell(
    directory: &Ldap,
    login: &str,
    password: &str,
) -> (Result<Identity, Refusal>, String) {
    let mut steps = Steps::default();
    let answer = directory
        .check(login, &SecretString::from(password), &mut steps)
        .await;
    let told: Vec<_> = steps
        .iter()
        .map(|step| format!("{:?}: {}", step.outcome, step.text))
        .collect();
    (answer, told.join("\n"))
}

/// Why the directory could not be asked.
fn reason(answer: Result<Identity, Refusal>) -> String {
    match answer {
        Err(Refusal::Unavailable { reason, .. }) => reason,
        other => panic!("the directory could be asked: {other:?}"),
    }
}

/// The same directory, asked without anybody who searches.
fn by_template(settings: Settings) -> Settings {
    let text = format!("uid=%{{uid}},{PEOPLE}");
    Settings {
        find: Find::Template(Template::parse(&text, &["uid"]).unwrap()),
        searcher: None,
        ..settings
    }
}
