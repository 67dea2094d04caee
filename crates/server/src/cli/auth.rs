//! `moot auth test`: walks the ways that are configured, as a member would, and says where it stopped and why.

use anyhow::bail;
use clap::{Args, Subcommand};
use model::{
    AccountId, canonical_login,
    member::{Member, Standing},
};
use secrecy::SecretString;
use service::{
    App, members,
    sign_in::{self, LocalDoor, Outcome, Prospect},
};
use signin::{Identity, Refusal, Step, Steps};

use super::accounts::standing;
use super::password::asked_password;
use super::session::with_data;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Tries a name and password in every way that is configured, says each step, and what Moot would do. Changes
    /// nothing. Ends with 1 when the person would not come in.
    Test(Test),
}

#[derive(Debug, Args)]
pub(super) struct Test {
    /// What somebody would type as their name.
    user: String,
    /// Reads the password from the first line of standard input, without asking.
    #[arg(long)]
    password_stdin: bool,
}

pub(super) fn run(command: Command) -> anyhow::Result<()> {
    let Command::Test(arguments) = command;
    let password = asked_password(&arguments.user, arguments.password_stdin.into())?;
    with_data(async |app, _| {
        let login = canonical_login(&arguments.user);
        if login != arguments.user {
            println!("The name is looked for as {login:?}.");
        }
        tell_ways(app);
        let secret = SecretString::from(password.as_str());
        let mut steps = Steps::default();
        let answer = app.ways.check_password(&login, &secret, &mut steps).await;
        for step in steps.iter() {
            println!("{}", line(step));
        }
        match answer {
            Ok(identity) => recognised(app, &identity).await,
            Err(refusal) => locally(app, &login, &password, &refusal).await,
        }
    })
}

/// Which ways there are, and which of them a name and password do not reach.
fn tell_ways(app: &App) {
    let ways = &app.ways;
    let names: Vec<_> = ways
        .passwords
        .iter()
        .map(signin::PasswordWay::name)
        .collect();
    if names.is_empty() {
        println!("No directory, PAM or Kerberos is configured; only this server's own passwords.");
    } else {
        println!("Asked in this order: {}.", names.join(", "));
    }
    let buttons = [
        ("a reverse proxy", ways.proxy.is_some()),
        ("an OpenID provider", ways.oidc.is_some()),
        ("a CAS server", ways.cas.is_some()),
    ];
    for (name, _) in buttons.iter().filter(|(_, is_there)| *is_there) {
        println!("Beside them {name} signs people in, which a name and password do not test.");
    }
    if app.settings.sign_in.only_providers {
        println!("OMNIAUTH_ONLY: the sign-in page has no form for a name and password.");
    }
}

fn line(step: &Step) -> String {
    let mark = match step.outcome {
        signin::Outcome::Done => "ok    ",
        signin::Outcome::Failed => "FAILED",
    };
    format!("  {mark}  {:<9} {}", step.way, step.text)
}

/// What Moot would do with somebody whom a source has recognised.
async fn recognised(app: &App, identity: &Identity) -> anyhow::Result<()> {
    println!("Recognised by {}:", identity.source);
    println!("  name    {}", identity.username);
    println!("  id      {}", identity.subject);
    if let Some(name) = &identity.display_name {
        println!("  called  {name}");
    }
    for group in &identity.groups {
        println!("  group   {group}");
    }
    let prospect = sign_in::preview(app, identity).await?;
    tell_facts(identity, &prospect);
    match prospect.outcome {
        Outcome::Linked(account) => come_in(&member(app, account).await?, "is linked to them"),
        Outcome::Claimed(account) => come_in(
            &member(app, account).await?,
            "would be taken over by this first sign-in (MOOT_LDAP_CLAIM)",
        ),
        Outcome::Created(name) => {
            println!(
                "They would come in: an account @{name}@{} would be made.",
                app.settings.local_domain
            );
            Ok(())
        }
        Outcome::Taken(account) => {
            let member = member(app, account).await?;
            bail!(
                "they would not come in yet: @{} is there and linked to nobody. They would be asked for its old password; if they cannot show it and it is theirs, run: moot members link {} {} --source {}",
                member.account.username,
                member.account.username,
                identity.subject,
                identity.source
            )
        }
        Outcome::Refused(sentence) => bail!("they would not come in. They would read: {sentence}"),
    }
}

fn tell_facts(identity: &Identity, prospect: &Prospect) {
    match (&identity.email, &prospect.email) {
        (_, Some(email)) => println!("  mail    {email}"),
        (None, None) => println!("  mail    none is known"),
        (Some(email), None) => println!(
            "  mail    {email} would not be taken over: it is not vouched for, is no plain address, is at a domain that EMAIL_DOMAIN_ALLOWLIST or EMAIL_DOMAIN_DENYLIST excludes, or is another member's"
        ),
    }
    let offices: Vec<_> = prospect.eligible_for.iter().map(|o| o.as_str()).collect();
    if !offices.is_empty() {
        println!("  eligible for {}", offices.join(", "));
    }
}

fn come_in(member: &Member, how: &str) -> anyhow::Result<()> {
    println!("The account @{} {how}.", member.account.username);
    if member.standing() != Standing::Good {
        bail!(
            "the account is not in good standing ({}), so its member would not come in",
            standing(member)
        );
    }
    println!("They would come in, if they show their second factor where they have one.");
    Ok(())
}

/// Nobody of the organisation: perhaps a member with a password of this server's own.
async fn locally(app: &App, login: &str, password: &str, refusal: &Refusal) -> anyhow::Result<()> {
    if !app.ways.passwords.is_empty() {
        println!("No way recognised them: {refusal}.");
    }
    if let Refusal::NotEntitled(_) = refusal {
        bail!("they would not come in, whatever password they have here");
    }
    let account = match sign_in::local_door(app, login).await? {
        LocalDoor::Unknown => bail!("they would not come in: nobody here has that name or address"),
        LocalDoor::Linked(account) => {
            let name = member(app, account).await?.account.username;
            bail!(
                "they would not come in: @{name} is linked to the organisation, whose password alone counts"
            )
        }
        LocalDoor::NoPassword(account) => {
            let name = member(app, account).await?.account.username;
            bail!("they would not come in: @{name} has no password of this server's own")
        }
        LocalDoor::Closed(account) => {
            let name = member(app, account).await?.account.username;
            bail!(
                "they would not come in: @{name} has a password of this server's own, but MOOT_LOCAL_PASSWORDS=false"
            )
        }
        LocalDoor::Open(account) => member(app, account).await?.account.username,
    };
    match sign_in::by_local_password(app, login, password).await? {
        Some(member) => come_in(&member, "has this password, of this server's own"),
        None => bail!("they would not come in: this is not the password that @{account} has here"),
    }
}

async fn member(app: &App, id: AccountId) -> anyhow::Result<Member> {
    Ok(members::get(app, id).await?)
}
