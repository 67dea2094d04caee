//! `moot demo seed`: a few members who follow each other and have something to say.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use model::instance::Profile;
use model::member::Role;
use model::{AccountId, StatusId, Username};
use service::App;
use service::accounts::{ProfileChange, update_profile};
use service::members::{self, NewMember};
use service::relationships::{FollowChange, follow};
use service::statuses::{self, Draft};

use super::accounts::random_password;
use super::session::with_data;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Makes members who follow each other and have posted, and prints how to sign in. Says the same again when they are there already.
    Seed,
}

/// Who lives in the demo: name, display name, words about them.
const PEOPLE: &[(&str, &str, &str)] = &[
    (
        "ada",
        "Ada",
        "Keeps the club's oldest machine alive. It repays her with stories.",
    ),
    ("ben", "Ben", "Tea, trains, and Tuesday's workshop."),
    ("cleo", "Cleo", "Writes minutes that people read."),
    (
        "dev",
        "Dev",
        "New here. Asks before touching the big red switch.",
    ),
];

/// What they say, in order: who, to which earlier line, what. `None` begins a thread.
const TALK: &[(usize, Option<usize>, &str)] = &[
    (
        0,
        None,
        "The club's server has moved here. Make yourselves at home, and tell me what breaks. #welcome",
    ),
    (
        1,
        Some(0),
        "@ada Nothing so far, and I have looked. Suspicious.",
    ),
    (
        2,
        None,
        "Minutes of yesterday's meeting: we agreed to agree on the lamp's colour next week. #minutes",
    ),
    (3, Some(2), "@cleo What happens to the lamp until then?"),
    (2, Some(3), "@dev It stays orange. That was the compromise."),
    (
        1,
        None,
        "Workshop on Tuesday: bring something that is broken. Patience counts. #workshop",
    ),
    (0, Some(5), "@ben I will bring the printer."),
    (3, Some(5), "@ben May one bring several things?"),
    (
        1,
        None,
        "For everybody who asked: yes, the kettle is a server too. It serves tea.",
    ),
];

/// Where the demo's passwords are kept, so that a second start can say them again.
const FILE: &str = "demo-members.txt";

pub(super) fn run(command: &Command) -> anyhow::Result<()> {
    let Command::Seed = command;
    with_data(async |app, _| {
        if app.settings.profile == Profile::Production {
            bail!("the demo's members are for the demo and test profiles; this is production");
        }
        // The command works in the data folder when it has given up root, and beside it otherwise.
        let file = kept_in()?;
        let mut passwords = read(&file);
        let mut people = Vec::new();
        let mut is_new = false;
        for (name, display_name, note) in PEOPLE {
            let username = Username::for_member(name).context("the demo's names are names")?;
            let (id, made) = match members::find_by_username(app, &username).await? {
                Some(member) => (member.account.id, None),
                None => (make(app, username, &mut passwords).await?, Some(())),
            };
            if made.is_some() {
                is_new = true;
                introduce(app, id, display_name, note).await?;
            }
            if !passwords.contains_key(*name) {
                let password = random_password();
                members::set_password(app, id, &password).await?;
                passwords.insert((*name).to_owned(), password);
            }
            people.push(id);
        }
        if is_new {
            acquaint(app, &people).await?;
            talk(app, &people).await?;
        }
        write(&file, &passwords)
            .with_context(|| format!("{} cannot be written", file.display()))?;
        println!("Members of the demo (name, password):");
        for (name, _, _) in PEOPLE {
            println!(
                "  {name:<6} {}",
                passwords.get(*name).map_or("", String::as_str)
            );
        }
        Ok(())
    })
}

async fn make(
    app: &App,
    username: Username,
    passwords: &mut BTreeMap<String, String>,
) -> anyhow::Result<AccountId> {
    let (name, password) = (username.as_str().to_owned(), random_password());
    let new = NewMember {
        email: Some(format!("{name}@demo.example")),
        username,
        password: Some(password.clone()),
        role: Role::Member,
        confirmed: true,
        approved: true,
        locale: "en".to_owned(),
        reason: String::new(),
    };
    let member = members::create(app, new).await?;
    passwords.insert(name, password);
    Ok(member.account.id)
}

async fn introduce(app: &App, id: AccountId, display_name: &str, note: &str) -> anyhow::Result<()> {
    let change = ProfileChange {
        display_name: Some(display_name.to_owned()),
        note: Some(note.to_owned()),
        ..ProfileChange::default()
    };
    update_profile(app, id, change).await?;
    Ok(())
}

async fn acquaint(app: &App, people: &[AccountId]) -> anyhow::Result<()> {
    for follower in people {
        for followee in people.iter().filter(|followee| *followee != follower) {
            follow(app, *follower, *followee, FollowChange::default()).await?;
        }
    }
    Ok(())
}

async fn talk(app: &App, people: &[AccountId]) -> anyhow::Result<()> {
    let mut said: Vec<StatusId> = Vec::new();
    for (who, answered, text) in TALK {
        let draft = Draft {
            text: (*text).to_owned(),
            spoiler: String::new(),
            visibility: None,
            sensitive: None,
            language: Some("en".to_owned()),
            in_reply_to: answered.map(|line| said[line]),
            application_id: None,
            idempotency_key: None,
        };
        said.push(statuses::create(app, people[*who], draft).await?.status.id);
    }
    for (who, line) in [(1, 0), (2, 0), (3, 8), (0, 8), (2, 4)] {
        statuses::favourite(app, people[who], said[line]).await?;
    }
    statuses::boost(app, people[3], said[0], None).await?;
    Ok(())
}

fn kept_in() -> anyhow::Result<std::path::PathBuf> {
    Ok(std::env::current_dir()
        .context("the working folder cannot be read")?
        .join(FILE))
}

fn read(file: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, password)| (name.to_owned(), password.to_owned()))
        .collect()
}

fn write(file: &Path, passwords: &BTreeMap<String, String>) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(file)?;
    for (name, password) in passwords {
        writeln!(file, "{name} {password}")?;
    }
    Ok(())
}
