//! `moot tokens create`.

use anyhow::bail;
use clap::{Args, Subcommand};
use model::Scopes;
use model::instance::Profile;
use service::auth;

use super::accounts::find;
use super::session::with_data;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Makes an access token of a member and prints it.
    Create(Create),
}

#[derive(Debug, Args)]
pub(super) struct Create {
    /// Name of the member.
    name: String,
    /// What the token may do, divided by spaces: "read write follow push".
    #[arg(long)]
    scopes: String,
    /// The token itself, for test suites that want to know it beforehand. Test profile only.
    #[arg(long)]
    token: Option<String>,
}

pub(super) fn run(command: Command) -> anyhow::Result<()> {
    let Command::Create(arguments) = command;
    with_data(async |app, _| {
        let scopes: Scopes = arguments.scopes.parse()?;
        check(app.settings.profile, &scopes, arguments.token.as_deref())?;
        let member = find(app, &arguments.name).await?;
        let (_, token) = auth::grant_member_token(
            app,
            member.account.id,
            None,
            scopes,
            arguments.token.as_deref(),
        )
        .await?;
        println!("{}", token.reveal());
        Ok(())
    })
}

/// What would be a hole in a real server is for tests only.
fn check(profile: Profile, scopes: &Scopes, literal: Option<&str>) -> anyhow::Result<()> {
    if scopes.is_empty() {
        bail!("--scopes names no scope; \"read write follow push\" is usual");
    }
    if profile == Profile::Test {
        return Ok(());
    }
    if literal.is_some() {
        bail!("--token is for the test profile only; elsewhere tokens are made by chance");
    }
    if let Some(scope) = scopes.iter().find(|scope| scope.is_administrative()) {
        bail!(
            "the scope {scope} is for the test profile only; elsewhere apps ask for it and the member consents"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literal_tokens_and_administrators_scopes_are_for_tests() {
        let scopes = |words: &str| words.parse::<Scopes>().unwrap();
        for profile in [Profile::Production, Profile::Demo] {
            assert!(check(profile, &scopes("read write"), None).is_ok());
            assert!(check(profile, &scopes("read"), Some("literal")).is_err());
            assert!(check(profile, &scopes("read admin:read"), None).is_err());
        }
        assert!(check(Profile::Test, &scopes("read admin:read"), Some("literal")).is_ok());
        assert!(check(Profile::Test, &scopes(""), None).is_err());
    }
}
