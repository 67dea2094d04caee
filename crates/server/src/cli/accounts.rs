//! `moot accounts create|list|show|password|approve|second-factor`.

use std::io::BufRead as _;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use model::instance::Profile;
use model::member::{Member, Role, Standing};
use model::moderation::{Kind, Target, proposal::Origin, report::Category};
use model::{AccountId, Username};
use service::members::{self, NewMember};
use service::moderation::board::reset::{Reset, after_reset};
use service::moderation::propose::{self, NewProposal};
use service::{App, keys, second_factor};

use super::session::with_data;

/// Shorter passwords are refused outside the test profile, as at sign-up.
const SHORTEST_PASSWORD: usize = 8;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Makes a member. Without --password-stdin a password is made and printed.
    Create(Create),
    /// Lists all members.
    List,
    /// Shows one member.
    Show {
        /// Name of the member.
        name: String,
    },
    /// Sets a new password and ends all sessions and tokens. Without --password-stdin one is made and printed. When the
    /// member holds an office, this stands in the public log, and their votes wait until the board has confirmed it.
    Password {
        /// Name of the member.
        name: String,
        /// Reads the password from the first line of standard input.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Lets somebody in who has asked.
    Approve {
        /// Name of the member.
        name: String,
    },
    /// Helps a member who has lost the second factor.
    #[command(subcommand)]
    SecondFactor(SecondFactor),
}

#[derive(Debug, Subcommand)]
pub(super) enum SecondFactor {
    /// Takes a member's authenticator app, passkeys and recovery codes away, and ends all sessions and tokens. Be
    /// sure that it is the member who asks: afterwards the password alone lets in. The member is written to. When the
    /// member holds an office, this stands in the public log, and their votes wait until the board has confirmed it.
    Reset {
        /// Name of the member.
        name: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Create {
    /// Name of the member; the handle for ever.
    name: String,
    /// Address for mail.
    #[arg(long)]
    email: Option<String>,
    /// Reads the password from the first line of standard input.
    #[arg(long)]
    password_stdin: bool,
    /// What the member may do. Roles other than member are for the test profile; elsewhere the board gives them.
    #[arg(long, default_value = "member", value_parser = ["member", "moderator", "board", "admin"])]
    role: String,
    /// The mail address is known to be theirs.
    #[arg(long)]
    confirmed: bool,
}

pub(super) fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Create(arguments) => create(arguments),
        Command::List => with_data(async |app, _| {
            for member in members::list(app).await? {
                println!(
                    "{:<30}  {:<10}  {:<21}  {}",
                    member.account.username.as_str(),
                    member.role.as_str(),
                    standing(&member),
                    email(&member)
                );
            }
            Ok(())
        }),
        Command::Show { name } => with_data(async |app, _| {
            show(&find(app, &name).await?);
            Ok(())
        }),
        Command::Password {
            name,
            password_stdin,
        } => {
            let typed = password_stdin.then(typed_password).transpose()?;
            with_data(async |app, _| {
                let member = find(app, &name).await?;
                if members::is_linked(app, member.account.id).await? {
                    bail!(
                        "{name} signs in with the organisation's account; a password here would open nothing. It is changed where the organisation keeps it"
                    );
                }
                let (password, made) = given_or_made(typed);
                check_length(app.settings.profile, &password)?;
                members::set_password(app, member.account.id, &password).await?;
                after_reset(app, member.account.id, Reset::Password).await?;
                println!("The password of {name} is set; all its sessions and tokens have ended.");
                tell(&password, made);
                Ok(())
            })
        }
        Command::Approve { name } => with_data(async |app, _| {
            let member = find(app, &name).await?;
            // Letting somebody in takes two moderators; only a test suite's server lets them in at once.
            if app.settings.profile == Profile::Test {
                members::approve(app, member.account.id).await?;
                println!("{name} may come in.");
                return Ok(());
            }
            let wish = NewProposal::new(
                Kind::SignUpApprove,
                Target::Account(member.account.id),
                Category::Other,
                "Whoever runs this server asks to let them in",
                Origin::Cli,
            );
            let id = propose::propose_for_operator(app, wish).await?;
            println!("Two moderators decide whether {name} may come in: proposal {id}.");
            Ok(())
        }),
        Command::SecondFactor(SecondFactor::Reset { name }) => with_data(async |app, _| {
            let member = find(app, &name).await?;
            second_factor::reset(app, member.account.id).await?;
            println!(
                "The second factor of {name} is taken away; all sessions and tokens have ended."
            );
            Ok(())
        }),
    }
}

