//! `moot members link`.

use anyhow::{Context as _, bail};
use clap::Args;
use service::{
    App,
    moderation::board::reset::{Reset, after_reset},
    sign_in::links,
};
use signin::{Identity, ldap::Presence};

use crate::cli::{accounts::find, session::with_data};

#[derive(Debug, Args)]
pub(in crate::cli) struct Link {
    /// Name of the member.
    name: String,
    /// Whom the source knows them as: its own id of this person, such as the directory's entryUUID.
    id: String,
    /// Which source: ldap, pam, kerberos, proxy, cas, or an OpenID provider's issuer.
    #[arg(long, default_value = "ldap")]
    source: String,
    /// The member was somebody else to that source until now, as after a directory was filled anew.
    #[arg(long)]
    replace: bool,
}

pub(super) fn run(arguments: &Link) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let member = find(app, &arguments.name).await?;
        let identity = ask(app, arguments).await?;
        let spelling = identity.username.clone();
        let linked = if arguments.replace {
            links::replace(app, member.account.id, &identity).await
        } else {
            links::link(app, member.account.id, &identity).await
        };
        linked.with_context(|| format!("{} was not linked", arguments.name))?;
        after_reset(app, member.account.id, Reset::Link).await?;
        println!(
            "{} is now {spelling} of {}. All sessions and tokens have ended; they sign in as your organisation says, and with no password of this server's own.",
            arguments.name, arguments.source
        );
        Ok(())
    })
}

/// Who that is. The directory is asked whether the id exists; other sources cannot be asked about people who are
/// not there.
async fn ask(app: &App, arguments: &Link) -> anyhow::Result<Identity> {
    if arguments.source != "ldap" {
        eprintln!(
            "warning: {} cannot be asked whether {} exists; make sure of it yourself",
            arguments.source, arguments.id
        );
        return Ok(Identity {
            source: arguments.source.clone(),
            subject: arguments.id.clone(),
            username: arguments.name.clone(),
            email: None,
            email_is_verified: false,
            display_name: None,
            groups: Vec::new(),
        });
    }
    let directory = app
        .ways
        .directory()
        .context("no directory is configured (LDAP_ENABLED)")?;
    let answers = directory
        .look_up(std::slice::from_ref(&arguments.id))
        .await
        .context("the directory could not be asked, so nothing was changed")?;
    match answers.into_iter().next() {
        Some(Presence::Here(identity)) => Ok(identity),
        Some(Presence::Gone(reason)) => {
            bail!("the directory does not have {}: {reason}", arguments.id)
        }
        None => bail!("the directory gave no answer about {}", arguments.id),
    }
}
