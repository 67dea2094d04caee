//! Which account somebody is whom a source has recognised.

use model::{
    AccountId, Link,
    given_name::{self, NoHandle},
    member::Member,
};
use signin::Identity;
use sqlx::PgConnection;

use super::{
    Entry,
    facts::{self, Believed, Known},
    join,
};
use crate::{
    App, Error, Result, auth,
    consequences::{self, PublishProfile},
    mail::{self, Occasion},
    moderation::board::directory,
    settings::{Claim, UsernamePolicy},
};

/// Two who come in at once for the first time may each find the other's half; then the later one looks again.
const TRIES: usize = 4;

/// Comes in as somebody whom a source has recognised.
///
/// A link by the source's own id decides; without one an account is claimed where the operator allows it, made where
/// the name is free, and else left to its owner's proof ([`Entry::Taken`]). All in one transaction; of two first
/// sign-ins at once a constraint lets one win, and the other then finds the link.
pub async fn with_identity(app: &App, identity: Identity) -> Result<Entry> {
    if identity.subject.is_empty() || identity.source.is_empty() {
        return Err(Error::internal(anyhow::anyhow!(
            "a source recognised somebody without an id"
        )));
    }
    for _ in 0..TRIES {
        match attempt(app, &identity).await? {
            Met::Entry(entry) => {
                if let Entry::Member(member) = &entry {
                    directory::follow_account(app, member.account.id).await;
                }
                return Ok(entry);
            }
            Met::Overtaken => {}
        }
    }
    Err(Error::Conflict(
        "Somebody else is signing in under this name at the same moment; try again.".into(),
    ))
}

/// What one try came to.
pub(super) enum Met {
    /// An answer.
    Entry(Entry),
    /// Somebody else wrote first; look again.
    Overtaken,
}

async fn attempt(app: &App, identity: &Identity) -> Result<Met> {
    let mut tx = app.db.begin().await?;
    let decision = decide(&mut tx, app, identity).await?;
    // Whoever held the account until now may have been another person; an account without a password had nobody.
    let mut is_revoked = false;
    let account = match decision {
        Decision::Known(link) => link.account_id,
        Decision::Claimed(account, claim) => {
            if let Err(overtaken) = link(&mut tx, app, identity, account).await? {
                return Ok(overtaken);
            }
            if claim == Claim::ByMail {
                auth::revoke_everything_in(&mut tx, app, account).await?;
                mail::tell(&mut tx, account, Occasion::Linked).await?;
                is_revoked = true;
            }
            account
        }
        Decision::New(username) => {
            drop(tx);
            return join::join(app, identity, &username).await;
        }
        Decision::Taken(_) => return Ok(Met::Entry(Entry::Taken(Box::new(identity.clone())))),
        Decision::Refused(sentence) => return Ok(Met::Entry(Entry::Refused(sentence))),
    };
    match refresh(&mut tx, app, identity, account).await {
        Ok(()) => {}
        Err(Error::Conflict(_)) => return Ok(Met::Overtaken),
        Err(other) => return Err(other),
    }
    let member = member(&mut tx, account).await?;
    tx.commit().await?;
    if is_revoked {
        auth::tell_revoked(app, account);
    }
    Ok(Met::Entry(Entry::Member(Box::new(member))))
}

/// What an identity means here, before anything is written.
pub(super) enum Decision {
    /// They are linked.
    Known(Link),
    /// An account there is taken over, as the operator allows.
    Claimed(AccountId, Claim),
    /// A member is to be made, with this handle.
    New(model::Username),
    /// An account of that name belongs to somebody who has to prove that it is theirs.
    Taken(AccountId),
    /// Nothing can be done here.
    Refused(String),
}

/// Decides; writes nothing.
pub(super) async fn decide(
    connection: &mut PgConnection,
    app: &App,
    identity: &Identity,
) -> Result<Decision> {
    let known = db::identities::lock_link(connection, &identity.source, &identity.subject).await?;
    if let Some(link) = known {
        return Ok(Decision::Known(link));
    }
    let settings = &app.settings.sign_in;
    let by = if facts::is_provider(&identity.source) {
        settings.provider_claim
    } else {
        settings.claim
    };
    if let Some(account) = claim(connection, app, identity, by).await? {
        return Ok(Decision::Claimed(account, by));
    }
    let wished = match given_name::handle_from(&identity.username) {
        Ok(wished) => wished,
        Err(reason) => return Ok(Decision::Refused(no_handle(&identity.username, reason))),
    };
    if !db::identities::is_taken(connection, &wished).await? {
        return Ok(Decision::New(wished));
    }
    if settings.usernames == UsernamePolicy::Free {
        return free_name(connection, &wished).await;
    }
    let Some(account) = db::identities::local_account(connection, &wished).await? else {
        return Ok(Decision::Refused(was_somebodys(&wished)));
    };
    let links = db::identities::links_of(connection, account).await?;
    // A user name given to somebody new, with a new id: the old owner's account is not theirs (S47, S76).
    let is_somebody_else = links.iter().any(|link| link.source == identity.source);
    Ok(
        if is_somebody_else || db::members::find(connection, account).await?.is_none() {
            Decision::Refused(is_somebodys(&wished))
        } else {
            Decision::Taken(account)
        },
    )
}

