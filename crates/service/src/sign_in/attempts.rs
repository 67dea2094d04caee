//! Somebody half-way in: one proof is given, another is still asked for.
//!
//! The browser holds a cookie of its own for it, which opens nothing; here its hash is kept, for ten minutes. A
//! revocation of everything ends those of a member too (S40).

use model::AccountId;
use serde::{Deserialize, Serialize};
use signin::Identity;
use time::{Duration, OffsetDateTime};

use crate::{
    App, Error, Result,
    auth::{ProviderSession, Shown},
};

/// How long somebody may take for the second proof.
const LASTS: Duration = Duration::minutes(10);

/// Who has come half-way, and what is still asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halfway {
    /// A member has shown a password and is asked for a second factor.
    SecondFactor(AccountId),
    /// A source has recognised somebody, and the account of their name is to be proved theirs.
    Link(Identity),
}

/// Somebody on the way in.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Who, and what is asked for.
    pub halfway: Halfway,
    /// Where to go afterwards; a page of ours, as it was when the attempt began.
    pub redirect_to: String,
    /// By which session at a provider, if it began with one: it ends what it began, also after more was asked for.
    pub provider_session: Option<ProviderSession>,
    /// Since when.
    pub created_at: OffsetDateTime,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A second factor.
    SecondFactor,
    /// The password of the account to be linked.
    Link,
}

impl Asked {
    const fn as_str(self) -> &'static str {
        match self {
            Self::SecondFactor => "second_factor",
            Self::Link => "link",
        }
    }
}

/// Somebody has come half-way; the cookie's value is shown this once.
pub async fn begin(
    app: &App,
    halfway: Halfway,
    redirect_to: &str,
    by: Option<&ProviderSession>,
) -> Result<Shown> {
    let cookie = Shown::random();
    let now = app.clock.now();
    let (asked, account_id, identity) = match halfway {
        Halfway::SecondFactor(account) => (Asked::SecondFactor, Some(account), None),
        Halfway::Link(identity) => (Asked::Link, None, Some(Kept::from(identity))),
    };
    let provider_session = by.map(|by| by.0.clone());
    let told = Told {
        identity,
        provider_session,
    };
    let identity = match &told {
        Told {
            identity: None,
            provider_session: None,
        } => None,
        told => Some(serde_json::to_value(told).map_err(Error::internal)?),
    };
    let row = db::identities::NewAttempt {
        hash: &cookie.hash(),
        asks_for: asked.as_str(),
        account_id,
        identity: identity.as_ref(),
        redirect_to,
        expires_at: now + LASTS,
    };
    let mut connection = app.db.acquire().await?;
    db::identities::insert_attempt(&mut connection, &row, now).await?;
    Ok(cookie)
}

/// The attempt a cookie belongs to. `None` when it asks for something else, is done, or has expired.
pub async fn find(app: &App, cookie: &str, asked: Asked) -> Result<Option<Attempt>> {
    let mut connection = app.db.acquire().await?;
    let hash = Shown::hash_of(cookie);
    let now = app.clock.now();
    let row = db::identities::find_attempt(&mut connection, &hash, asked.as_str(), now).await?;
    let Some(row) = row else { return Ok(None) };
    let told = row.identity.map(serde_json::from_value::<Told>);
    let told = told.transpose().map_err(Error::internal)?;
    let Told {
        identity,
        provider_session,
    } = told.unwrap_or_default();
    let halfway = match asked {
        Asked::SecondFactor => row.account_id.map(Halfway::SecondFactor),
        Asked::Link => identity.map(|kept| Halfway::Link(kept.into())),
    };
    Ok(halfway.map(|halfway| Attempt {
        halfway,
        redirect_to: row.redirect_to,
        provider_session: provider_session.map(ProviderSession),
        created_at: row.created_at,
    }))
}

/// The attempt is done. True for the one caller who ends it: a proof counts once.
pub async fn finish(app: &App, cookie: &str, asked: Asked) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    let hash = Shown::hash_of(cookie);
    let now = app.clock.now();
    Ok(db::identities::take_attempt(&mut connection, &hash, asked.as_str(), now).await?)
}

/// What a source has told, as it is kept.
#[derive(Default, Serialize, Deserialize)]
struct Told {
    #[serde(flatten)]
    identity: Option<Kept>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    provider_session: Option<String>,
}

/// An identity as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    source: String,
    subject: String,
    username: String,
    email: Option<String>,
    email_is_verified: bool,
    display_name: Option<String>,
    groups: Vec<String>,
}

impl From<Identity> for Kept {
    fn from(identity: Identity) -> Self {
        Self {
            source: identity.source,
            subject: identity.subject,
            username: identity.username,
            email: identity.email,
            email_is_verified: identity.email_is_verified,
            display_name: identity.display_name,
            groups: identity.groups,
        }
    }
}

impl From<Kept> for Identity {
    fn from(kept: Kept) -> Self {
        Self {
            source: kept.source,
            subject: kept.subject,
            username: kept.username,
            email: kept.email,
            email_is_verified: kept.email_is_verified,
            display_name: kept.display_name,
            groups: kept.groups,
        }
    }
}
