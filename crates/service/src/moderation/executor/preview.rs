//! What a measure would do, in sentences for those who vote on it.

use model::{
    Account, AccountId, Domain, StatusId,
    moderation::{
        Kind, Params, Target,
        params::{DomainSeverity, IpSeverity},
    },
};
use sqlx::PgConnection;

use super::{Intent, plan};
use crate::{App, Result};

/// The exact effects, one sentence each: followers severed, posts removed, servers told. First of all why it cannot be done,
/// if it cannot.
pub async fn preview(
    app: &App,
    kind: Kind,
    params: &Params,
    target: &Target,
) -> Result<Vec<String>> {
    // What planning locks is let go again.
    let mut tx = app.db.begin().await?;
    let intent = Intent {
        kind,
        params,
        reserved_id: 0,
    };
    let mut said = match plan(&mut tx, app, intent, target).await? {
        Err(stale) => vec![format!("This cannot be done now: {}", stale.0)],
        Ok(_) => Vec::new(),
    };
    match target {
        Target::Account(id) => account(&mut tx, kind, *id, &mut said).await?,
        Target::Status(id) => status(&mut tx, app, kind, *id, &mut said).await?,
        Target::Domain(domain) => self::domain(&mut tx, kind, params, domain, &mut said).await?,
        _ => said.extend(other(kind, params)),
    }
    tx.rollback().await?;
    Ok(said)
}

async fn account(
    connection: &mut PgConnection,
    kind: Kind,
    id: AccountId,
    said: &mut Vec<String>,
) -> Result<()> {
    let Some(account) = db::accounts::by_id(connection, id).await? else {
        return Ok(());
    };
    let told = servers(connection, id).await?;
    let who = if account.is_local() {
        "the member"
    } else {
        "the account"
    };
    match kind {
        Kind::AccountSuspend => suspension(connection, &account, &told, said).await?,
        Kind::AccountUnsuspend => {
            said.push(format!("Profile and {} are shown again as they were.", posts(&account)));
            if account.is_local() {
                said.push("The member can sign in again; browsers and apps have to be signed in anew.".into());
                said.push(format!("{told} that the account is not suspended any more."));
            } else {
                said.push("Follows of members that the suspension has cut come back.".into());
            }
        }
        Kind::AccountFreeze => {
            said.push("The member is signed out everywhere and can sign in only to appeal and to take their data along.".into());
            said.push(format!("The profile and {} stay visible.", posts(&account)));
        }
        Kind::AccountUnfreeze => said.push("The member can sign in again.".into()),
        Kind::AccountLimit => {
            said.push(format!("{} are left out of public timelines and hashtags; those who follow {who} go on seeing them.", capital(&posts(&account))));
            said.push("Nobody is notified by the account but those who follow it, and new follows wait for approval.".into());
        }
        Kind::AccountUnlimit => said.push("The posts are in public timelines again.".into()),
        Kind::AccountSensitive => said.push("All media of the account are hidden until somebody asks for them.".into()),
        Kind::AccountUnsensitive => said.push("Media are hidden only where the author says so.".into()),
        Kind::AccountDeleteData => {
            said.push(format!("Profile, {}, {} and everything else of the account are deleted. Nothing brings them back.", posts(&account), follows(&account)));
            if account.is_local() {
                said.push("Every server that may have heard of the account is told to delete it. The name is never given to anybody again.".into());
            }
        }
        Kind::AccountRemoveProfileText => said.push("The biography and the rows of the profile's table are emptied; new ones can be written.".into()),
        Kind::AccountWarn => said.push("The member is told. Nothing else happens.".into()),
        Kind::SignUpApprove => said.push("The person can come in, and is told by mail.".into()),
        Kind::SignUpReject => said.push("What was given for the sign-up is deleted, and the name is free again.".into()),
        _ => {}
    }
    if kind.strike().is_some() && account.is_local() {
        said.push("The member gets a strike and can appeal.".into());
    }
    Ok(())
}

async fn suspension(
    connection: &mut PgConnection,
    account: &Account,
    told: &str,
    said: &mut Vec<String>,
) -> Result<()> {
    said.push(format!(
        "The profile is emptied and {} are hidden; nothing is deleted.",
        posts(account)
    ));
    if account.is_local() {
        said.push("The member is signed out everywhere and can sign in only to appeal and to take their data along.".into());
        said.push(format!(
            "{told} that the account is suspended. {} stay, without effect.",
            capital(&follows(account))
        ));
    } else {
        let (by, of) = follows_with_members(connection, account.id).await?;
        said.push(format!("Nothing of the account is taken in any more, by whatever road. {} of members by it {} cut, and its server is told.", bare(by, "follow"), if by == 1 { "is" } else { "are" }));
        said.push(format!(
            "{} of it by members stay, without effect.",
            bare(of, "follow")
        ));
    }
    Ok(())
}

async fn status(
    connection: &mut PgConnection,
    app: &App,
    kind: Kind,
    id: StatusId,
    said: &mut Vec<String>,
) -> Result<()> {
    let Some(status) = db::moderation::effects::measured(connection, id).await? else {
        return Ok(());
    };
    let view = crate::statuses::load(app, id).await?;
    let boosts = view.as_ref().map_or(0, |view| view.status.boosts_count);
    match kind {
        Kind::StatusDelete | Kind::StatusHide => {
            said.push(format!("The post and {} of it are hidden from everybody here. They are kept for as long as the decision can be undone.", bare(boosts, "boost")));
            if kind == Kind::StatusDelete && status.local {
                let told = servers(connection, status.author).await?;
                said.push(format!(
                    "{told} to delete it; those may not take it again if it is restored."
                ));
            } else if status.local {
                said.push("Other servers are not told.".into());
            }
        }
        Kind::StatusRestore => said.push(
            "The post is shown again where it was, with its boosts, replies and favourites.".into(),
        ),
        Kind::StatusSensitive => said.push(
            "Its media are hidden until somebody asks for them, whatever its author says.".into(),
        ),
        Kind::StatusUnsensitive => {
            said.push("Its media are hidden only if its author says so.".into());
        }
        _ => {}
    }
    if kind.strike().is_some() && status.local {
        said.push("The author gets a strike and can appeal.".into());
    }
    Ok(())
}