async fn claim(
    connection: &mut PgConnection,
    app: &App,
    identity: &Identity,
    by: Claim,
) -> Result<Option<AccountId>> {
    let found = match by {
        Claim::Never => None,
        Claim::ByName => match given_name::handle_from(&identity.username) {
            Ok(name) => db::identities::local_account(connection, &name).await?,
            Err(_) => None,
        },
        Claim::ByMail => match facts::email_of(app, identity) {
            Some(email) => db::identities::member_at(connection, &email).await?,
            None => None,
        },
    };
    let Some(account) = found else {
        return Ok(None);
    };
    let is_free = db::identities::links_of(connection, account)
        .await?
        .is_empty()
        && db::members::find(connection, account).await?.is_some()
        && (by == Claim::ByMail
            || db::identities::password_of(connection, account)
                .await?
                .is_none());
    Ok(is_free.then_some(account))
}

async fn free_name(connection: &mut PgConnection, wished: &model::Username) -> Result<Decision> {
    for number in 1..1000 {
        let name = given_name::numbered(wished, number);
        if !db::identities::is_taken(connection, &name).await? {
            return Ok(Decision::New(name));
        }
    }
    Ok(Decision::Refused(is_somebodys(wished)))
}

/// Links an identity and an account. From then on the source alone says who they are, so a password here goes.
pub(super) async fn link(
    connection: &mut PgConnection,
    app: &App,
    identity: &Identity,
    account: AccountId,
) -> Result<Result<(), Met>> {
    let row = db::identities::NewLink {
        source: &identity.source,
        subject: &identity.subject,
        username: &identity.username,
        account_id: account,
    };
    match db::identities::insert_link(connection, &row, app.clock.now()).await {
        Ok(()) => {}
        Err(db::Error::Constraint(_)) => return Ok(Err(Met::Overtaken)),
        Err(other) => return Err(other.into()),
    }
    db::identities::clear_password(connection, account).await?;
    Ok(Ok(()))
}

/// Takes over what the source says of a linked member. `Conflict` when the address went to somebody else meanwhile.
pub(crate) async fn refresh(
    connection: &mut PgConnection,
    app: &App,
    identity: &Identity,
    account: AccountId,
) -> Result<()> {
    let now = app.clock.now();
    let links = db::identities::links_of(connection, account).await?;
    let known = Known {
        account: Some(account),
        links: &links,
    };
    let believed = facts::believe(connection, app, identity, known).await?;
    db::identities::link_seen(
        connection,
        &identity.source,
        &identity.subject,
        &identity.username,
        now,
    )
    .await?;
    put(connection, app, account, &believed).await
}

/// Writes what is believed, and tells peers if the name that others see has changed.
pub(super) async fn put(
    connection: &mut PgConnection,
    app: &App,
    account: AccountId,
    believed: &Believed,
) -> Result<()> {
    let row = believed.row();
    let is_renamed = db::identities::put_facts(connection, account, &row, app.clock.now())
        .await
        .map_err(|error| match error {
            db::Error::Constraint("members_email_key") => {
                Error::Conflict("the address belongs to another account by now".into())
            }
            other => other.into(),
        })?;
    if is_renamed {
        let job = PublishProfile {
            account_id: account,
        };
        consequences::enqueue(connection, &job).await?;
    }
    Ok(())
}

pub(super) async fn member(connection: &mut PgConnection, id: AccountId) -> Result<Member> {
    db::members::find(connection, id)
        .await?
        .ok_or(Error::NotFound)
}

fn no_handle(name: &str, reason: NoHandle) -> String {
    match reason {
        NoHandle::Empty => format!(
            "Your user name, {name}, has no letters or digits that a name here can have. Ask whoever runs this server to make you an account and link it."
        ),
        NoHandle::Office => format!(
            "Your user name, {name}, stands for an office of this server, so nobody can have it here. Ask whoever runs this server to make you an account under another name and link it."
        ),
    }
}

fn was_somebodys(name: &model::Username) -> String {
    format!(
        "The name {name} belonged to somebody here before, and names are never given to another person. Ask whoever runs this server to make you an account under another name and link it."
    )
}

fn is_somebodys(name: &model::Username) -> String {
    format!(
        "The name {name} is somebody else's here: your organisation knows that member under another id than yours. Ask whoever runs this server, who can link you to the right account or make you another."
    )
}