fn create(arguments: Create) -> anyhow::Result<()> {
    let typed = arguments.password_stdin.then(typed_password).transpose()?;
    with_data(async |app, _| {
        let role = permitted_role(app.settings.profile, &arguments.role)?;
        let username = Username::for_member(&arguments.name)
            .with_context(|| format!("{} cannot be a name", arguments.name))?;
        let (password, made) = given_or_made(typed);
        check_length(app.settings.profile, &password)?;
        let id = make(
            app,
            username,
            arguments.email,
            &password,
            role,
            arguments.confirmed,
        )
        .await?;
        println!(
            "Made @{}@{} (id {id}).",
            arguments.name, app.settings.local_domain
        );
        tell(&password, made);
        Ok(())
    })
}

async fn make(
    app: &App,
    username: Username,
    email: Option<String>,
    password: &str,
    role: Role,
    confirmed: bool,
) -> anyhow::Result<AccountId> {
    let new = NewMember {
        username,
        email,
        password: Some(password.to_owned()),
        role,
        confirmed: confirmed || !app.settings.confirms_mail,
        approved: true,
        locale: "en".to_owned(),
        reason: String::new(),
    };
    Ok(members::create(app, new).await?.account.id)
}

/// Seats and places on the board come from votes, not from whoever has a shell on the machine.
fn permitted_role(profile: Profile, word: &str) -> anyhow::Result<Role> {
    let role = Role::from_word(word).context("roles are member, moderator, board and admin")?;
    if role != Role::Member && profile != Profile::Test {
        bail!(
            "--role {word} is for the test profile only. Elsewhere the board gives roles, by a vote that everybody can check; this command makes members"
        );
    }
    Ok(role)
}

pub(super) async fn find(app: &App, name: &str) -> anyhow::Result<Member> {
    let username = Username::for_member(name.trim_start_matches('@'))
        .with_context(|| format!("{name} is not a member's name"))?;
    members::find_by_username(app, &username)
        .await?
        .with_context(|| format!("there is no member named {name}"))
}

pub(super) fn typed_password() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .context("no password could be read from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Whether the password has to be told, since nobody has typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    Yes,
    No,
}

fn given_or_made(typed: Option<String>) -> (String, Made) {
    typed.map_or_else(|| (random_password(), Made::Yes), |typed| (typed, Made::No))
}

/// 80 bits that can be read aloud.
pub(super) fn random_password() -> String {
    hex::encode(keys::random_bytes::<10>())
}

fn check_length(profile: Profile, password: &str) -> anyhow::Result<()> {
    if profile != Profile::Test && password.chars().count() < SHORTEST_PASSWORD {
        bail!("the password is too short; {SHORTEST_PASSWORD} characters are the least");
    }
    Ok(())
}

fn tell(password: &str, made: Made) {
    if made == Made::Yes {
        println!("Password: {password}");
    }
}

fn show(member: &Member) {
    let account = &member.account;
    println!("name:      {}", account.username.as_str());
    println!("id:        {}", account.id);
    println!("actor:     {}", account.uri);
    println!("role:      {}", member.role.as_str());
    println!("standing:  {}", standing(member));
    println!("e-mail:    {}", email(member));
    println!("joined:    {}", member.created_at.date());
    println!(
        "last seen: {}",
        member
            .last_active_at
            .map_or_else(|| "never".to_owned(), |seen| seen.date().to_string())
    );
}

fn email(member: &Member) -> &str {
    member.email.as_deref().unwrap_or("-")
}

pub(super) fn standing(member: &Member) -> &'static str {
    match member.standing() {
        Standing::Good => "in good standing",
        Standing::AwaitsConfirmation => "awaits confirmation",
        Standing::AwaitsApproval => "awaits approval",
        Standing::Disabled => "disabled",
        Standing::Suspended => "suspended",
        Standing::Left => "left",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_other_than_member_are_the_boards_to_give_outside_the_test_profile() {
        for word in ["moderator", "board", "admin"] {
            for profile in [Profile::Production, Profile::Demo] {
                let error = permitted_role(profile, word).unwrap_err();
                assert!(error.to_string().contains("board gives"), "{error}");
            }
            assert_eq!(permitted_role(Profile::Test, word).unwrap().as_str(), word);
        }
        assert_eq!(
            permitted_role(Profile::Production, "member").unwrap(),
            Role::Member
        );
    }
}