async fn domain(
    connection: &mut PgConnection,
    kind: Kind,
    params: &Params,
    domain: &Domain,
    said: &mut Vec<String>,
) -> Result<()> {
    let (accounts, by, of) = db::moderation::effects::counts_below(connection, domain).await?;
    let known = bare(accounts, "known account");
    match kind {
        Kind::DomainBlock | Kind::DomainChange => {
            match params.severity.unwrap_or(DomainSeverity::Silence) {
                DomainSeverity::Suspend => {
                    said.push(format!("Nothing is exchanged with {domain} and everything below it: {known} and their posts are hidden, none are deleted."));
                    said.push(format!("{} of members and {} by members are cut, and those members are told. They come back if the rule is lifted; the other server may see it otherwise.", bare(by, "follower"), bare(of, "follow")));
                }
                DomainSeverity::Silence => said.push(format!("The posts of {known} at {domain} and everything below it are left out of public timelines; members who follow them go on seeing them. New follows from there wait for approval.")),
                DomainSeverity::Noop => said.push("The people there are dealt with as any others.".into()),
            }
            if params.reject_media == Some(true) {
                said.push("Pictures and other media of new posts and profiles from there are not taken in.".into());
            }
            if params.reject_reports == Some(true) {
                said.push("Reports from there are not taken.".into());
            }
            if params.obfuscate == Some(true) {
                said.push("The domain's name is shown in part only.".into());
            }
        }
        Kind::DomainUnblock => said.push(format!("{} at {domain} are dealt with as any others. Follows that the rule has cut come back, and the other server is asked again.", capital(&known))),
        Kind::DomainAllow => said.push(format!("{domain} may exchange with this server while only listed servers may.")),
        Kind::DomainDisallow => said.push(format!("{domain} may not exchange with this server while only listed servers may.")),
        Kind::DomainPause => said.push(format!("Nothing that {domain} sends is taken in for the moment; it is asked to try again later. Nothing else changes.")),
        Kind::DomainResume => said.push(format!("What {domain} sends is taken in again.")),
        Kind::DomainPurge => said.push(format!("Everything of {known} at {domain} and below it is deleted. Nothing brings it back.")),
        _ => {}
    }
    Ok(())
}

fn other(kind: Kind, params: &Params) -> Vec<String> {
    let by_approval = params.allow_with_approval == Some(true);
    let sentence = match kind {
        Kind::EmailDomainBlock | Kind::UsernameBlock if by_approval => {
            "Whoever signs up so has to be let in by approval. Members are not concerned."
        }
        Kind::EmailDomainBlock => {
            "Nobody signs up with a mail address at this domain or below it. Members are not concerned."
        }
        Kind::EmailBlock => {
            "Nobody signs up with this mail address, however it is spelt. Members are not concerned."
        }
        Kind::UsernameBlock => {
            "Nobody signs up with such a name, nor with one that looks like it. Members are not concerned."
        }
        Kind::IpBlock | Kind::IpChange => match params.ip_severity {
            Some(IpSeverity::NoAccess) => "Nothing is answered to these addresses, whoever asks.",
            Some(IpSeverity::SignUpBlock) => "Nobody signs up from these addresses.",
            _ => "Whoever signs up from these addresses has to be let in by approval.",
        },
        Kind::EmailDomainUnblock | Kind::EmailUnblock | Kind::IpUnblock | Kind::UsernameUnblock => {
            "The rule is gone."
        }
        Kind::RegistrationsLock => "Nobody can sign up until moderators open sign-ups again.",
        Kind::RegistrationsUnlock => "Sign-ups are as the operator has configured them.",
        Kind::ReportCloseNoAction => {
            "The reports are closed, and those who reported are told that nothing was done."
        }
        Kind::ReportForward => {
            "The reports go to the account's own server, without the names of those who reported."
        }
        Kind::LogRedact => {
            "The fields are taken out of the public entry for good; that there was something stays visible."
        }
        _ => return Vec::new(),
    };
    let mut said = vec![sentence.to_owned()];
    if let Some(seconds) = params.expires_in {
        said.push(format!(
            "This ends by itself after {} hours.",
            seconds.div_ceil(3600)
        ));
    }
    said
}

/// How many servers hear of somebody, as the beginning of a sentence.
async fn servers(connection: &mut PgConnection, id: AccountId) -> Result<String> {
    let inboxes = db::peers::follower_inboxes(connection, id).await?;
    Ok(match inboxes.len() {
        0 => "No other server follows, so none is told".into(),
        1 => "1 server is told".into(),
        number => format!("{number} servers are told"),
    })
}

/// Follows of members by an account, and of it by members.
async fn follows_with_members(connection: &mut PgConnection, id: AccountId) -> Result<(i64, i64)> {
    Ok(db::moderation::effects::follows_with_members(connection, id).await?)
}

fn posts(account: &Account) -> String {
    bare(account.statuses_count, "post")
}

fn follows(account: &Account) -> String {
    format!(
        "{} and {}",
        bare(account.followers_count, "follower"),
        bare(account.following_count, "follow")
    )
}

fn bare(number: i64, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        assert_eq!(bare(1, "post"), "1 post");
        assert_eq!(bare(0, "post"), "0 posts");
        assert_eq!(capital("known"), "Known");
    }
}
