//! What a sign-in would do, for `moot auth test`; nothing is written.

use model::{AccountId, Username, member::Office};
use signin::Identity;

use super::{
    facts::{self, Known},
    meet::{self, Decision},
    password,
};
use crate::{App, Result};

/// What would happen.
#[derive(Clone, Debug)]
pub struct Prospect {
    /// Which account it would be.
    pub outcome: Outcome,
    /// The address that would be taken over; `None` when there is none or it cannot be.
    pub email: Option<String>,
    /// What they would be eligible for.
    pub eligible_for: Vec<Office>,
}

/// Which account it would be.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The one they are linked to.
    Linked(AccountId),
    /// One that would be taken over, as the operator allows.
    Claimed(AccountId),
    /// A new one of this name.
    Created(Username),
    /// That of somebody who would have to prove that it is theirs.
    Taken(AccountId),
    /// None; the sentence is what they would read.
    Refused(String),
}

/// What [`super::with_identity`] would do with somebody.
pub async fn preview(app: &App, identity: &Identity) -> Result<Prospect> {
    let mut tx = app.db.begin().await?;
    let decision = meet::decide(&mut tx, app, identity).await?;
    let (outcome, account) = match decision {
        Decision::Known(link) => (Outcome::Linked(link.account_id), Some(link.account_id)),
        Decision::Claimed(account, _) => (Outcome::Claimed(account), Some(account)),
        Decision::New(username) => (Outcome::Created(username), None),
        Decision::Taken(account) => (Outcome::Taken(account), Some(account)),
        Decision::Refused(sentence) => (Outcome::Refused(sentence), None),
    };
    let links = match account {
        Some(account) => db::identities::links_of(&mut tx, account).await?,
        None => Vec::new(),
    };
    let believed = facts::believe(
        &mut tx,
        app,
        identity,
        Known {
            account,
            links: &links,
        },
    )
    .await?;
    tx.rollback().await?;
    Ok(Prospect {
        outcome,
        email: believed.email,
        eligible_for: believed.eligible_for.unwrap_or_default(),
    })
}

/// Whether a name can be opened by a password of this server's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalDoor {
    /// Nobody here has that name or address.
    Unknown,
    /// The organisation says who they are, and its password alone counts.
    Linked(AccountId),
    /// They have no password here.
    NoPassword(AccountId),
    /// They have one, but local passwords are switched off.
    Closed(AccountId),
    /// They have one.
    Open(AccountId),
}

/// Whether a name, in its one form, can be opened by a password of this server's own.
pub async fn local_door(app: &App, login: &str) -> Result<LocalDoor> {
    Ok(match password::find(app, login).await? {
        None => LocalDoor::Unknown,
        Some(row) if row.is_linked => LocalDoor::Linked(row.account_id),
        Some(row) if row.hash.is_none() => LocalDoor::NoPassword(row.account_id),
        Some(row) if !app.settings.sign_in.local_passwords => LocalDoor::Closed(row.account_id),
        Some(row) => LocalDoor::Open(row.account_id),
    })
}
